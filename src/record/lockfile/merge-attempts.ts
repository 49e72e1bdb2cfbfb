import { type AttemptEntry, mergeAlike } from './attempt-entries.js'

/** Two lists of one address as one, in our order. What only the other one has comes last, or before our own news where that is newer. */
export function mergeAttempts(
  address: string,
  ours: readonly AttemptEntry[],
  theirs: readonly AttemptEntry[],
): readonly AttemptEntry[] {
  const others = new Map(theirs.toReversed().map((each) => [each.attempt, each]))
  const all = ours.map((mine) => {
    const other = others.get(mine.attempt)
    return other === undefined ? mine : mergeAlike(address, mine, other)
  })
  const news = notIn(theirs, ours)
  const isOlder = lastTime(news) < lastTime(notIn(ours, theirs))
  const place = isOlder ? ours.findIndex(({ attempt }) => !others.has(attempt)) : all.length
  return [...all.slice(0, place), ...news, ...all.slice(place)]
}

export const notIn = (
  attempts: readonly AttemptEntry[],
  others: readonly AttemptEntry[],
): readonly AttemptEntry[] => {
  if (others.length === 0) return attempts
  const known = new Set(others.map(({ attempt }) => attempt))
  return attempts.filter(({ attempt }) => !known.has(attempt))
}

const lastTime = (attempts: readonly AttemptEntry[]): string =>
  attempts.findLast(({ placedAt }) => placedAt !== undefined)?.placedAt ?? ''

export const mayHaveRung = ({ state }: AttemptEntry): boolean => state !== 'failed'
