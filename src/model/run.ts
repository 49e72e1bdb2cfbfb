import type { Outcome } from './record/attempt.js'

/** What became of one address in a run of apply or hangup. */
export interface CallResult {
  readonly address: string
  readonly kind:
    | 'placed'
    | 'refused'
    | 'not-sent'
    | 'uncertain'
    | 'ended'
    | 'hang-up-failed'
    | 'skipped' /* never begun: interrupted or stopped by the circuit breaker */
    | 'elsewhere' /* another run holds the claim */
    | 'blocked' /* never begun: the token lacks a permission, while other calls were placed */
  /** The last attempt's outcome, when there was an attempt. */
  readonly outcome?: Outcome
  /** Which call was hung up, to end it or before it was placed again, and when (ISO 8601, UTC). */
  readonly ended?: { readonly callId: string; readonly at: string }
  /** One line for a person. */
  readonly message: string
  /** Set where Graph refused the last request, or its outcome is unknown. */
  readonly ticket?: Ticket
}

/** What Graph's support asks for about one request. Without names, numbers or secrets: it is made to be sent on. */
export interface Ticket {
  /** ISO 8601, UTC. */
  readonly time: string
  /** Method and route, such as `POST /v1.0/communications/calls`. */
  readonly request: string
  readonly cloud: string
  readonly tenantId?: string
  readonly status?: number
  readonly code?: string
  /** Graph's own id of the request. */
  readonly requestId?: string
  /** The attempt id, where the request had one. */
  readonly clientRequestId?: string
  readonly scenarioId?: string
}

/** Things that happen while a plan is applied, in order, for progress and for `--json`. */
export type RunEvent =
  | {
      readonly event: 'claimed'
      readonly address: string
      readonly attemptId: string
      readonly number: number
    }
  | { readonly event: 'result'; readonly result: CallResult }
  | {
      readonly event: 'waiting'
      readonly address?: string
      readonly seconds: number
      readonly reason: string
    }
  | { readonly event: 'stopping'; readonly reason: string }

export interface RunResult {
  readonly results: readonly CallResult[]
  /** Why the run stopped beginning calls: interrupted, circuit breaker, or one of the problems below. */
  readonly stopped?: string
  /** Set when signing in failed: nothing was claimed after that. */
  readonly signInProblem?: string
  /** Set when an attempt could not be recorded durably. */
  readonly recordProblem?: string
}
