import { rings } from '../model/action.js'
import type { Limits } from '../model/language/settings.js'
import { hasEnded } from '../model/live-calls.js'
import type { PayloadHead } from '../model/payload.js'
import type { Change, Observation, Usage } from '../model/plan.js'
import type { EarlierAttempt, Entry, Lockfile } from '../model/record/lockfile.js'

/** What Graph lets one app place, as documented until 2023. */
export const quota = { concurrentCalls: 100, callsPerMonth: 10_000 } as const

/** What there is to be counted. */
export interface Counted {
  readonly lockfile: Lockfile
  readonly observations: readonly Observation[]
  readonly limits: Limits
  /** Milliseconds since 1970; without it nothing is said of the month. */
  readonly now?: number
}

/**
 * How much of limits and quota these changes use up, at most: a call is live until it is known to have ended, what
 * may have rung did, and no call of the plan ends before the last one is placed, but for one that is placed again.
 */
export function countUsage(changes: readonly Change<PayloadHead>[], counted: Counted): readonly Usage[] {
  const { limits, now } = counted
  const placements = changes.filter(({ action }) => rings(action))
  const isLive = livenessOf(counted)
  const start = now === undefined ? Number.NEGATIVE_INFINITY : startOfMonth(now)
  const { live, placed } = countAttempts(counted.lockfile, isLive, isPlacedSince(start))
  // An address that is placed again is hung up first, with all its calls that can be.
  const takesOver = ({ entry }: Pick<Change, 'entry'>): boolean =>
    entry !== undefined && [entry, ...(entry.attempts ?? [])].some((each) => isLive(each) && canEnd(each))
  const added = placements.filter((change) => !takesOver(change)).length
  const usage = [describe('concurrent-calls', live, live + added, limits)]
  if (now === undefined) return usage
  const month = new Date(start).toISOString().slice(0, 7)
  return [...usage, { ...describe('calls-per-month', placed, placed + placements.length, limits), month }]
}

function describe(kind: Usage['kind'], before: number, after: number, limits: Limits): Usage {
  const name = kind === 'concurrent-calls' ? 'concurrentCalls' : 'callsPerMonth'
  const limit = limits[name]
  return { kind, before, after, allowed: limit ?? quota[name], isQuota: limit === undefined }
}

type AnyAttempt = Entry | EarlierAttempt

function livenessOf({ observations }: Counted): (attempt: AnyAttempt) => boolean {
  const over = new Set(observations.filter(hasEnded).map(({ callId }) => callId))
  return ({ state, callId }) =>
    (state === 'placed' || state === 'uncertain') && !(callId !== undefined && over.has(callId))
}

const canEnd = ({ state, callId }: AnyAttempt): boolean => state === 'placed' && callId !== undefined

function startOfMonth(now: number): number {
  const date = new Date(now)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth())
}

/** A time that cannot be read, or is yet to come, counts: better one call too few. */
const isPlacedSince =
  (start: number) =>
  ({ state, placedAt }: AnyAttempt): boolean =>
    state !== 'failed' && !(Date.parse(placedAt ?? '') < start)

/** Counts attempts in one pass; a lockfile may be long, and no list is made of it. */
function countAttempts(
  { calls, forgotten = {} }: Lockfile,
  isLive: (attempt: AnyAttempt) => boolean,
  isPlaced: (attempt: AnyAttempt) => boolean,
): { readonly live: number; readonly placed: number } {
  let live = 0
  let placed = 0
  const add = (attempt: AnyAttempt): void => {
    if (isLive(attempt)) live += 1
    if (isPlaced(attempt)) placed += 1
  }
  for (const address in calls) {
    const entry = calls[address]!
    add(entry)
    entry.attempts?.forEach(add)
  }
  // Those of forgotten addresses were placed too.
  for (const address in forgotten) forgotten[address]!.forEach(add)
  return { live, placed }
}
