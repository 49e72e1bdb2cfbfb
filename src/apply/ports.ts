import type { Calls } from '../model/call.js'
import type { Attempts } from '../model/record/attempt.js'
import type { RunEvent } from '../model/run.js'
import { type SendBounds, sendBounds } from '../send/backoff.js'

/** The world, as far as any run needs it that rings people. */
export interface RunPorts {
  readonly calls: Pick<Calls, 'signIn' | 'forgetToken'>
  /** The address that was answered with this id already, as the record knows it. */
  readonly holderOf?: (id: string) => string | undefined
  /** Milliseconds since 1970. */
  now(): number
  /** Milliseconds by a clock that nobody sets, and that counts sleep. */
  elapsed?(): number
  uuid(): string
  /** At least 0 and less than 1. */
  random(): number
  /** Absent where nobody else places calls of this app. */
  readonly throttles?: Throttles
  /** Resolves after so many milliseconds, or at once when `signal` aborts. */
  wait(milliseconds: number, signal?: AbortSignal): Promise<void>
  report(event: RunEvent): void
  readonly interrupted: AbortSignal
  readonly operator?: string
  readonly settings: ApplySettings
}

/** The world, as far as a run of apply needs it. */
export interface ApplyPorts extends RunPorts {
  readonly calls: Calls
  readonly attempts: Attempts
  /** Whether another runner of the plan has this call, as far as was looked: then no connection is made for it. */
  isTaken?(attemptId: string): Promise<boolean>
  /**
   * Number for the address's next attempt: one more than any in the record that the plan was made from. It
   * must not look at the disk anew: another run's attempt has to collide, not to be stepped over.
   */
  readonly nextNumber: (address: string) => number
  /**
   * Records durably that a call is over, before its address is placed again. Throws RecordError: then nothing may
   * be placed.
   */
  recordEnded(address: string, ended: { readonly callId: string; readonly at: string }): void
}

/** What runners tell one another of Graph's throttle. */
export interface Throttles {
  /** Never throws: where nobody hears it, each finds out for itself. */
  tell(milliseconds: number): void
  /** One listener at a time, until it is taken back. */
  hear(listener: (milliseconds: number) => void): () => void
}

export interface ApplySettings extends Partial<Bounds> {
  /** Calls in flight, 1 to 64. */
  readonly concurrency: number
  /** Milliseconds after which nothing new is begun; what is in flight still ends. */
  readonly deadline?: number
}

/** What is tried again, how often and how long. Times are milliseconds. */
export interface Bounds extends SendBounds {
  /** Attempts of one call that Graph may throttle before it counts as refused. */
  readonly throttledAttempts: number
  /** Unknown outcomes in a row that stop the run. */
  readonly uncertainInARow: number
  /** A connection that waited longer for its turn might be closed under the request: a new one takes its place. */
  readonly freshTime: number
  /** From claim to first byte: whoever needed longer stood still, and begins anew. */
  readonly claimTime: number
}

export const defaultBounds: Bounds = {
  ...sendBounds,
  throttledAttempts: 5,
  uncertainInARow: 3,
  freshTime: 2_000,
  claimTime: 10_000,
}
