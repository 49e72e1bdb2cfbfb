/** One try to place a call: its claim, which is published exclusively before the request, and its outcome. */

export interface Claim {
  readonly address: string
  /** 1 for the address's first attempt in this attempts folder; the claim's name is `ADDRESS@number`. */
  readonly number: number
  /** UUID, new for each request sent. */
  readonly attemptId: string
  /** SHA-256 (hex) of the payload's RFC 8785 form. */
  readonly digest: string
  /** With ids in small letters, where that differs. */
  readonly foldedDigest?: string
  readonly endpoint: string
  readonly cloud: string
  readonly tenantId?: string
  /** ISO 8601, UTC. */
  readonly claimedAt: string
  /** Login name of who ran callctl. */
  readonly operator?: string
  /** Placed again with leave, though an earlier attempt of this address rang. */
  readonly redial?: true
}

export type Outcome =
  | {
      readonly kind: 'placed'
      readonly callId: string
      readonly callChainId?: string
      readonly requestId?: string
      readonly evidence: Evidence
      readonly witness?: Witness
      /** Another id that the answer named. */
      readonly named?: readonly string[]
      readonly at: string
    }
  | {
      /** Graph said no, and nothing rang. */
      readonly kind: 'refused'
      readonly status: number
      readonly code: string
      readonly message: string
      readonly requestId?: string
      readonly at: string
    }
  | {
      /** No byte of the request left; or, with a witness, nothing rang. */
      readonly kind: 'not-sent'
      readonly reason: string
      readonly witness?: Witness
      readonly at: string
    }
  | {
      readonly kind: 'uncertain'
      readonly reason: string
      readonly status?: number
      readonly requestId?: string
      /** The start of an answer that could not be read. */
      readonly raw?: string
      /** Ids of what may be the call, from the answer; never cut. */
      readonly named?: readonly string[]
      /** The address that had the call already which this answer names. */
      readonly sharedWith?: string
      readonly at: string
    }

export type Evidence = 'http-201' | 'webhook' | 'person'

/** The person who settled what callctl could not know, and why; at most 200 characters of text. */
export interface Witness {
  /** Login name. */
  readonly by?: string
  /** ISO 8601, UTC. */
  readonly at: string
  readonly reason?: string
}

/** A claim as found on disk. Without an outcome, or damaged, its result is unknown. */
export interface Attempt extends Claim {
  readonly outcome?: Outcome
  /** Why the record cannot be read in full; such an attempt is uncertain. */
  readonly damage?: string
}

/** Durable storage of attempts. `record/` implements it; tests use fakes. */
export interface Attempts {
  /**
   * Publishes the claim under its exclusive name and makes it durable before it returns, or its promise is fulfilled.
   * False when somebody else holds that name: then nothing may be sent.
   * Throws RecordError when the claim cannot be made durable: then nothing may be sent either.
   */
  claim(claim: Claim): boolean | Promise<boolean>
  /** Whether this process's claim is as it was made: others may have settled or moved it while the process stood still. */
  isOpen?(claim: Claim): boolean
  /** Writes the outcome into the claim's slot, durably. Throws RecordError; the outcome was then kept elsewhere, or printed. */
  settle(claim: Claim, outcome: Outcome): void | Promise<void>
}
