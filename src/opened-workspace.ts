// A workspace as a program of one's own has it: what its use cases are asked for, and what they give back.

import type { Diagnostic } from './model/diagnostics/diagnostic.js'
import type { Environment } from './model/environment.js'
import type { Sources } from './model/language/sources.js'
import type { RingReport } from './model/operation.js'
import type { Payload, PayloadHead } from './model/payload.js'
import type { PlanReport } from './model/plan-report.js'
import type { LiveElsewhere } from './model/record/live-elsewhere.js'
import type { SharedId } from './record/shared-calls.js'
import type { ApplyEvent } from './work/apply/apply-event.js'
import type { AppliedCalls } from './work/apply-calls.js'
import type { AuditedCalls } from './work/audit-calls.js'
import type { CompileOptions } from './work/compile-calls.js'
import type { ExamineOptions } from './work/doctor/doctor-world.js'
import type { Examined } from './work/examine.js'
import type { HangUpOptions } from './work/hang-up-calls.js'
import type { OperateOptions, OperationReport } from './work/operate/operation-run.js'
import type { ApplyOptions } from './work/options/apply-options.js'
import type { GraphOptions, PlanOptions, WorkspaceOptions } from './work/options/options.js'
import type { ReviewedRevisions, ReviewOptions } from './work/review/review-revisions.js'
import type { BrokenSettings, LookedAtCalls } from './work/status/look.js'
import type { StatusOptions } from './work/status/status-options.js'
import type { TestedCalls, TestOptions } from './work/test-calls.js'
import type { HistoryView } from './work/workspace/check-history.js'

export interface WorkspaceSettings {
  /** A folder of the workspace, from that of the process. */
  readonly folder: string
  /** Instead of the process's environment. */
  readonly environment?: Environment
  /** Is told, in a sentence, what should be looked into; absent: nobody is. */
  readonly warn?: (text: string) => void
  /** Is told, in a sentence, what goes on; absent: nobody is. */
  readonly tell?: (text: string) => void
}

/** What was found wrong, and the texts that ranges point into. */
export interface CheckedCalls {
  readonly hasErrors: boolean
  readonly diagnostics: readonly Diagnostic[]
  readonly sources: Sources
}

export interface ValidCalls extends CheckedCalls {
  /** How many calls are valid. */
  readonly count: number
}

export interface ReadyPayloads extends CheckedCalls {
  /** In the order of their files; empty where there are errors. */
  readonly payloads: readonly Payload[]
}

export interface ReadyPlan extends CheckedCalls {
  /** Absent where there are errors. */
  readonly plan?: PlanReport<PayloadHead>
  /** What git's history says of it: why an apply would refuse, and what it would warn of. */
  readonly history?: HistoryView
  /** Ids that two calls of the record have. */
  readonly shared: readonly SharedId[]
}

export interface RunRequest {
  /** Is told what happens, as it happens. */
  readonly report?: (event: ApplyEvent) => void
  /** Aborted: no new call is begun, and those in flight are waited for. */
  readonly signal?: AbortSignal
}

export interface ApplyRequest extends ApplyOptions, RunRequest {
  /** Whether to ring those whom the plan names. It must look: a call cannot be taken back. */
  readonly confirm: (report: PlanReport) => boolean | Promise<boolean>
}

export interface HangUpRequest extends HangUpOptions, RunRequest {}

export interface StatusRequest extends StatusOptions {
  readonly signal?: AbortSignal
}

export interface OperateRequest extends OperateOptions {
  /** Whether to ring those whom an invitation or transfer names. Other operations do not ask. */
  readonly confirm?: (report: RingReport) => boolean | Promise<boolean>
  readonly signal?: AbortSignal
}

export type CallsInSight = LookedAtCalls & { readonly elsewhere: readonly LiveElsewhere[] }

/** A workspace on disk. Users' mistakes come back as diagnostics; what is thrown has an exit code by `exitCodeOf`. */
export interface OpenedWorkspace {
  validate(options?: WorkspaceOptions): Promise<ValidCalls>
  compile(options?: CompileOptions): Promise<ReadyPayloads>
  test(options?: TestOptions): Promise<TestedCalls>
  plan(options?: PlanOptions): Promise<ReadyPlan>
  apply(request: ApplyRequest): Promise<AppliedCalls>
  status(request?: StatusRequest): Promise<CallsInSight | BrokenSettings>
  hangUp(request: HangUpRequest): Promise<AppliedCalls>
  operate(request: OperateRequest): Promise<OperationReport>
  review(options?: ReviewOptions): Promise<ReviewedRevisions>
  audit(options?: GraphOptions): Promise<AuditedCalls>
  examine(options?: ExamineOptions): Promise<Examined>
}
