import { hasEnded } from '../model/live-calls.js'
import type { Observation } from '../model/plan.js'
import { type AddressIndex, indexKeys } from '../model/record/address-index.js'
import type { EarlierAttempt, Entry, Lockfile } from '../model/record/lockfile.js'
import type { CallResult } from '../model/run.js'

/** A call that is over: since when, as far as callctl saw. */
export interface Ending {
  readonly address: string
  readonly callId: string
  /** ISO 8601, UTC. */
  readonly at: string
}

/** The calls that Graph says are over, or no longer knows. */
export function endingsSeen(observations: readonly Observation[]): readonly Ending[] {
  return observations.filter(hasEnded).map(({ address, callId, at }) => ({ address, callId, at }))
}

/** The calls that a run hung up. */
export function endingsOf(results: readonly CallResult[]): readonly Ending[] {
  return results.flatMap(({ address, ended }) => (ended === undefined ? [] : [{ address, ...ended }]))
}

/**
 * The lockfile with those calls `ended`, be they an entry's newest or an earlier one; the same object when nothing
 * changes. What is not placed stays as it is.
 */
export function recordEnded(lockfile: Lockfile, endings: readonly Ending[]): Lockfile {
  const ended = new Map<string, Entry>()
  const find = createFinder(lockfile)
  for (const ending of endings) {
    const address = find(ending.address)
    const entry = address === undefined ? undefined : (ended.get(address) ?? lockfile.calls[address])
    if (entry !== undefined && hasLive(entry, ending)) ended.set(address!, endEntry(entry, ending))
  }
  if (ended.size === 0) return lockfile
  return { ...lockfile, calls: { ...lockfile.calls, ...Object.fromEntries(ended) } }
}

/** A call may be defined in another spelling than it is recorded in; most are not, and need no index. */
function createFinder({ calls }: Lockfile): (address: string) => string | undefined {
  let index: AddressIndex | undefined
  return (address) => {
    if (Object.hasOwn(calls, address)) return address
    index ??= indexKeys(calls)
    return index.find(address)
  }
}

const isLive = ({ state, callId }: Entry | EarlierAttempt, ending: Ending): boolean =>
  state === 'placed' && callId === ending.callId

const hasLive = (entry: Entry, ending: Ending): boolean =>
  isLive(entry, ending) || (entry.attempts?.some((attempt) => isLive(attempt, ending)) ?? false)

function endEntry(entry: Entry, ending: Ending): Entry {
  const end = <Each extends Entry | EarlierAttempt>(each: Each): Each =>
    isLive(each, ending) ? { ...each, state: 'ended', endedAt: ending.at } : each
  return entry.attempts === undefined ? end(entry) : { ...end(entry), attempts: entry.attempts.map(end) }
}
