/** Chances that a seed decides, so that a run can be repeated. */
export interface Dice {
  /** A whole number from 0, less than `end`. */
  below(end: number): number
  pick<Item>(items: readonly Item[]): Item
}

/** Mulberry32: 32 bits of state are enough for a test. */
export function createDice(seed: number): Dice {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (end: number): number => Math.floor(next() * end)
  return { below, pick: (items) => items[below(items.length)]! }
}

/** A UUID of version 4, by the dice. */
export const uuidOf = ({ below }: Dice): string =>
  `${hex(below, 8)}-${hex(below, 4)}-4${hex(below, 3)}-8${hex(below, 3)}-${hex(below, 12)}`

const hex = (below: Dice['below'], length: number): string =>
  Array.from({ length }, () => below(16).toString(16)).join('')
