// What callctl remembers of calls: attempts, outcomes, and the lockfile that follows from them.

import type { Evidence, Witness } from './attempt.js'

/** `calls.lock.json`: what was placed. A projection of the attempts, joined with what git brought. */
export interface Lockfile {
  readonly lockfileVersion: 1
  /** UUID that tells one workspace's record from another's. */
  readonly lineage: string
  /** Set where several runners share the record: then the lockfile and one machine's disk do not know all of it. */
  readonly record?: { readonly kind: 'postgres' }
  readonly calls: Readonly<Record<string, Entry>>
  /** Attempts that `forget` took out of their address, by that address: callctl knows them no longer. */
  readonly forgotten?: Readonly<Record<string, readonly ForgottenAttempt[]>>
}

/** The entry of this very address. Names such as `constructor` are addresses, too. */
export const entryAt = ({ calls }: Pick<Lockfile, 'calls'>, address: string): Entry | undefined =>
  Object.hasOwn(calls, address) ? calls[address] : undefined

export type EntryState = 'placed' | 'uncertain' | 'ended' | 'failed'

export interface Entry {
  readonly state: EntryState
  readonly callId?: string
  readonly digest: string
  /** With ids in small letters, where that differs. */
  readonly foldedDigest?: string
  /** The attempt's id (UUID), which Graph saw as client-request-id and Scenario-Id. */
  readonly attempt: string
  /** The collection's route, such as `/v1.0/communications/calls`. */
  readonly endpoint: string
  /** Only for clouds other than `global`. */
  readonly cloud?: string
  readonly tenantId?: string
  readonly placedAt?: string
  readonly endedAt?: string
  readonly requestId?: string
  readonly callChainId?: string
  readonly evidence?: Evidence
  /** Set when the evidence is a person's. */
  readonly witness?: Witness
  /** Placed again with leave. */
  readonly redial?: true
  /** Why the call failed or is uncertain. */
  readonly reason?: string
  /** Earlier attempts, oldest first. */
  readonly attempts?: readonly EarlierAttempt[]
  /** Properties of newer versions survive a rewrite. */
  readonly [unknown: string]: unknown
}

export interface EarlierAttempt {
  readonly attempt: string
  readonly state: EntryState
  readonly callId?: string
  readonly digest?: string
  readonly foldedDigest?: string
  readonly placedAt?: string
  readonly endedAt?: string
  readonly evidence?: Evidence
  readonly witness?: Witness
  readonly redial?: true
  readonly [unknown: string]: unknown
}

export interface ForgottenAttempt extends EarlierAttempt {
  readonly forgottenAt?: string
  /** Login name. */
  readonly forgottenBy?: string
}
