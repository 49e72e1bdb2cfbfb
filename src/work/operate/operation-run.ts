// Operations on a live call: what is asked for, whether it rings, and what came of it.

import type { OperatePorts } from '../../apply/operate.js'
import type { OperationBody } from '../../compile/payload/check-body.js'
import type { Diagnostic } from '../../model/diagnostics/diagnostic.js'
import type { ExitCode } from '../../model/exit-code.js'
import type { JsonObject } from '../../model/json.js'
import type { Sources } from '../../model/language/sources.js'
import type {
  CallFacts,
  OperationKind,
  OperationName,
  RecordedRing,
  RingClaim,
  RingOutcome,
  RingReport,
  SeenOperation,
  SeenParticipant,
  SeenRoutingGroup,
} from '../../model/operation.js'
import type { Ticket } from '../../model/run.js'
import type { WatchedWorld } from '../../model/world.js'
import type { Refusal } from '../../plan/refuse-operation.js'
import type { GraphAccess } from '../apply/graph-access.js'
import type { Interruptible } from '../apply/interruptible.js'
import type { GraphOptions, WorkspaceOptions } from '../options/options.js'
import type { SettledWorkspace } from '../workspace/compile-workspace.js'
import type { PlacedCall } from './placed-call.js'

export interface OperateOptions extends Omit<WorkspaceOptions, 'paths'>, GraphOptions {
  readonly operation: OperationName
  /** Whose live call. */
  readonly address: string
  /** Of a participant or operation, where the operation is about one. */
  readonly id?: string | undefined
  /** What is sent; checked against the operation's schema. */
  readonly body?: JsonObject | undefined
  /** A file that has the body, from the world's `cwd`, instead of `body`. */
  readonly bodyFile?: string | undefined
  /** The user's own word for what is to be done once: the same word rings nobody a second time. */
  readonly once?: string | undefined
}

export interface OperateHandlers {
  /** Complaints about settings and body, warnings too. */
  readonly tellProblems: (diagnostics: readonly Diagnostic[], sources: Sources) => void
  /** Whom it would ring, before it is said whether it may. */
  readonly tellRings: (report: RingReport) => void
  /** Whether those may be rung. Is asked before anything is claimed. */
  readonly confirm: (report: RingReport) => Promise<boolean>
  /** Is told once there is a claim: from then on somebody may be rung. `words` lead to the same record. */
  readonly claimed?: (claim: RingClaim, words: readonly string[]) => void
  readonly interruptible: Interruptible
}

/** What came of an operation; `code` is the exit code of a command. */
export type OperationReport = { readonly code: ExitCode } & (
  | { readonly kind: 'broken'; readonly diagnostics: readonly Diagnostic[]; readonly sources: Sources }
  | ({ readonly kind: 'refused' } & Ending)
  | { readonly kind: 'declined' }
  | { readonly kind: 'call'; readonly address: string; readonly callId: string; readonly call: JsonObject }
  | {
      readonly kind: 'participants'
      readonly address: string
      readonly participants: readonly SeenParticipant[]
    }
  | {
      readonly kind: 'routing-groups'
      readonly address: string
      readonly groups: readonly SeenRoutingGroup[]
    }
  | {
      readonly kind: 'operation'
      readonly address: string
      readonly operation: OperationName
      /** HTTP status of the answer. */
      readonly status: number
      readonly seen: SeenOperation
    }
  | {
      readonly kind: 'rung'
      readonly claim: RingClaim
      readonly outcome: RingOutcome
      /** Why the outcome is not recorded. */
      readonly problem?: string
      readonly ticket?: Ticket
      /** Options that lead a command to the same record. */
      readonly words: readonly string[]
    }
  /** The same was accepted before; nothing was sent. */
  | { readonly kind: 'rung-already'; readonly ring: RecordedRing }
  /** Nobody knows whom an earlier one rang; nothing was sent. */
  | { readonly kind: 'rung-perhaps'; readonly address: string; readonly words: readonly string[] }
)

/** Why nothing was done; `about` is what Graph answered to a request, where there was one. */
export interface Ending extends Refusal {
  readonly about?: { readonly address: string; readonly ticket: Ticket }
}

export const refusal = (code: ExitCode, ending: Ending): OperationReport => ({
  kind: 'refused',
  code,
  ...ending,
})

/** One operation on one live call, checked as far as that goes without Graph. */
export interface OperationRun {
  readonly options: OperateOptions
  readonly world: WatchedWorld
  readonly handlers: OperateHandlers
  readonly compiled: SettledWorkspace
  readonly graph: GraphAccess
  readonly kind: OperationKind
  readonly call: PlacedCall
  /** With the name that it takes besides the address filled in. */
  readonly path: string
  readonly body: OperationBody | undefined
  readonly facts: CallFacts
  readonly ports: Omit<OperatePorts, 'interrupted'>
}
