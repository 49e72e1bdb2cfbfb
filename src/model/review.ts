import type { Action } from './action.js'
import type { GraphTarget } from './call.js'
import type { Diagnostic } from './diagnostics/diagnostic.js'
import type { JsonObject, JsonValue } from './json.js'
import type { Callee, CallKind, EnvironmentMark, Touches, VariableLevel } from './payload.js'
import type { PlanCode } from './plan.js'

/** What a change of the workspace's files does to payloads and to people: two revisions compared. A pure value. */
export interface Review {
  readonly base: ReviewedRevision
  readonly head: ReviewedRevision
  /** Whether names and numbers of people are masked in all that follows. */
  readonly isMasked: boolean
  /** Calls that differ, sorted by address. */
  readonly calls: readonly ReviewedCall[]
  /** How many calls are the same in both. */
  readonly unchanged: number
  /** Changes of one property that one place caused, in however many calls; the most calls first. */
  readonly causes: readonly CommonCause[]
  /** Whom applying head would ring, given its lockfile, sorted by address; absent when no plan could be made. */
  readonly rings?: readonly Ring[]
  /** Why there is no plan: the lockfile cannot be read, or the definitions have errors. */
  readonly planProblem?: string
  /** What the plan at head holds back, by reason; empty or absent when nothing. */
  readonly blocks?: readonly PlanBlock[]
  readonly totals: ReviewTotals
  /** Roles of a token that head's calls need and base's did not. */
  readonly newPermissions: readonly string[]
  /** What the change makes the lockfile say: what no command writes first, then what frees or hides a call, then the rest. */
  readonly record: readonly RecordChange[]
  /** Settings and leaves that decide what may ring, and that this change touches. */
  readonly guards: readonly GuardChange[]
  /** Diagnostics of head that base does not have. */
  readonly diagnostics: readonly ReviewedDiagnostic[]
  /** How many diagnostics of head are in base, too. */
  readonly oldDiagnostics: number
  /** What the change does in environments of callctl.yaml, as far as that is more; absent without any. */
  readonly environments?: readonly EnvironmentReview[]
}

/** An environment of base or head in which a change does more than without one, or something else. */
export interface EnvironmentReview {
  readonly name: string
  /** That alone: rings, calls, guards and problems that the usual review has are left out, and not counted. */
  readonly review: Review
}

/** Calls that the plan blocks, or that are uncertain, for one reason. */
export interface PlanBlock {
  readonly action: 'blocked' | 'uncertain'
  readonly code?: PlanCode
  readonly reason: string
  readonly addresses: readonly string[]
}

export interface ReviewedRevision {
  /** As a person would name it: `main`, a short commit, or `working tree`. */
  readonly name: string
  /** Full commit id; absent for the working tree. */
  readonly commit?: string
  readonly calls: number
  /** How many errors its definitions have: calls with errors are missing from the comparison. */
  readonly errors: number
  /** Lists with `untracked: true` that it does not have: calls made of them are missing, too. Absent without any. */
  readonly unseen?: readonly string[]
}

/** Each person and number counted once, as a plan does. */
export interface ReviewTotals {
  readonly added: number
  readonly removed: number
  readonly changed: number
  /** Calls, people and numbers that applying head would ring. */
  readonly calls: number
  readonly people: number
  readonly numbers: number
  /** Of these: those that applying base would not have rung. */
  readonly newCalls: number
  readonly newPeople: number
  readonly newNumbers: number
}

/** One call of the ring list. */
export interface Ring {
  readonly address: string
  readonly action: 'place' | 'redial'
  readonly reason: string
  readonly kind: CallKind
  readonly template?: string
  readonly people: readonly RungCallee[]
  readonly numbers: readonly RungCallee[]
  /** An address that is most likely this call's old name: its people may have been rung. */
  readonly likelyFrom?: string
  /** Applying base would not have rung this address. */
  readonly isNew: boolean
}

export interface RungCallee extends Callee {
  /** Applying base would not have rung this person or number at all. */
  readonly isNew: boolean
}

