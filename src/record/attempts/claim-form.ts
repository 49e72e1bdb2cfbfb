import type { RingOutcome } from '../../model/operation.js'
import type { Outcome } from '../../model/record/attempt.js'

/** What is claimed before it is sent has an address and counts. */
export interface Numbered {
  readonly address: string
  readonly number: number
}

export type AnyOutcome = Outcome | RingOutcome

/** A claim as found on disk. Without an outcome, or damaged, its result is unknown. */
export type Recorded<Claim extends Numbered, End extends AnyOutcome> = Claim & {
  readonly outcome?: End
  /** Why the record cannot be read in full. */
  readonly damage?: string
}

/** All that tells attempts and rings apart on the disk: the properties of a claim, and the outcomes that it can have. */
export interface ClaimForm<Claim extends Numbered, End extends AnyOutcome> {
  /** The property that holds the UUID of the request, new for each. */
  readonly idKey: string
  idOf(claim: Claim): string
  /** In a sentence, such as `attempt 2`. */
  nameOf(claim: Claim): string
  /** One line with all that a person needs, should nothing else survive. */
  describe(claim: Claim, outcome: End): string
  /** A recorded one is a claim too: only the claim's own properties. */
  pick(claim: Claim): object
  /** Undefined for what is no claim. One that stands in a rescue file may lack its id. */
  read(value: unknown, mayLackId?: boolean): Claim | undefined
  readOutcome(value: unknown): End | undefined
  /** One whose file cannot be read: only its name is known. */
  unknown(name: Numbered): Claim
  /** Older versions kept an outcome beside its claim, under the claim's name and this. */
  readonly besideSuffix?: string
}

export const quote = (text: string): string => (/^[\w.@:+=~-]+$/.test(text) ? text : JSON.stringify(text))
