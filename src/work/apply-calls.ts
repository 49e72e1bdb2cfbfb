// Use cases: what a command does, without the command line. Each takes what it is asked for as typed options, the world
// and whom to tell, and gives back a report; none writes to a terminal or ends the process. Commands show the reports,
// and the library hands them out.

import type { ApplySettings } from '../apply/ports.js'
import type { Diagnostic } from '../model/diagnostics/diagnostic.js'
import { SignInError } from '../model/errors.js'
import { type ExitCode, exitCodes, worstExitCode } from '../model/exit-code.js'
import type { SavedPlan } from '../model/plan.js'
import type { PlanReport } from '../model/plan-report.js'
import type { RunResult } from '../model/run.js'
import type { WatchedWorld } from '../model/world.js'
import { blocksItselfAlone } from '../plan/require-roles.js'
import { codeOfUnknown } from '../plan/totals.js'
import type { LockfileMark } from '../record/folders/seen-record.js'
import { markSeen, requireUnchanged } from '../record/folders/unchanged-lockfile.js'
import { type LoadedRecord, loadRecord, noteLineage, saveLockfile } from '../record/load-record.js'
import { requireRoom } from '../record/lockfile/lockfile-room.js'
import { refuseRewound } from '../record/refuse-rewound.js'
import type { ReportApply } from './apply/apply-event.js'
import { type CheckedReport, checkRoles } from './apply/check-roles.js'
import { chooseGraph, type GraphAccess } from './apply/graph-access.js'
import { holdPlan } from './apply/hold-plan.js'
import type { Interruptible } from './apply/interruptible.js'
import { createPlanReport } from './apply/plan-report.js'
import { reportSavedPlan } from './apply/report-saved-plan.js'
import { runPlan } from './apply/run-plan.js'
import { refuseUnfit } from './apply/saved-plan-fit.js'
import { openPlanFile, reopenPlan } from './apply/saved-plans.js'
import { leaveTaken, readSharing, type Sharing } from './apply/share-plan.js'
import { takeOver } from './apply/take-over.js'
import type { ApplyOptions } from './options/apply-options.js'
import { requireApplyOptions } from './options/require-apply-options.js'
import { payloadsToRing, ringingOf } from './workspace/check-history.js'
import { compilePlanned } from './workspace/compile-planned.js'
import { readWorkspaceSettings, type SettledWorkspace } from './workspace/compile-workspace.js'
import { withRunLock } from './workspace/with-run-lock.js'

export interface ApplyHandlers {
  /**
   * Whether to go on with a plan that rings somebody, or that was saved; nothing is sent unless it says so. `yes` is for
   * whoever has seen the plan, or can answer for it.
   */
  readonly confirm: 'yes' | ((report: PlanReport) => Promise<boolean>)
  /** False where `confirm` can only say no: then nobody signs in. */
  readonly mayConfirm?: boolean
  readonly report: ReportApply
  readonly interruptible: Interruptible
}

export interface AppliedCalls {
  /** 0 where all is as defined; the others as in the table of exit codes. */
  readonly code: ExitCode
  readonly diagnostics: readonly Diagnostic[]
  /** Absent where the definitions have errors. */
  readonly plan?: PlanReport
  /** What became of each call; absent where none was begun. */
  readonly run?: RunResult
  /** Set where `confirm` said no. */
  readonly isUnconfirmed?: true
}

/** Plans, asks, places, records; or, given a saved plan, the same without the first. Throws as `exitCodeOf` knows. */
export async function applyCalls(
  asked: ApplyOptions,
  world: WatchedWorld,
  handlers: ApplyHandlers,
): Promise<AppliedCalls> {
  const options = requireApplyOptions(asked)
  const saved = openPlanFile(options, world)
  return saved === undefined
    ? applyDefinitions(options, world, handlers)
    : applySaved(saved, options, world, handlers)
}

async function applyDefinitions(
  options: ApplyOptions,
  world: WatchedWorld,
  handlers: ApplyHandlers,
): Promise<AppliedCalls> {
  const compiled = compilePlanned(options, world)
  if (reportProblems(compiled, handlers)) return invalid(compiled)
  const graph = await chooseGraph(options, world, compiled)
  const makePlan = ({ lockfile }: LoadedRecord): PlanReport =>
    createPlanReport(compiled.payloads, { compiled, lockfile, graph, options, world })
  return carryOut({ compiled, graph, makePlan, options, world, handlers })
}

async function applySaved(
  saved: SavedPlan,
  options: ApplyOptions,
  world: WatchedWorld,
  handlers: ApplyHandlers,
): Promise<AppliedCalls> {
  const compiled = readWorkspaceSettings(options, world)
  if (reportProblems(compiled, handlers)) return invalid(compiled)
  const graph = await chooseGraph(options, world, compiled)
  refuseUnfit(saved, { graph, compiled, options, world })
  const sharing = readSharing(saved, { place: graph.place, options, world })
  const makePlan = (record: LoadedRecord): PlanReport => {
    const { lockfile } = record
    const left = sharing === undefined ? saved : leaveTaken(saved, record.attempts)
    const plan = reopenPlan(left, { record, graph, compiled, options, world })
    return reportSavedPlan(plan, { compiled, lockfile, graph, options, world })
  }
  const { lineage } = saved
  return carryOut({ compiled, graph, makePlan, lineage, sharing, options, world, handlers })
}

