import type { RingOutcome } from '../model/operation.js'
import type { Outcome } from '../model/record/attempt.js'

/** Counts unknown outcomes in a row, over the whole run, in the order in which they come in. */
export interface CircuitBreaker {
  /** True when this outcome is one too many. */
  note(outcome: Pick<Outcome | RingOutcome, 'kind'>): boolean
}

export function createCircuitBreaker(limit: number): CircuitBreaker {
  let inARow = 0
  return {
    note(outcome) {
      if (outcome.kind === 'uncertain') inARow += 1
      // What was not sent tells nothing about Graph, so it does not end the row either.
      else if (outcome.kind !== 'not-sent') inARow = 0
      return inARow >= limit
    },
  }
}
