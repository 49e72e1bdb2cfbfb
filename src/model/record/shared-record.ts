import type { RecordedRing, RingClaim, RingOutcome } from '../operation.js'
import type { Attempt, Claim, Outcome } from './attempt.js'

/** A call that is over. */
export interface SharedEnding {
  readonly address: string
  readonly attemptId: string
  /** ISO 8601, UTC. */
  readonly at: string
}

/** What the shared record knew of a workspace when it was read. */
export interface SharedRows {
  readonly attempts: readonly Attempt[]
  readonly rings: readonly RecordedRing[]
  readonly endings: readonly SharedEnding[]
  /** Ids of claims without outcome whose run is alive, and is not this one. */
  readonly inFlight: ReadonlySet<string>
}

/** One apply, or another command that claims, of any machine. */
export interface SharedRun {
  readonly id: string
  readonly command: string
  /** Login name. */
  readonly operator?: string
  /** ISO 8601, UTC: when it began, by the database's clock. */
  readonly at: string
  readonly isAlive: boolean
  readonly claims: number
  /** Claims that have no outcome yet. */
  readonly open: number
}

/** Claims of one kind in the shared record. */
export interface SharedClaims<Each, End> {
  /** Durable, and ours alone, when it is true. Throws RecordError: then nothing may be sent either. */
  claim(claim: Each): Promise<boolean>
  /** Durable; the same one again changes nothing. Throws RecordError where another one stands. */
  settle(claim: Each, outcome: End): Promise<void>
}

/** The variable of the environment that says where it is. */
export const recordVariable = 'CALLCTL_RECORD'

/** The record that several runners share, beside the local one. */
export interface SharedRecord {
  /** Of the workspace; of one that has no lockfile yet, as the database has it registered. */
  readonly lineage: string
  /** As last read. */
  rows(): SharedRows
  /** Reads anew. Throws RecordError. */
  reread(): Promise<void>
  /** From here on others see that this command is at work. */
  begin(command: string): void
  /** Which of these attempts are claimed. Throws RecordError. */
  taken(attemptIds: readonly string[]): Promise<ReadonlySet<string>>
  /** The newest runs, the newest first. Throws RecordError. */
  runs(): Promise<readonly SharedRun[]>
  /** Hands over what this machine alone knows; returns how much that was. Throws RecordError. */
  bring(what: Brought): Promise<number>
  readonly attempts: SharedClaims<Claim, Outcome>
  readonly rings: SharedClaims<RingClaim, RingOutcome>
  readonly throttles: SharedThrottles
  /** Whether no other ring of its live call is open. */
  isAlone(claim: RingClaim): Promise<boolean>
  /** A person's word on a ring whose outcome is unknown. Throws RecordError. */
  rule(claim: RingClaim, outcome: RingOutcome): Promise<void>
  /** Ends the connection; another one is made when it is needed. */
  close(): Promise<void>
}

/** What the workspace's runners tell one another of Graph's throttle, while their connections stand. */
export interface SharedThrottles {
  /** Never throws: where it is not told, each runner finds out for itself. */
  tell(milliseconds: number): void
  /** Of other runners; one listener at a time, until it is taken back. */
  hear(listener: (milliseconds: number) => void): () => void
}

export interface Brought {
  /** Claims that are not there; without this, they mean that the database was set back, and are refused. */
  readonly claims?: boolean
  /** What a person said of an unknown outcome, which takes rights that a runner need not have. */
  readonly rulings?: boolean
}
