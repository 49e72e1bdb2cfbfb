import type { KnownAttempt } from './attempt-index.js'

export interface AttemptPair {
  readonly before?: KnownAttempt
  readonly after?: KnownAttempt
  /** The same attempt stands elsewhere in the same lockfile, too. */
  readonly isTwin: boolean
}

/** One attempt's places in both lockfiles, side by side; nearly always one in each. */
export function pairAttempts(
  before: readonly KnownAttempt[],
  after: readonly KnownAttempt[],
): readonly AttemptPair[] {
  const left = [...before]
  const take = (fits: (each: KnownAttempt) => boolean): KnownAttempt | undefined => {
    const at = left.findIndex(fits)
    return at === -1 ? undefined : left.splice(at, 1)[0]
  }
  const waiting: KnownAttempt[] = []
  const pairs: AttemptPair[] = []
  for (const each of after) {
    const found =
      take(({ address, isForgotten }) => address === each.address && isForgotten === each.isForgotten) ??
      take(({ address }) => address === each.address)
    if (found === undefined) waiting.push(each)
    else pairs.push({ before: found, after: each, isTwin: false })
  }
  for (const each of waiting) {
    const found = take(() => true)
    const isTwin = found === undefined && pairs.length > 0
    pairs.push({ ...(found !== undefined && { before: found }), after: each, isTwin })
  }
  return [...pairs, ...left.map((each) => ({ before: each, isTwin: after.length > 0 }))]
}
