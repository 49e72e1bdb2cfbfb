import type { Answer } from '../model/call.js'
import type { RingOutcome } from '../model/operation.js'
import type { Outcome } from '../model/record/attempt.js'
import type { Repeat } from '../send/send.js'
import type { Failure, Verdict } from './classify-answer.js'

/** A connection that has carried no request yet. */
export interface Open {
  /** True while the peer has not closed it. */
  isOpen(): boolean
  close(): void
}

/** What every claim has. */
export interface Numbered {
  readonly address: string
  readonly number: number
}

/** A request that rings people, and so is claimed before it is sent: a new call, an invitation, a transfer. */
export interface ClaimedRequest<
  Claim extends Numbered,
  Connection extends Open,
  Each extends Outcome | RingOutcome,
> {
  readonly address: string
  /** When another attempt may follow; after a refused token one always may. */
  readonly repeat: Exclude<Repeat, 'always'>
  /** Number of the first attempt. Asked once, when there is a connection. */
  firstNumber(): number
  /** DNS, TCP and TLS on a fresh socket. Throws NotSentError. */
  connect(): Promise<Connection>
  /** A new one for each attempt. */
  createClaim(number: number): Claim
  /** Durably, and exclusively: false when somebody else has the name. Throws RecordError. */
  publish(claim: Claim): boolean | Promise<boolean>
  /** Is told once the claim is ours. */
  claimed(claim: Claim): void
  /** Whether nobody has settled or moved the claim meanwhile. */
  isOpen(claim: Claim): boolean
  /** `look` throws where nothing may be sent any more. Throws NotSentError or LostAnswerError. */
  send(connection: Connection, claim: Claim, look: () => void): Promise<Answer>
  judge(claim: Claim, answer: Answer, at: string): Verdict<Each | Failure>
  /** Writes the outcome durably. Throws RecordError. */
  settle(claim: Claim, outcome: Each | Failure): void | Promise<void>
}
