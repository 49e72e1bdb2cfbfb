import { attemptsOf } from '../../model/record/attempt-evidence.js'
import { type EarlierAttempt, type Entry, entryAt, type Lockfile } from '../../model/record/lockfile.js'

/** Addresses whose entry is another of the attempts that it has, or has them in another order, without a reason. */
export function findReordered(base: Lockfile, head: Lockfile): readonly string[] {
  return Object.keys(head.calls).filter((address) => {
    const now = head.calls[address]!
    const before = entryAt(base, address)
    if (before === undefined) return !isArranged(now)
    if (now.attempts === undefined && before.attempts === undefined) return false
    if (JSON.stringify(before) === JSON.stringify(now)) return false
    return !isArranged(now) || !isSameOrder(attemptsOf(before), attemptsOf(now))
  })
}

/** Attempts find another place when a state changes, or when others join them. */
function isSameOrder(before: readonly EarlierAttempt[], now: readonly EarlierAttempt[]): boolean {
  const states = new Map(before.map(({ attempt, state }) => [attempt, state]))
  const isElse = now.some(({ attempt, state }) => states.get(attempt) !== state)
  if (isElse) return isSameOwn(before, now, states)
  const ids = new Set(now.map(({ attempt }) => attempt))
  const kept = before.filter(({ attempt }) => ids.has(attempt))
  return kept.every(({ attempt }, index) => attempt === now[index]?.attempt)
}

/** The entry's own attempt gives way to a new one, or for a new state of either. */
function isSameOwn(
  before: readonly EarlierAttempt[],
  now: readonly EarlierAttempt[],
  states: ReadonlyMap<string, string>,
): boolean {
  const [old, own] = [before.at(-1)!, now.at(-1)!]
  if (old.attempt === own.attempt || states.get(own.attempt) !== own.state) return true
  return now.find(({ attempt }) => attempt === old.attempt)?.state !== old.state
}

/** An uncertain attempt stands for its address; else one that rang; else a failed one. */
function isArranged(entry: Entry): boolean {
  const states = attemptsOf(entry).map(({ state }) => state)
  if (states.includes('uncertain')) return entry.state === 'uncertain'
  return entry.state !== 'failed' || states.every((state) => state === 'failed')
}
