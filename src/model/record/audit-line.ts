import type { Entry } from './lockfile.js'

/** One attempt, as lockfile and attempts folder together know it. */
export interface AuditedAttempt {
  readonly attempt: string
  /** Absent for one that this machine has no file of. */
  readonly number?: number
  readonly state: Entry['state'] | 'not-sent'
  readonly claimedAt?: string
  readonly callId?: string
  readonly placedAt?: string
  readonly endedAt?: string
  readonly evidence?: string
  readonly reason?: string
  readonly by?: string
  /** Set where its outcome is not there yet, as another runner, which is alive, has it in flight. */
  readonly isInFlight?: true
  readonly isRedial: boolean
  readonly isForgotten: boolean
}

export interface AuditLine {
  readonly address: string
  readonly attempts: readonly AuditedAttempt[]
  /** Rang a second time, and nobody gave leave. */
  readonly isDouble: boolean
  readonly isUncertain: boolean
}
