import type { FaultName, FaultSettings } from './faults.js'

/** Decides the fate of each POST that would create a call. */
export interface FaultDice {
  draw(): FaultName | undefined
}

/** With a seed, `random` is not used. */
export function createFaultDice(settings: FaultSettings, random: () => number): FaultDice {
  const roll = settings.seed === undefined ? random : mulberry32(settings.seed)
  const planned = (settings.planned ?? []).map(({ fault, count }) => ({ fault, left: count }))
  const chances = Object.entries(settings.chances ?? {}) as [FaultName, number][]
  let wasUnauthorized = false

  function choose(): FaultName | undefined {
    while (planned[0]?.left === 0) planned.shift()
    const next = planned[0]
    if (next !== undefined) {
      next.left -= 1
      return next.fault === 'none' ? undefined : next.fault
    }
    return chances.length === 0 ? undefined : pick(chances, roll())
  }

  return {
    draw() {
      const fault = choose()
      if (fault !== 'unauthorized') return fault
      // A token is refused once: whoever comes back with the next one is let in.
      const isFirst = !wasUnauthorized
      wasUnauthorized = true
      return isFirst ? fault : undefined
    },
  }
}

/** One roll a POST, so that each fault has just the probability that was asked for. */
function pick(chances: readonly (readonly [FaultName, number])[], roll: number): FaultName | undefined {
  let below = 0
  for (const [fault, chance] of chances) {
    below += chance
    if (roll < below) return fault
  }
  return undefined
}

/** Tommy Ettinger's mulberry32: small, seeded, the same everywhere. Not for secrets. */
export function mulberry32(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
