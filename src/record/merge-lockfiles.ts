import type { Entry, ForgottenAttempt, Lockfile } from '../model/lockfile.js'
import { type AttemptEntry, arrangeEntry, listAttempts, mergeAlike } from './attempt-entries.js'
import { forgottenIds } from './forget-address.js'
import { foldMoved } from './moved-entries.js'

/** One address that both sides dialed, neither knowing of the other: it rang twice, or may have. */
export interface DoubleClaim {
  readonly address: string
  readonly ours: AttemptEntry
  readonly theirs: AttemptEntry
}

export interface Merge {
  readonly lockfile: Lockfile
  readonly doubles: readonly DoubleClaim[]
  /** Addresses that one side forgot while the other had them as live: they stay, in the further state. */
  readonly kept: readonly string[]
}

/**
 * Two lockfiles of one lineage as one: the union of addresses, attempts and what is forgotten; of one attempt the
 * further state wins. Nothing is ever taken away, so what both grew from does not matter. Throws RecordError when
 * one attempt has two call ids.
 *
 * What one side has forgotten stays so, but for what the other side has as live: such an entry is never dropped, since
 * the word of one side alone would free it. It is known as ended then, and may be forgotten again.
 */
export function mergeLockfiles(mine: Lockfile, others: Lockfile): Merge {
  const kept = [...new Set([...findLive(mine, others), ...findLive(others, mine)])].sort()
  const [ours, theirs] = [remember(mine, others, kept), remember(others, mine, kept)]
  return { ...mergeSides(ours, theirs), kept }
}

/** Addresses with an attempt that is live here and forgotten there. */
function findLive(here: Lockfile, there: Lockfile): readonly string[] {
  const gone = forgottenIds(there)
  if (gone.size === 0) return []
  const isLive = ({ attempt, state }: AttemptEntry): boolean =>
    gone.has(attempt) && (state === 'placed' || state === 'uncertain')
  return Object.keys(here.calls).filter((address) => attemptsOf(here, address).some(isLive))
}

/** The side as it was before it forgot what the other one keeps of these addresses. */
function remember(side: Lockfile, other: Lockfile, kept: readonly string[]): Lockfile {
  if (kept.length === 0 || side.forgotten === undefined) return side
  const calls: Record<string, Entry> = Object.assign(Object.create(null), side.calls)
  const forgotten: Record<string, readonly ForgottenAttempt[]> = Object.create(null)
  const owners = new Map(
    kept.flatMap((address) => attemptsOf(other, address).map(({ attempt }) => [attempt, address] as const)),
  )
  for (const [address, list] of Object.entries(side.forgotten)) {
    const left = list.filter(({ attempt }) => !owners.has(attempt))
    if (left.length > 0) forgotten[address] = left
    for (const { forgottenAt: _, forgottenBy: __, ...attempt } of list) {
      const owner = owners.get((attempt as AttemptEntry).attempt)
      if (owner === undefined) continue
      const own = attemptsOf({ ...side, calls }, owner)
      calls[owner] = arrangeEntry([...own, attempt as AttemptEntry])!
    }
  }
  const { forgotten: _, ...rest } = side
  return { ...rest, calls, ...(Object.keys(forgotten).length > 0 && { forgotten }) }
}

function mergeSides(ours: Lockfile, theirs: Lockfile): Omit<Merge, 'kept'> {
  const calls: Record<string, Entry> = Object.create(null)
  const doubles: DoubleClaim[] = []
  const forgotten = mergeForgotten(ours, theirs)
  const gone = forgottenIds(forgotten === undefined ? ours : { ...ours, forgotten })
  for (const address of new Set([...Object.keys(ours.calls), ...Object.keys(theirs.calls)])) {
    const mine = attemptsOf(ours, address).filter(({ attempt }) => !gone.has(attempt))
    const other = attemptsOf(theirs, address).filter(({ attempt }) => !gone.has(attempt))
    const entry = arrangeEntry(mergeAttempts(address, mine, other))
    if (entry !== undefined) calls[address] = entry
    const double = findDouble(address, mine, other)
    if (double !== undefined) doubles.push(double)
  }
  const lockfile: Lockfile = { ...theirs, ...ours, calls, ...(forgotten === undefined ? {} : { forgotten }) }
  return { lockfile: foldMoved(lockfile), doubles }
}

const attemptsOf = ({ calls }: Lockfile, address: string): readonly AttemptEntry[] =>
  Object.hasOwn(calls, address) ? listAttempts(calls[address]!) : []

/** In our order. What only the other side has comes last, or before our own news where that is newer. */
function mergeAttempts(
  address: string,
  ours: readonly AttemptEntry[],
  theirs: readonly AttemptEntry[],
): readonly AttemptEntry[] {
  const all = ours.map((mine) => {
    const other = theirs.find(({ attempt }) => attempt === mine.attempt)
    return other === undefined ? mine : mergeAlike(address, mine, other)
  })
  const news = notIn(theirs, ours)
  const isOlder = lastTime(news) < lastTime(notIn(ours, theirs))
  const place = isOlder ? ours.findIndex((mine) => notIn([mine], theirs).length > 0) : all.length
  return [...all.slice(0, place), ...news, ...all.slice(place)]
}

const notIn = (attempts: readonly AttemptEntry[], others: readonly AttemptEntry[]): readonly AttemptEntry[] =>
  attempts.filter(({ attempt }) => !others.some((other) => other.attempt === attempt))

const lastTime = (attempts: readonly AttemptEntry[]): string =>
  attempts.findLast(({ placedAt }) => placedAt !== undefined)?.placedAt ?? ''

function findDouble(
  address: string,
  ours: readonly AttemptEntry[],
  theirs: readonly AttemptEntry[],
): DoubleClaim | undefined {
  const mine = notIn(ours, theirs).findLast(mayHaveRung)
  const other = notIn(theirs, ours).findLast(mayHaveRung)
  return mine === undefined || other === undefined ? undefined : { address, ours: mine, theirs: other }
}

const mayHaveRung = ({ state }: AttemptEntry): boolean => state !== 'failed'

function mergeForgotten(ours: Lockfile, theirs: Lockfile): Lockfile['forgotten'] {
  if (ours.forgotten === undefined) return theirs.forgotten
  const merged: Record<string, readonly ForgottenAttempt[]> = Object.assign(
    Object.create(null),
    ours.forgotten,
  )
  for (const [address, attempts] of Object.entries(theirs.forgotten ?? {})) {
    const mine = merged[address] ?? []
    merged[address] = [...mine, ...(notIn(attempts, mine) as readonly ForgottenAttempt[])]
  }
  return merged
}
