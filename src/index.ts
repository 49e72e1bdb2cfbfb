// The library behind the command: the use cases, and the stages in the order of the pipeline.

export { type Compilation, compile } from './compile/compile.js'
export { type Checked, type Diagnostic, hasErrors } from './model/diagnostics/diagnostic.js'
export { type DiagnosticCode, diagnosticCodes } from './model/diagnostics/diagnostic-codes.js'
export type { Severity } from './model/diagnostics/severity.js'
export type { Environment } from './model/environment.js'
export { exitCodeOf } from './model/error-codes.js'
export {
  LimitError,
  RecordError,
  RefusedError,
  SignInError,
  StalePlanError,
  UsageError,
} from './model/errors.js'
export { type ExitCode, exitCodes } from './model/exit-code.js'
export type { JsonObject, JsonValue } from './model/json.js'
export type { Range, Source } from './model/language/source.js'
export type { Sources } from './model/language/sources.js'
export type { TestReport } from './model/language/test-report.js'
export type { Assignment, Values, Workspace } from './model/language/workspace.js'
export type { RingReport } from './model/operation.js'
export type { Payload, PayloadHead, Touches } from './model/payload.js'
export type { Change, Plan } from './model/plan.js'
export type { PlanReport } from './model/plan-report.js'
export type { AuditLine } from './model/record/audit-line.js'
export type { Entry, Lockfile } from './model/record/lockfile.js'
export type { StatusLine } from './model/record/status-line.js'
export type { Review } from './model/review.js'
export type { CallResult, RunResult } from './model/run.js'
export { openWorkspace } from './open-workspace.js'
export type {
  ApplyRequest,
  CallsInSight,
  CheckedCalls,
  HangUpRequest,
  OpenedWorkspace,
  OperateRequest,
  ReadyPayloads,
  ReadyPlan,
  RunRequest,
  StatusRequest,
  ValidCalls,
  WorkspaceSettings,
} from './opened-workspace.js'
export { createPlan, type PlanInput } from './plan/create-plan.js'
export { type Totals, totalsOf } from './plan/totals.js'
export { readWorkspace } from './read/read-workspace.js'
export { describeDiagnostics } from './report/diagnostics/diagnostics-json.js'
export { formatDiagnostics } from './report/diagnostics/diagnostics-text.js'
export { formatReviewHtml } from './report/html/review-html.js'
export { formatPlan } from './report/plan/plan-text.js'
export { formatReviewMarkdown } from './report/review/review-markdown.js'
export { type Simulator, type SimulatorOptions, startSimulator } from './simulator/simulator.js'
export type { ApplyEvent } from './work/apply/apply-event.js'
export type { AppliedCalls } from './work/apply-calls.js'
export type { AuditedCalls } from './work/audit-calls.js'
export type { CompileOptions } from './work/compile-calls.js'
export type { ExamineOptions } from './work/doctor/doctor-world.js'
export type { Examined } from './work/examine.js'
export type { HangUpOptions } from './work/hang-up-calls.js'
export type { OperateOptions, OperationReport } from './work/operate/operation-run.js'
export type { ApplyOptions } from './work/options/apply-options.js'
export type { GraphOptions, PlanOptions, SelectionOptions, WorkspaceOptions } from './work/options/options.js'
export type { ReviewedRevisions, ReviewOptions } from './work/review/review-revisions.js'
export type { BrokenSettings, LookedAtCalls } from './work/status/look.js'
export type { StatusOptions } from './work/status/status-options.js'
export type { TestedCalls, TestOptions } from './work/test-calls.js'
