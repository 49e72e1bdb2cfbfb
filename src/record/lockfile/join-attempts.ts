import type { Attempt } from '../../model/record/attempt.js'
import { type Entry, entryAt, type Lockfile } from '../../model/record/lockfile.js'
import { isAddress } from '../disk/forms.js'
import type { AttemptEntry } from './attempt-entries.js'
import {
  arrangeEntry,
  hasRung,
  listAttempts,
  mergeAlike,
  mergeRecorded,
  projectAttempt,
} from './attempt-entries.js'
import { forgottenIds } from './forget-address.js'
import { groupByHome } from './homes.js'

/**
 * The lockfile joined with the attempts of this machine. Pure, idempotent, whatever the order of the attempts.
 *
 * Each attempt, by its id: `placed` is placed; `refused` is failed; `not-sent` never was; no outcome, `uncertain`
 * or damage is uncertain. Where the lockfile has the same attempt:
 *
 *   lockfile \ own        placed      refused     uncertain   not sent
 *   ended                 ended       ended       ended       ended
 *   placed                placed      placed      placed      placed
 *   uncertain             placed      failed      uncertain   (gone)
 *   uncertain, a call id  placed      uncertain   uncertain   uncertain
 *   failed                placed      failed      uncertain   (gone)
 *   failed by a person    placed      failed      failed      (gone)
 *
 * `not-sent` by the word of a person is `failed by a person` here, so that other clones learn of it.
 *
 * No call id or time of end is lost; two call ids for one attempt are refused. An attempt that only the lockfile
 * knows (a colleague's) stays as it is, in its place. One that the lockfile has as forgotten is left out.
 *
 * Each address, in whatever spelling, by its attempts: an uncertain one makes it uncertain, and the newest of these
 * is its entry, as that is what is to be resolved; else the newest one that rang, so that a redial that was refused
 * never makes the address look free; else the newest failed one. All others are the entry's `attempts`, oldest first.
 */
export function joinAttempts(lockfile: Lockfile, attempts: readonly Attempt[]): Lockfile {
  if (attempts.length === 0) return lockfile
  const calls: Record<string, Entry> = Object.assign(Object.create(null), lockfile.calls)
  for (const [address, own] of groupAttempts(lockfile, attempts)) {
    const entry = joinEntry(address, entryAt({ calls }, address), own)
    if (entry === undefined) delete calls[address]
    else calls[address] = entry
  }
  return { ...lockfile, calls }
}

/** A stranger's file in the attempts folder may claim to be of something that is no address: nobody can dial it. */
function* groupAttempts(
  lockfile: Lockfile,
  attempts: readonly Attempt[],
): Generator<readonly [string, readonly Attempt[]]> {
  const forgotten = forgottenIds(lockfile)
  const known = attempts.filter(({ address, attemptId }) => isAddress(address) && !forgotten.has(attemptId))
  for (const [address, group] of groupByHome(lockfile, known)) yield [address, group.toSorted(byNumber)]
}

/** Files of strangers may repeat a number; their order must not matter either. */
function byNumber(a: Attempt, b: Attempt): number {
  if (a.number !== b.number) return a.number - b.number
  const [first, second] = [JSON.stringify(a), JSON.stringify(b)]
  return first < second ? -1 : first > second ? 1 : 0
}

type Merged = ReadonlyMap<string, AttemptEntry | undefined>

function joinEntry(
  address: string,
  entry: Entry | undefined,
  attempts: readonly Attempt[],
): Entry | undefined {
  const recorded = mergeById(
    address,
    entry === undefined ? [] : listAttempts(entry).map((attempt) => [attempt.attempt, attempt]),
  )
  const own = mergeById(
    address,
    attempts.map((attempt) => [attempt.attemptId, projectAttempt(attempt)]),
  )
  const ordered = orderIds(recorded, own).flatMap((id) => {
    const joined = joinOne(address, recorded.get(id), own.get(id), own.has(id))
    return joined === undefined ? [] : [joined]
  })
  return arrangeEntry(ordered)
}

function joinOne(
  address: string,
  recorded: AttemptEntry | undefined,
  own: AttemptEntry | undefined,
  isOwn: boolean,
): AttemptEntry | undefined {
  if (recorded === undefined || !isOwn) return recorded ?? own
  if (own !== undefined) return mergeRecorded(address, recorded, own)
  return hasRung(recorded) || recorded.callId !== undefined ? recorded : undefined
}

/** Attempts by id, in the order given; one id twice is one attempt. */
function mergeById(
  address: string,
  attempts: readonly (readonly [string, AttemptEntry | undefined])[],
): Merged {
  const merged = new Map<string, AttemptEntry | undefined>()
  for (const [id, attempt] of attempts) {
    const before = merged.get(id)
    const both = before !== undefined && attempt !== undefined
    merged.set(id, both ? mergeAlike(address, before, attempt) : (before ?? attempt))
  }
  return merged
}

/** Own attempts by number; each that only the lockfile has, behind the own one that it follows there. */
function orderIds(recorded: Merged, own: Merged): readonly string[] {
  const first: string[] = []
  const followers = new Map<string, string[]>([...own.keys()].map((id) => [id, []]))
  let group = first
  for (const id of recorded.keys()) {
    const next = followers.get(id)
    if (next === undefined) group.push(id)
    else group = next
  }
  return [...first, ...[...followers].flatMap(([id, followed]) => [id, ...followed])]
}
