import type { RecordedRing } from '../../model/operation.js'
import type { Attempt, Outcome } from '../../model/record/attempt.js'
import { attemptsOf } from '../../model/record/attempt-evidence.js'
import type { EarlierAttempt, Entry, Lockfile } from '../../model/record/lockfile.js'
import type { SharedRows } from '../../model/record/shared-record.js'
import { attemptForm } from '../attempts/attempt-form.js'
import type { AnyOutcome, ClaimForm, Numbered, Recorded } from '../attempts/claim-form.js'
import { ringForm } from '../attempts/ring-form.js'
import { isFurther } from '../lockfile/outcome-order.js'
import type { OutcomeRow } from './claims.js'
import { type Kind, textOf, withoutWords } from './rows.js'

/** What this machine knows by itself: its lockfile, and its files of claims. */
export interface LocalSide {
  /** Absent where there is no lockfile. */
  readonly lockfile?: Lockfile
  readonly attempts: readonly Attempt[]
  readonly rings: readonly RecordedRing[]
}

/** A claim that the shared record lacks. */
export interface LackedClaim {
  readonly kind: Kind
  readonly address: string
  readonly number: number
  readonly id: string
  readonly text: string
}

/** What the shared record lacks of what this machine knows. */
export interface Lacked {
  readonly claims: readonly LackedClaim[]
  readonly outcomes: readonly OutcomeRow[]
  readonly endings: readonly OutcomeRow[]
  /** What a person said where the shared record has no certain outcome. */
  readonly rulings: readonly OutcomeRow[]
}

export function findLacked({ lockfile, attempts, rings }: LocalSide, shared: SharedRows): Lacked {
  const recorded = lockfile === undefined ? [] : listRecorded(lockfile)
  const ofAttempts = compareClaims('attempt', attemptForm, attempts, shared.attempts)
  const ofRings = compareClaims('ring', ringForm, rings, shared.rings)
  const own = new Set(attempts.map(({ attemptId }) => attemptId))
  const alone = recorded.filter(({ attempt }) => attempt !== '' && !own.has(attempt))
  const known = new Map(shared.attempts.map((each) => [each.attemptId, each]))
  const ended = new Set(shared.endings.map(({ attemptId }) => attemptId))
  const lockfileAlone = alone.flatMap((each) => compareRecorded(each, known.get(each.attempt)))
  return {
    claims: [
      ...ofAttempts.claims,
      ...ofRings.claims,
      ...alone.filter((each) => !known.has(each.attempt)).map(claimOf),
    ],
    outcomes: [...ofAttempts.outcomes, ...ofRings.outcomes, ...lockfileAlone.filter(isObserved)],
    endings: recorded.flatMap((each) => (ended.has(each.attempt) ? [] : endingOf(each))),
    rulings: [...ofAttempts.rulings, ...ofRings.rulings, ...lockfileAlone.filter((row) => !isObserved(row))],
  }
}

interface ToldRow extends OutcomeRow {
  readonly isRuling: boolean
}

const isObserved = ({ isRuling }: ToldRow): boolean => !isRuling

interface RecordedAttempt extends EarlierAttempt, Partial<Pick<Entry, 'endpoint' | 'cloud' | 'tenantId'>> {
  readonly address: string
}

function listRecorded({ calls, forgotten = {} }: Lockfile): readonly RecordedAttempt[] {
  const known = Object.entries(calls).flatMap(([address, entry]) =>
    attemptsOf(entry).map((attempt) => ({ ...attempt, address })),
  )
  const gone = Object.entries(forgotten).flatMap(([address, list]) =>
    list.map((attempt) => ({ ...(attempt as EarlierAttempt), address })),
  )
  return [...known, ...gone]
}

function compareClaims<Claim extends Numbered, End extends AnyOutcome>(
  kind: Kind,
  form: ClaimForm<Claim, End>,
  own: readonly Recorded<Claim, End>[],
  shared: readonly Recorded<Claim, End>[],
): Omit<Lacked, 'endings'> {
  const known = new Map(shared.map((each) => [form.idOf(each), each]))
  const claims: LackedClaim[] = []
  const outcomes: OutcomeRow[] = []
  const rulings: OutcomeRow[] = []
  for (const each of own) {
    const id = form.idOf(each)
    const { outcome, damage, address, number } = each
    if (id === '') continue
    const there = known.get(id)
    if (there === undefined) claims.push({ kind, address, number, id, text: textOf(form.pick(each)) })
    if (outcome === undefined || damage !== undefined) continue
    if (!isFurther(outcome, there?.outcome)) continue
    const row = { kind, id, text: textOf(withoutWords(outcome)) }
    // What was observed stands, once; who says more has a person's word for it.
    if (there?.outcome === undefined && witnessOf(outcome) === undefined) outcomes.push(row)
    else rulings.push(row)
  }
  return { claims, outcomes, rulings }
}

/** Of an attempt that only the lockfile knows: a colleague's, from before the record was shared. */
const claimOf = ({
  address,
  attempt,
  digest,
  endpoint,
  cloud,
  tenantId,
  placedAt,
}: RecordedAttempt): LackedClaim => ({
  kind: 'attempt',
  address,
  number: 1,
  id: attempt,
  text: textOf(
    attemptForm.pick({
      address,
      number: 1,
      attemptId: attempt,
      digest: digest ?? '',
      endpoint: endpoint ?? '',
      cloud: cloud ?? 'global',
      ...(tenantId !== undefined && { tenantId }),
      claimedAt: placedAt ?? '',
    }),
  ),
})

const witnessOf = (outcome: AnyOutcome): object | undefined =>
  'witness' in outcome ? outcome.witness : undefined

function compareRecorded(attempt: RecordedAttempt, there: Attempt | undefined): readonly ToldRow[] {
  const outcome = readState(attempt)
  if (outcome === undefined || !isFurther(outcome, there?.outcome)) return []
  const isRuling = there?.outcome !== undefined || witnessOf(outcome) !== undefined
  return [{ kind: 'attempt', id: attempt.attempt, text: textOf(outcome), isRuling }]
}

/** Undefined where the lockfile does not tell it in full: then it stays unknown. */
function readState(attempt: RecordedAttempt): Outcome | undefined {
  const { state, callId, witness, evidence, placedAt } = attempt
  if ((state === 'placed' || state === 'ended') && callId !== undefined) {
    const at = witness?.at ?? placedAt ?? ''
    return {
      kind: 'placed',
      callId,
      evidence: evidence ?? 'http-201',
      ...(witness !== undefined && { witness }),
      at,
    }
  }
  if (state !== 'failed') return undefined
  if (witness !== undefined) return { kind: 'not-sent', reason: 'not placed', witness, at: witness.at }
  const [, status, code] = /^refused (\d{3})(?: (\S+))?$/.exec(String(attempt['reason'])) ?? []
  return status === undefined
    ? undefined
    : { kind: 'refused', status: Number(status), code: code ?? '', message: '', at: placedAt ?? '' }
}

const endingOf = ({ attempt, state, endedAt }: RecordedAttempt): readonly OutcomeRow[] =>
  state === 'ended' && attempt !== '' && endedAt !== undefined
    ? [{ kind: 'attempt', id: attempt, text: textOf({ at: endedAt }) }]
    : []
