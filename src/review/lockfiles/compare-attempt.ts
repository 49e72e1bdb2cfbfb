import type { KnownAttempt } from './attempt-index.js'
import type { AttemptPair } from './attempt-pairs.js'
import { compareProperties, findUnknown } from './attempt-properties.js'
import { judgeNew, judgeState } from './attempt-states.js'
import type { Moves } from './compare-moves.js'
import type { Definitions } from './definitions.js'
import type { Judged } from './judged.js'

/** What the judgement of one attempt needs of both revisions. */
export interface Surroundings {
  readonly base: Definitions
  readonly head: Definitions
  readonly moves: Moves
  /** Whether head's lockfile has that call id for another attempt, too. */
  isSharedCall(attempt: KnownAttempt): boolean
}

/** What becomes of one attempt between the two lockfiles: nothing, most often. */
export function compareAttempt(
  { before, after, isTwin }: AttemptPair,
  surroundings: Surroundings,
): readonly Judged[] {
  if (after === undefined) return before === undefined ? [] : [dropped(before, isTwin)]
  if (before === undefined) return isTwin ? [twin(after)] : compareNew(after, surroundings)
  const { address } = after
  const moved = before.address === address ? [] : surroundings.moves.judge(before.address, address)
  if (before.isForgotten === after.isForgotten && isSame(before, after)) return moved
  const state = judgeState(before, after)
  const properties = compareProperties(before, after)
  const isShared = before.attempt.callId !== after.attempt.callId && surroundings.isSharedCall(after)
  return [
    ...moved,
    ...(state === undefined ? [] : [{ address, ...state, ...statesOf(before, after) }]),
    ...properties.map((each) => ({ address, ...each, isEdit: true })),
    ...(isShared ? [sharedCall(after)] : []),
    ...surroundings.moves.compareNotes(before, after),
  ]
}

const isSame = (before: KnownAttempt, after: KnownAttempt): boolean =>
  JSON.stringify({ ...before.attempt, attempts: null }) ===
  JSON.stringify({ ...after.attempt, attempts: null })

const statesOf = (before: KnownAttempt, after: KnownAttempt) => ({
  before: stateOf(before),
  after: stateOf(after),
})

const stateOf = ({ attempt, isForgotten }: KnownAttempt) => ({
  state: attempt.state,
  ...(isForgotten && { isForgotten }),
  ...(attempt.callId !== undefined && { callId: attempt.callId }),
  ...(attempt.placedAt !== undefined && { placedAt: attempt.placedAt }),
  ...(attempt.endedAt !== undefined && { endedAt: attempt.endedAt }),
})

const dropped = (before: KnownAttempt, isTwin: boolean): Judged => ({
  kind: 'dropped',
  address: before.address,
  before: stateOf(before),
  isEdit: true,
  message: isTwin
    ? 'an attempt is gone from here, and stands elsewhere'
    : `an attempt is gone, which was ${before.isForgotten ? 'forgotten' : before.attempt.state}`,
})

const twin = (after: KnownAttempt): Judged => ({
  kind: 'moved',
  address: after.address,
  after: stateOf(after),
  isEdit: true,
  message: 'has an attempt that stands elsewhere, too',
})

const sharedCall = (after: KnownAttempt): Judged => ({
  kind: 'altered',
  address: after.address,
  after: stateOf(after),
  isEdit: true,
  message: 'has the call id of another attempt',
})

function compareNew(after: KnownAttempt, surroundings: Surroundings): readonly Judged[] {
  const { address } = after
  const verdict = judgeNew(after)
  const hidden = findHiding(after, surroundings)
  return [
    {
      address,
      ...verdict,
      ...(hidden !== undefined && { isEdit: true, message: `${verdict.message}, ${hidden}` }),
      after: stateOf(after),
    },
    ...findUnknown(after).map((each) => ({ address, ...each, isEdit: true })),
    ...(surroundings.isSharedCall(after) ? [sharedCall(after)] : []),
    ...surroundings.moves.compareNotes(undefined, after),
  ]
}

/** An apply places what the base branch defines: nobody can have placed a call that this very change defines. */
function findHiding({ address, attempt, isForgotten }: KnownAttempt, { base, head }: Surroundings) {
  if (isForgotten || attempt.state === 'failed' || base.isDefined(address) === true) return undefined
  if (base.isDefined(address) === undefined) return 'though base’s definitions could not all be read'
  return head.isDefined(address) === false
    ? 'though no definition has this address'
    : 'though this change is what defines the call'
}
