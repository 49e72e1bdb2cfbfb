import type { Outcome } from '../../model/record/attempt.js'

const ranks: Readonly<Record<Outcome['kind'], number>> = {
  uncertain: 1,
  'not-sent': 2,
  refused: 2,
  placed: 3,
}

const rankOf = (outcome: Outcome | undefined): number => (outcome === undefined ? 0 : ranks[outcome.kind])

/** Whether `next` tells more than `standing`: a ring outranks a refusal, which outranks not knowing. */
export const isFurther = (next: Outcome, standing: Outcome | undefined): boolean =>
  rankOf(next) > rankOf(standing)

export const isSettled = (outcome: Outcome | undefined): boolean => rankOf(outcome) > 1

/** Two different calls under one attempt: an incident that a person must see. */
export const haveTwoCalls = (outcomes: readonly (Outcome | undefined)[]): boolean =>
  new Set(outcomes.flatMap((outcome) => (outcome?.kind === 'placed' ? [outcome.callId] : []))).size > 1
