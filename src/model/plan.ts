import type { Entry } from './lockfile.js'
import type { Payload } from './payload.js'

/** What is intended, address by address. A pure value: showing, saving and applying use the same one. */
export interface Plan {
  readonly changes: readonly Change[]
}

export type Action = 'place' | 'none' | 'changed' | 'redial' | 'uncertain' | 'retired' | 'blocked' | 'hang-up'

/** Why a change is blocked, for programs: stable. */
export type PlanCode =
  | 'plan/renamed' /* an address no longer defined was placed with the same payload */
  | 'plan/people-limit' /* more people and numbers than `limits.people` */
  | 'plan/placed-before' /* the last attempt failed, but an earlier one rang */
  | 'plan/unknown-address' /* to be hung up, and not in the lockfile */
  | 'plan/unknown-call-id' /* to be hung up, and its call id is not recorded */

export interface Change {
  readonly address: string
  readonly action: Action
  /** Set when the action is `blocked`. */
  readonly code?: PlanCode
  /** One line for a person: why this action. */
  readonly reason: string
  /** Absent for an address that is no longer defined. */
  readonly payload?: Payload
  /** Absent for an address that was never attempted. */
  readonly entry?: Entry
}

/** What a live call was seen to be. `state` is Graph's, lower-cased first letter; `gone` when Graph no longer knows it. */
export interface Observation {
  readonly address: string
  readonly callId: string
  readonly state: string
  readonly at: string
  readonly problem?: string
}
