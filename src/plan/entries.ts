import type { Entry, Lockfile } from '../model/lockfile.js'
import type { Observation } from '../model/plan.js'

/** The address's entry. Own properties only: `constructor` is a good name for a call. */
export const entryOf = (lockfile: Lockfile, address: string): Entry | undefined =>
  Object.hasOwn(lockfile.calls, address) ? lockfile.calls[address] : undefined

/** By UTF-16 code units, so that no locale changes a plan. */
export const byAddress = (a: { readonly address: string }, b: { readonly address: string }): number =>
  a.address < b.address ? -1 : a.address > b.address ? 1 : 0

/** `placed 2025-11-23T17:02:00Z`, `placed …; ended …`. */
export function describePlaced(entry: Entry, observation?: Observation): string {
  const placed = `placed ${entry.placedAt ?? 'before'}`
  if (entry.state === 'ended')
    return `${placed}; ended${entry.endedAt === undefined ? '' : ` ${entry.endedAt}`}`
  return hasEnded(entry, observation) ? `${placed}; ended` : placed
}

const hasEnded = (entry: Entry, observation: Observation | undefined): boolean =>
  observation !== undefined &&
  observation.problem === undefined &&
  observation.callId === entry.callId &&
  (observation.state === 'terminated' || observation.state === 'gone')
