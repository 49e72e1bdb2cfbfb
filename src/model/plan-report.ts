import type { Action } from './action.js'
import type { RoleComparison } from './app-role.js'
import type { PayloadHead, PlannedPayload } from './payload.js'
import type { Plan, Usage } from './plan.js'

/** What a plan adds up to, as `plan/` counts it. */
export interface PlanTotals {
  readonly calls: number
  readonly people: number
  readonly numbers: number
  readonly permissions: readonly string[]
  readonly actions: Readonly<Record<Action, number>>
}

/** A plan with all that is shown of it. */
export interface PlanReport<Held extends PayloadHead = PlannedPayload> {
  readonly plan: Plan<Held>
  readonly totals: PlanTotals
  /** Where the calls would go, such as `https://graph.microsoft.com` or `the simulator`. */
  readonly destination: string
  /** Whether names and numbers may be shown in full. */
  readonly showsPeople: boolean
  /** How many people and numbers may be rung, where that is limited. */
  readonly peopleLimit?: number
  /** How much of the limits on calls, or of Graph's quota, is used up. */
  readonly usage?: readonly Usage[]
  /** Set once a token is there to compare with. */
  readonly roles?: RoleComparison
  /** Set for a plan of `hangup`, which places nothing. */
  readonly isHangUp?: boolean
  /** Whether it is to be saved, or was. */
  readonly isSaved?: boolean
  /** Where the texts of a saved plan go, and where they lead. */
  readonly sends?: Sends
}

/** Where the texts of a saved plan go: each destination once, sorted. */
export interface Sends {
  readonly endpoints: readonly string[]
  readonly tenants: readonly string[]
  readonly callbackHosts: readonly string[]
  /** Secrets that are filled in just before sending, and where; absent where there are none. */
  readonly secrets?: readonly SecretUse[]
  /** Calls whose ids are filled in, sorted; absent where there are none. */
  readonly references?: readonly string[]
}

export interface SecretUse {
  readonly name: string
  /** JSON Pointers into payloads, sorted. */
  readonly pointers: readonly string[]
}
