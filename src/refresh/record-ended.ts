import type { Entry, Lockfile } from '../model/lockfile.js'
import type { Observation } from '../model/plan.js'
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
  return observations
    .filter(({ state, problem }) => problem === undefined && (state === 'terminated' || state === 'gone'))
    .map(({ address, callId, at }) => ({ address, callId, at }))
}

/** The calls that a run of hangup ended. */
export function endingsOf(results: readonly CallResult[]): readonly Ending[] {
  return results.flatMap(({ address, kind, ended }) =>
    kind === 'ended' && ended !== undefined ? [{ address, ...ended }] : [],
  )
}

/**
 * The lockfile with those calls `ended`; the same object when nothing changes. An entry that is not placed,
 * or that holds another call by now, stays as it is.
 */
export function recordEnded(lockfile: Lockfile, endings: readonly Ending[]): Lockfile {
  const ended = new Map<string, Entry>()
  for (const { address, callId, at } of endings) {
    const entry = Object.hasOwn(lockfile.calls, address) ? lockfile.calls[address] : undefined
    if (entry?.state === 'placed' && entry.callId === callId) {
      ended.set(address, { ...entry, state: 'ended', endedAt: at })
    }
  }
  if (ended.size === 0) return lockfile
  return { ...lockfile, calls: { ...lockfile.calls, ...Object.fromEntries(ended) } }
}
