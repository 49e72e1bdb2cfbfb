// What the environment decides of calls, told from the text of definitions alone: whatever a run of it would find, both
// branches of every choice are looked at. So what is found clean here is the same in every environment. Pure.

/** How a variable of the environment comes into a value, from the plainest way on. */
export type Way =
  /** It is the value. */
  | 'whole'
  /** It is, where it is set: `default`, `coalesce`. */
  | 'fallback'
  /** It stands in it. */
  | 'part'
  /** It decides about it: conditions, and helpers that make something else of it. */
  | 'chosen'

/** What the environment has to do with a value. */
export interface Taint {
  readonly ways: ReadonlyMap<string, Way>
  /** Whether it may decide how many items or which properties there are, or whether there is a value at all. */
  readonly isOpen: boolean
}

export const clean: Taint = { ways: new Map(), isOpen: false }

export const isClean = ({ ways }: Taint): boolean => ways.size === 0

const ranks: Readonly<Record<Way, number>> = { whole: 0, fallback: 1, part: 2, chosen: 3 }

export const plainer = (left: Way, right: Way): boolean => ranks[left] < ranks[right]

export function join(taints: readonly Taint[]): Taint {
  const found = taints.filter((taint) => !isClean(taint))
  if (found.length <= 1) return found[0] ?? clean
  const ways = new Map<string, Way>()
  for (const [name, way] of found.flatMap((taint) => [...taint.ways])) {
    const known = ways.get(name)
    if (known === undefined || plainer(known, way)) ways.set(name, way)
  }
  return { ways, isOpen: found.some(({ isOpen }) => isOpen) }
}

/** The same, coming in by no plainer a way than this. */
export function atLeast(way: Way, taint: Taint, isOpen = taint.isOpen): Taint {
  if (isClean(taint)) return taint
  const ways = [...taint.ways].map(([name, own]) => [name, plainer(own, way) ? way : own] as const)
  return { ways: new Map(ways), isOpen }
}
