import type { Action } from './action.js'
import type { GraphTarget } from './call.js'
import type { EnvironmentMark, PayloadHead, PlannedPayload, Reference, Touches } from './payload.js'
import type { Entry, EntryState } from './record/lockfile.js'

/**
 * What is intended, address by address. A pure value: showing, saving and applying use the same one. A plan that is
 * only shown has the heads of its payloads.
 */
export interface Plan<Held extends PayloadHead = PlannedPayload> {
  readonly changes: readonly Change<Held>[]
  /** Of definitions with `oncePer`; nothing is done about them. */
  readonly occasions?: readonly EarlierOccasions[]
}

/** Calls of a definition that were placed for other values of its `oncePer`. */
export interface EarlierOccasions {
  /** The definition's name; `*` stands for what differs from call to call. */
  readonly name: string
  readonly count: number
  /** How many are recorded as placed, and not as ended. */
  readonly live: number
}

/** Why a change is blocked, for programs: stable. */
export type PlanCode =
  | 'plan/renamed' /* the same payload was placed under an address that is no longer defined, or means another call */
  | 'plan/two-spellings' /* older versions recorded one address in two spellings, each with attempts of its own */
  | 'plan/moved-from' /* `movedFrom` names an address that is still defined, or that two calls claim */
  | 'plan/people-limit' /* more people and numbers than `limits.people` */
  | 'plan/concurrent-calls' /* more live calls than `limits.concurrentCalls` */
  | 'plan/calls-per-month' /* more calls in this month than `limits.callsPerMonth` */
  | 'plan/missing-permission' /* the token lacks an application permission; other calls are placed all the same */
  | 'plan/needs-blocked' /* it needs the id of a call that lacks a permission */
  | 'plan/placed-before' /* the last attempt failed, but an earlier one rang */
  | 'plan/unknown-address' /* to be hung up, and not in the lockfile */
  | 'plan/unknown-call-id' /* to be hung up, and its call id is not recorded */

export interface Change<Held extends PayloadHead = PlannedPayload> {
  readonly address: string
  readonly action: Action
  /** Set when the action is `blocked`. */
  readonly code?: PlanCode
  /** One line for a person: why this action. */
  readonly reason: string
  /** The same in two parts, where it may hold for very many: what is true of all, and what is this one's own. */
  readonly alike?: { readonly all: string; readonly own: string }
  /** Absent for an address that is no longer defined. */
  readonly payload?: Held
  /** Absent for an address that was never attempted. */
  readonly entry?: Entry
  /** The address that has the entry so far: applying takes it over without a call. */
  readonly movedFrom?: string
  /** Most likely its old name, where a review cannot tell. */
  readonly likelyFrom?: string
  /** Minted by a saved plan for the first attempt, and never used for another one. */
  readonly attemptId?: string
  /** Its attempt is of another runner, which is alive: it is `uncertain` until that has an outcome. */
  readonly isInFlight?: true
  /** `--redial` named it: leave to place it, whatever workspaces that are there no more had of this address. */
  readonly hasLeave?: true
}

/** How much of what one app may place a plan uses up, counted from the lockfile. */
export interface Usage {
  readonly kind: 'concurrent-calls' | 'calls-per-month'
  /** Calls of now, or of this month so far; those whose outcome is unknown count. */
  readonly before: number
  /** The same with those that the plan places. */
  readonly after: number
  readonly allowed: number
  /** Whether that is Graph's own quota, and no limit of callctl.yaml. */
  readonly isQuota: boolean
  /** In UTC, such as `2026-11`. */
  readonly month?: string
}

/** What a live call was seen to be. `state` is Graph's, lower-cased first letter; `gone` when Graph no longer knows it. */
export interface Observation {
  readonly address: string
  readonly callId: string
  readonly state: string
  readonly at: string
  /** Why it could not be seen, in words. */
  readonly problem?: string
  /** The answer behind the problem, where there was one. */
  readonly answer?: { readonly status: number; readonly code?: string; readonly requestId?: string }
  /** Why the call ended, where Graph says so. */
  readonly end?: CallEnd
}

/** Graph's `resultInfo`. */
export interface CallEnd {
  readonly code: number
  readonly subcode: number
  readonly message?: string
}

/** A plan with all that applying it needs. What its texts say is in no other words here, but for checking. */
export interface SavedPlan {
  /** ISO 8601, UTC. */
  readonly createdAt: string
  /** The version that saved it. */
  readonly callctl: string
  /** `simulator`, or the root of a cloud's Graph. */
  readonly destination: string
  /** The tenant to sign in to. */
  readonly tenantId?: string
  /** `--env`; absent without one. */
  readonly environment?: string
  /** Of the record that it was made from; a new one where there was none. */
  readonly lineage: string
  /** Where there was no record, so that no lineage tells: the workspace that it was made in. */
  readonly workspace?: SavedWorkspace
  readonly changes: readonly SavedChange[]
}

/** In git, what tells a repository's clones from other repositories; elsewhere, a folder of this machine. */
export type SavedWorkspace =
  | {
      /** From the top of the work tree, with `/`; empty for that itself. */
      readonly path: string
      /** One that the repository has. */
      readonly commit: string
    }
  | {
      /** SHA-256 (hex) of the folder's path. */
      readonly folder: string
    }

export interface SavedChange {
  readonly address: string
  readonly action: SavedAction
  /** The entry as it was, under `movedFrom` if that is set; null when there was none. */
  readonly entry: { readonly state: EntryState; readonly attempt: string } | null
  /** The address that the entry is to be taken over from. */
  readonly movedFrom?: string
  /** Of the first attempt, and of no other. */
  readonly attemptId?: string
  readonly hasLeave?: true
  readonly payload?: SavedPayload
}

/** Only what is done; `none` and `changed` take over an entry under a new name. */
export type SavedAction = 'place' | 'redial' | 'hang-up' | 'none' | 'changed'

export interface SavedPayload {
  readonly target: GraphTarget
  readonly digest: string
  /** For people who read the file: whoever applies it holds this against the text. */
  readonly touches: Touches
  /** For people who apply it: no text tells where its values come from. */
  readonly environment?: readonly EnvironmentMark[]
  /** A name that the call had, by its definition: history is asked for it too. */
  readonly movedFrom?: string
  /** Whose ids stand behind its placeholders. */
  readonly references?: readonly Reference[]
  /** Sent byte for byte, once its placeholders are filled: those of secrets and of references. */
  readonly text: string
}
