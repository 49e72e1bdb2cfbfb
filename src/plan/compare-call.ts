import { rings } from '../model/action.js'
import type { PayloadHead } from '../model/payload.js'
import type { Change, Observation } from '../model/plan.js'
import type { Entry } from '../model/record/lockfile.js'
import { describePlaced, isSameCall } from './entries.js'

/** What is known of one call beside its payload. */
export interface Known {
  readonly entry?: Entry | undefined
  /** The address that has the entry, where it is spelled otherwise. */
  readonly recordedAs?: string | undefined
  readonly observation?: Observation | undefined
  /** Whether the user named this very address with `--redial`. */
  readonly isNamed?: boolean
  /** Whether a change that is reviewed leaves it as it is. */
  readonly isUnchanged?: boolean
}

type Decision = Pick<Change, 'action' | 'reason' | 'code'>

/** What is to be done about one defined call, as far as its own record tells. */
export function compareCall<Held extends PayloadHead>(payload: Held, known: Known = {}): Change<Held> {
  const { address } = payload
  const { entry, recordedAs = address, isNamed = false } = known
  const decision = entry === undefined ? placeFirst(isNamed) : decide(payload, entry, known)
  const reason =
    recordedAs === address ? decision.reason : `${decision.reason}; recorded as \`${recordedAs}\``
  const hasLeave = isNamed && rings(decision.action)
  return { address, payload, ...(entry && { entry }), ...decision, reason, ...(hasLeave && { hasLeave }) }
}

const placeFirst = (isNamed: boolean): Decision => ({
  action: 'place',
  reason: isNamed
    ? 'not placed before here; with leave, if a workspace that is gone placed it'
    : 'not placed before',
})

function decide(
  payload: PayloadHead,
  entry: Entry,
  { observation, isNamed = false, isUnchanged = false }: Known,
): Decision {
  const unsettled = findUnsettled(entry)
  if (unsettled !== undefined) {
    const hint = isNamed ? `; \`callctl resolve ${payload.address}\` comes before \`--redial\`` : ''
    return { action: 'uncertain', reason: `${unsettled}${hint}` }
  }
  if (entry.state === 'failed') return compareFailed(entry, isNamed)
  const placed = describePlaced(entry, observation)
  const first = entry.state === 'placed' ? '; hung up first' : ''
  if (isNamed) return { action: 'redial', reason: `${placed}${first}` }
  if (payload.unset !== undefined)
    return compareUnknown(payload, payload.unset, { placed, first, isUnchanged })
  if (entry.digest === payload.digest) return { action: 'none', reason: placed }
  return compareChanged(payload, entry, { placed, first })
}

/** Where variables are not set, no digest tells whether it is what was placed: with leave, it may ring. */
function compareUnknown(
  { onChange }: PayloadHead,
  unset: readonly string[],
  {
    placed,
    first,
    isUnchanged,
  }: { readonly placed: string; readonly first: string; readonly isUnchanged: boolean },
): Decision {
  const depends = `what it sends depends on ${unset.join(', ')} of the environment, not set here`
  if (onChange === 'redial')
    return { action: 'redial', reason: `may ring: ${placed}, and ${depends}; \`onChange: redial\`${first}` }
  if (isUnchanged) return { action: 'none', reason: `${placed}; ${depends}` }
  return { action: 'changed', reason: `the call differs from what was ${placed}; nothing is sent` }
}

/** `onChange: redial` is leave for what is new. A payload that rang before most likely comes from an old commit. */
function compareChanged(
  payload: PayloadHead,
  entry: Entry,
  { placed, first }: { readonly placed: string; readonly first: string },
): Decision {
  if (isSameCall(payload, entry)) {
    const reason = `the call differs from what was ${placed} in the letter case of ids alone; nothing is sent`
    return { action: 'changed', reason }
  }
  const differs = `the call differs from what was ${placed}`
  if (payload.onChange !== 'redial') return { action: 'changed', reason: `${differs}; nothing is sent` }
  const rang = entry.attempts?.findLast((each) => each.state !== 'failed' && isSameCall(payload, each))
  if (rang === undefined) return { action: 'redial', reason: `${differs}; \`onChange: redial\`${first}` }
  const before = `is what was placed ${rang.placedAt ?? 'before'} already; nothing is sent without \`--redial\``
  return { action: 'changed', reason: `${differs}, but ${before}` }
}

export const describeUncertain = (entry: Entry): string =>
  `the outcome of the attempt${entry.placedAt === undefined ? '' : ` of ${entry.placedAt}`} is unknown; ` +
  'nothing is sent until it is resolved'

function findUnsettled(entry: Entry): string | undefined {
  if (entry.state === 'uncertain') return describeUncertain(entry)
  const isEarlier = entry.attempts?.some((attempt) => attempt.state === 'uncertain') ?? false
  return isEarlier ? 'the outcome of an earlier attempt is unknown' : undefined
}

/** A failed attempt may be repeated, unless an earlier attempt rang. */
function compareFailed(entry: Entry, isNamed: boolean): Decision {
  const rang = entry.attempts?.findLast((attempt) => attempt.state !== 'failed')
  if (rang === undefined) return { action: 'place', reason: 'the last attempt was refused or not sent' }
  const reason = `the last attempt failed, but an earlier one was placed ${rang.placedAt ?? 'before'}`
  if (isNamed) return { action: 'redial', reason }
  return { action: 'blocked', code: 'plan/placed-before', reason }
}