const invalid = ({ diagnostics }: SettledWorkspace): AppliedCalls => ({
  code: exitCodes.definitions,
  diagnostics,
})

/** True where the definitions have errors. */
export function reportProblems(
  { diagnostics, sources, hasErrors }: SettledWorkspace,
  { report }: Pick<ApplyHandlers, 'report'>,
): boolean {
  report({ event: 'diagnostics', diagnostics, sources, hasErrors })
  return hasErrors
}

interface Application {
  readonly compiled: SettledWorkspace
  readonly graph: GraphAccess
  readonly makePlan: (record: LoadedRecord) => PlanReport
  /** Of a new lockfile. */
  readonly lineage?: string
  readonly sharing?: Sharing | undefined
  readonly options: ApplyOptions
  readonly world: WatchedWorld
  readonly handlers: ApplyHandlers
}

const carryOut = (application: Application): Promise<AppliedCalls> =>
  withRunLock(application.graph.place, application.world, 'apply', async () => ({
    diagnostics: application.compiled.diagnostics,
    ...(await carryOutLocked(application)),
  }))

type Outcome = Omit<AppliedCalls, 'diagnostics'>

async function carryOutLocked(application: Application): Promise<Outcome> {
  const { graph, compiled, options, world, handlers } = application
  const record = loadRecord(graph.place)
  bringUpToDate(record, graph)
  const mark = markSeen(graph.place)
  const planned = holdPlan(application.makePlan(record))
  if (isRefused(planned)) {
    handlers.report({ event: 'plan', report: planned })
    return { code: worstExitCode([codeOfUnknown(planned.plan), exitCodes.refused]), plan: planned }
  }
  const { lockfile } = record
  const checked: CheckedReport =
    handlers.mayConfirm === false
      ? { report: planned, graph }
      : await checkRoles(planned, { compiled, lockfile, graph, options, world }, handlers.interruptible)
  const { problem } = checked
  const plan = holdPlan(checked.report)
  handlers.report({ event: 'plan', report: plan })
  if (problem instanceof SignInError) throw problem
  if (problem !== undefined) {
    handlers.report({ event: 'stopping', reason: problem })
    return { code: exitCodes.stopped, plan }
  }
  return { plan, ...(await carryOutChecked(checked, { ...record, mark }, application)) }
}

/** The record that the plan was made from, and what its lockfile was. */
interface PlannedFrom extends LoadedRecord {
  readonly mark: LockfileMark
}

async function carryOutChecked(
  { report: planned, graph }: CheckedReport,
  { mark, ...record }: PlannedFrom,
  { compiled, lineage, sharing, options, world, handlers }: Application,
): Promise<Outcome> {
  const { actions, calls } = planned.totals
  const codes = [codeOfUnknown(planned.plan), actions.blocked > 0 ? exitCodes.signIn : exitCodes.done]
  const askHistory = () => refuseRewound(graph.place, record, ringingOf(planned, compiled, world))
  for (const text of askHistory()) world.warn(text)
  requireRoom(graph.place.lockfile, record.lockfile, payloadsToRing(planned))
  if (needsConfirmation(planned) && handlers.confirm !== 'yes') {
    // Not every program has types, and 'no' is truthy.
    if ((await handlers.confirm(planned)) !== true)
      return { code: worstExitCode([...codes, unconfirmedCode(options)]), isUnconfirmed: true }
    // A person may take hours, and git may have brought more.
    askHistory()
  }
  requireUnchanged(graph.place, mark)
  const { plan } = planned
  if (calls === 0 && actions['hang-up'] === 0 && sharing === undefined) {
    takeOver(plan, record, graph)
    return { code: worstExitCode(codes) }
  }
  const { report, interruptible } = handlers
  const settings = settingsOf(options, compiled)
  const { showsPeople } = options
  const run = { plan, graph, record, lineage, sharing, settings, showsPeople, world, report, interruptible }
  const carried = await runPlan(run)
  return { code: worstExitCode([...codes, carried.code]), ...withRun(carried.result) }
}

const unconfirmedCode = ({ hasDetailedCode }: ApplyOptions): ExitCode =>
  hasDetailedCode ? exitCodes.wouldRing : exitCodes.refused

const withRun = (run: RunResult | undefined): Pick<AppliedCalls, 'run'> => (run === undefined ? {} : { run })

/** Requests at once and the deadline, by the options where they say. */
export function settingsOf(
  { concurrency, deadline }: Pick<ApplyOptions, 'concurrency' | 'deadline'>,
  { compilation }: SettledWorkspace,
): ApplySettings {
  const { limits } = compilation.settings
  return {
    concurrency: concurrency ?? limits.concurrency,
    ...(deadline !== undefined && { deadline }),
  }
}

/** Who wrote a saved plan need not be who applies it: whatever it does is asked about. */
const needsConfirmation = ({ totals, plan, isSaved = false }: PlanReport): boolean =>
  totals.calls > 0 || (isSaved && plan.changes.length > 0)

/** A limit or guard refuses all; a missing permission only what needs it. */
const isRefused = ({ plan }: PlanReport): boolean =>
  plan.changes.some((change) => change.action === 'blocked' && !blocksItselfAlone(change))

/** A run that was killed left the lockfile behind, and this run may have nothing to place and so never save it. */
function bringUpToDate({ exists, lockfile }: LoadedRecord, { place }: GraphAccess): void {
  if (!exists) return
  noteLineage(place, lockfile)
  saveLockfile(place, lockfile)
}
