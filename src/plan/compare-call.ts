import type { Entry } from '../model/lockfile.js'
import type { Payload } from '../model/payload.js'
import type { Change, Observation } from '../model/plan.js'
import { describePlaced } from './entries.js'

/** What is to be done about one defined call, as far as its own record tells. */
export function compareCall(payload: Payload, entry?: Entry, observation?: Observation): Change {
  const { address } = payload
  if (entry === undefined) return { address, payload, action: 'place', reason: 'not placed before' }
  const known = { address, payload, entry }
  if (entry.state === 'uncertain') return { ...known, action: 'uncertain', reason: describeUncertain(entry) }
  if (entry.state === 'failed') return { ...known, ...compareFailed(entry) }
  const placed = describePlaced(entry, observation)
  if (entry.digest === payload.digest) return { ...known, action: 'none', reason: placed }
  return { ...known, action: 'changed', reason: `the call differs from what was ${placed}; nothing is sent` }
}

export const describeUncertain = (entry: Entry): string =>
  `the outcome of the attempt${entry.placedAt === undefined ? '' : ` of ${entry.placedAt}`} is unknown; ` +
  'nothing is sent until it is resolved'

/** A failed attempt may be repeated, unless an earlier attempt rang, or may have. */
function compareFailed(entry: Entry): Pick<Change, 'action' | 'reason' | 'code'> {
  const earlier = entry.attempts ?? []
  if (earlier.some((attempt) => attempt.state === 'uncertain')) {
    return { action: 'uncertain', reason: 'the outcome of an earlier attempt is unknown' }
  }
  const rang = earlier.findLast((attempt) => attempt.state !== 'failed')
  if (rang !== undefined) {
    const reason = `the last attempt failed, but an earlier one was placed ${rang.placedAt ?? 'before'}`
    return { action: 'blocked', code: 'plan/placed-before', reason }
  }
  return { action: 'place', reason: 'the last attempt was refused or not sent' }
}