export interface ReviewedCall {
  readonly address: string
  readonly kind: 'added' | 'removed' | 'changed'
  /** The address that the call had at base, when it was renamed by `movedFrom`. */
  readonly movedFrom?: string
  /** An address that is most likely this call's old name, though no `movedFrom` says so. */
  readonly likelyFrom?: string
  /** Absent for an added call. */
  readonly before?: ReviewedPayload
  /** Absent for a removed call. */
  readonly after?: ReviewedPayload
  /** Property by property, in the order of the payload; empty for added and removed calls, and for mere renames. */
  readonly changes: readonly PropertyChange[]
  /** What the plan at head does with the address; absent without a plan. */
  readonly action?: Action
  readonly code?: PlanCode
  readonly reason?: string
}

export interface ReviewedPayload {
  /** Where its definition's name stands. */
  readonly place: Location
  readonly description?: string
  readonly template?: string
  readonly target: GraphTarget
  readonly call: JsonObject
  /** SHA-256 (hex), of what would be sent, masked or not. */
  readonly digest: string
  readonly touches: Touches
  readonly onChange?: 'redial'
  /** Values in which the environment has a say. */
  readonly environment?: readonly EnvironmentMark[]
  /** Values that tell of a person, as the schema marks them. */
  readonly personal: readonly PersonalValue[]
}

export interface PersonalValue {
  readonly pointer: string
  readonly kind: 'name' | 'number' | 'id'
}

export interface PropertyChange {
  /** JSON Pointer into the payload; `#endpoint` for the route that it is posted to. */
  readonly pointer: string
  readonly kind: 'added' | 'removed' | 'changed'
  readonly before?: JsonValue
  readonly after?: JsonValue
  /** The line that gives the new value, or, where the property is gone, gave the old one. */
  readonly cause?: Cause
}

export interface Cause {
  readonly revision: 'base' | 'head'
  /**
   * The line that the change touched: that of the payload's own layer, or, where that is as it was, the nearest of the
   * lines behind it.
   */
  readonly place: Location
  /** The line's text, without its indentation; absent where it could tell of a person and is masked. */
  readonly text?: string
  /** The variables behind the value, from the place back to the file that spells it out. */
  readonly variables: readonly CauseVariable[]
}

export interface CauseVariable {
  readonly name: string
  readonly level: VariableLevel
  readonly place?: Location
}

/** Lines and columns are counted from 1. */
export interface Location {
  readonly file: string
  readonly line: number
  readonly column: number
}

export interface CommonCause {
  readonly pointer: string
  readonly cause: Cause
  /** Addresses of the calls that it changed. */
  readonly addresses: readonly string[]
}

export interface GuardChange {
  /** What it is: `limits.people`, `lints.lint/group-size`, `graph.cloud`, `onChange`, `movedFrom`, … */
  readonly name: string
  /** The call that it is about; absent for a setting of the workspace. */
  readonly address?: string
  /** As in the file; absent where it was not set. */
  readonly before?: JsonValue
  readonly after?: JsonValue
  /** Whether the change lets more ring, or more pass unseen, than before. */
  readonly isLooser: boolean
}

export type RecordChangeKind =
  /** An attempt that base's lockfile does not have, or that has another state now. */
  | 'placed'
  | 'imported'
  | 'uncertain'
  | 'failed'
  | 'ended'
  | 'forgotten'
  /** An attempt that stands under another address, or says that it did. */
  | 'moved'
  /** An attempt that is gone; one that is no longer forgotten. */
  | 'dropped'
  | 'restored'
  /** Properties, times or the order of attempts that never change. */
  | 'altered'
  | 'redated'
  | 'reordered'
  /** A property that callctl does not know. */
  | 'property'
  | 'lineage'
  | 'unreadable'

/** One change of what the lockfile says, of one attempt or of the whole file. */
export interface RecordChange {
  readonly kind: RecordChangeKind
  /** Absent for the whole file. */
  readonly address?: string
  /** What changed, by property; never text that people wrote. */
  readonly before?: JsonObject
  readonly after?: JsonObject
  /** No apply, resolve, forget, import, hangup, refresh, rebuild or merge writes this: the file was edited. */
  readonly isEdit: boolean
  /** What head's lockfile makes of the call, and base's did not: it rings, or it does not. */
  readonly effect?: 'rings' | 'silent'
  /** More may ring, or pass unseen, than before. */
  readonly isLooser: boolean
  /** In words, without ids and times. */
  readonly message: string
  /** Where head's lockfile says so; where it says nothing any more, the beginning of its calls. */
  readonly place?: Location
}

export interface ReviewedDiagnostic {
  readonly diagnostic: Diagnostic
  /** Absent when it has no place. */
  readonly place?: Location
}
