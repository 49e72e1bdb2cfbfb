import type { RingOutcome } from '../../model/operation.js'
import type { Outcome } from '../../model/record/attempt.js'

type AnyOutcome = Outcome | RingOutcome

const ranks: Readonly<Record<AnyOutcome['kind'], number>> = {
  uncertain: 1,
  'not-sent': 2,
  refused: 2,
  accepted: 3,
  placed: 3,
}

/** A yes with the id that Graph gave it tells more than one by a person's word. */
const rankOf = (outcome: AnyOutcome | undefined): number =>
  outcome === undefined ? 0 : ranks[outcome.kind] + (outcome.kind === 'accepted' && idIn(outcome) ? 1 : 0)

/** Whether `next` tells more than `standing`: a ring outranks a refusal, which outranks not knowing. */
export const isFurther = (next: AnyOutcome, standing: AnyOutcome | undefined): boolean =>
  rankOf(next) > rankOf(standing)

export const isSettled = (outcome: AnyOutcome | undefined): boolean => rankOf(outcome) > 1

/** Whether no other outcome is further: Graph has named the call, or the operation. */
export const isFinal = (outcome: AnyOutcome | undefined): boolean =>
  outcome !== undefined && idIn(outcome) !== undefined

/** Two different calls, or operations, under one claim: an incident that a person must see. */
export const haveTwoCalls = (outcomes: readonly (AnyOutcome | undefined)[]): boolean =>
  new Set(outcomes.flatMap((outcome) => idIn(outcome) ?? [])).size > 1

function idIn(outcome: AnyOutcome | undefined): string | undefined {
  if (outcome?.kind === 'placed') return outcome.callId
  return outcome?.kind === 'accepted' ? outcome.graphOperation : undefined
}
