import type { Calls } from '../model/call.js'
import type { Attempts } from '../model/record/attempt.js'
import type { RunEvent } from '../model/run.js'

/** The world, as far as a run of apply needs it. */
export interface ApplyPorts {
  readonly calls: Calls
  readonly attempts: Attempts
  /**
   * Number for the address's next attempt: one more than any in the record that the plan was made from. It
   * must not look at the disk anew: another run's attempt has to collide, not to be stepped over.
   */
  readonly nextNumber: (address: string) => number
  /** The address that has this call already, as the record of the plan knows it. */
  readonly holderOf?: (callId: string) => string | undefined
  /**
   * Records durably that a call is over, before its address is placed again. Throws RecordError: then nothing may
   * be placed.
   */
  recordEnded(address: string, ended: { readonly callId: string; readonly at: string }): void
  /** Milliseconds since 1970. */
  now(): number
  /** Milliseconds by a clock that nobody sets, and that counts sleep. */
  elapsed?(): number
  uuid(): string
  /** At least 0 and less than 1. */
  random(): number
  /** Resolves after so many milliseconds, or at once when `signal` aborts. */
  wait(milliseconds: number, signal?: AbortSignal): Promise<void>
  report(event: RunEvent): void
  readonly interrupted: AbortSignal
  readonly operator?: string
  readonly settings: ApplySettings
}

export interface ApplySettings extends Partial<Bounds> {
  /** Calls in flight, 1 to 64. */
  readonly concurrency: number
  /** Milliseconds after which nothing new is begun; what is in flight still ends. */
  readonly deadline?: number
}

/** What is tried again, how often and how long. Times are milliseconds. */
export interface Bounds {
  /** Retries in a row of what was provably not sent. */
  readonly notSentRetries: number
  /** From the first of those failures on. */
  readonly notSentTime: number
  /** The longest first pause between retries; it doubles with each. */
  readonly backoffStart: number
  readonly backoffLimit: number
  /** Attempts of one call that Graph may throttle before it counts as refused. */
  readonly throttledAttempts: number
  readonly shortestThrottle: number
  readonly longestThrottle: number
  /** Each sender waits up to so much longer than Graph said, so that not all send at once. */
  readonly throttleJitter: number
  /** Unknown outcomes in a row that stop the run. */
  readonly uncertainInARow: number
  /** Requests to hang up one call. */
  readonly hangUpTries: number
  /** A connection that waited longer for its turn might be closed under the request: a new one takes its place. */
  readonly freshTime: number
  /** From claim to first byte: whoever needed longer stood still, and begins anew. */
  readonly claimTime: number
}

export const defaultBounds: Bounds = {
  notSentRetries: 4,
  notSentTime: 30_000,
  backoffStart: 500,
  backoffLimit: 8_000,
  throttledAttempts: 5,
  shortestThrottle: 1_000,
  longestThrottle: 300_000,
  throttleJitter: 1_000,
  uncertainInARow: 3,
  hangUpTries: 5,
  freshTime: 2_000,
  claimTime: 10_000,
}
