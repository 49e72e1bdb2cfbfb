import type { ApplySettings } from '../../apply/ports.js'
import type { Summary } from '../../compile/compile.js'
import { SignInError, UsageError } from '../../model/errors.js'
import { type ExitCode, exitCodes, worstExitCode } from '../../model/exit-code.js'
import type { Host } from '../../model/host.js'
import type { PlanReport } from '../../model/plan-report.js'
import { blocksItselfAlone } from '../../plan/require-roles.js'
import { type LockfileMark, markLockfile, requireUnchanged } from '../../record/folders/unchanged-lockfile.js'
import { createLockfile, type LoadedRecord, loadRecord, saveLockfile } from '../../record/load-record.js'
import { requireRoom } from '../../record/lockfile/lockfile-room.js'
import { refuseRewound } from '../../record/refuse-rewound.js'
import { describePlan } from '../../report/plan/plan-json.js'
import { formatPlan } from '../../report/plan/plan-text.js'
import { type CheckedReport, checkRoles } from '../apply/check-roles.js'
import { chooseGraph, type GraphAccess, showWarning } from '../apply/graph-access.js'
import { planCalls } from '../apply/plan-calls.js'
import { reportSavedPlan } from '../apply/report-saved-plan.js'
import { runPlan } from '../apply/run-plan.js'
import { refuseUnfit } from '../apply/saved-plan-fit.js'
import { openPlanFile, reopenPlan } from '../apply/saved-plans.js'
import { takeOver } from '../apply/take-over.js'
import type { Arguments } from '../frame/arguments.js'
import { confirm } from '../frame/confirm.js'
import { readDuration } from '../frame/duration.js'
import { type EventStream, withEvents } from '../frame/event-stream.js'
import { withRunLock } from '../frame/with-run-lock.js'
import { payloadsToRing, ringingOf } from '../workspace/check-history.js'
import { compilePlanned } from '../workspace/compile-planned.js'
import { type CompiledWorkspace, compileSettings, showProblems } from '../workspace/compile-workspace.js'

/** Plan, show, confirm, place, record; or, given a saved plan, the same without the first. */
export const apply = (args: Arguments, host: Host): Promise<ExitCode> =>
  withEvents(args, host, async (stream) => {
    const settings = readSettings(args)
    const saved = openPlanFile(args, host)
    if (saved === undefined) {
      const compiled = compilePlanned(args, host)
      if (showProblems(compiled, host, stream)) return exitCodes.definitions
      const graph = chooseGraph(args, host, compiled)
      const makePlan = ({ lockfile }: LoadedRecord): PlanReport =>
        planCalls(compiled.payloads, { compiled, lockfile, graph, args, host })
      return carryOut({ compiled, graph, makePlan, settings, stream, args, host })
    }
    const compiled = compileSettings(args, host)
    if (showProblems(compiled, host, stream)) return exitCodes.definitions
    const graph = chooseGraph(args, host, compiled)
    refuseUnfit(saved, { graph, compiled, args, host })
    const makePlan = (record: LoadedRecord): PlanReport => {
      const { lockfile } = record
      const plan = reopenPlan(saved, { record, graph, compiled, args, host })
      return reportSavedPlan(plan, { compiled, lockfile, graph, args, host })
    }
    return carryOut({ compiled, graph, makePlan, lineage: saved.lineage, settings, stream, args, host })
  })

interface Application {
  readonly compiled: CompiledWorkspace<Summary>
  readonly graph: GraphAccess
  readonly makePlan: (record: LoadedRecord) => PlanReport
  /** Of a new lockfile. */
  readonly lineage?: string
  readonly settings: Partial<ApplySettings>
  readonly stream: EventStream
  readonly args: Arguments
  readonly host: Host
}

const carryOut = (application: Application): Promise<ExitCode> =>
  withRunLock(application.graph.place, application.host, 'apply', () => carryOutLocked(application))

async function carryOutLocked(application: Application): Promise<ExitCode> {
  const { graph, stream, compiled, args, host } = application
  const record = loadRecord(graph.place)
  bringUpToDate(record, graph)
  const mark = markLockfile(graph.place)
  const planned = application.makePlan(record)
  if (isRefused(planned)) {
    show(planned, stream)
    return worstExitCode([uncertainCode(planned), exitCodes.refused])
  }
  const { lockfile } = record
  const checked = await checkRoles(planned, { compiled, lockfile, graph, args, host })
  show(checked.report, stream)
  if (checked.problem instanceof SignInError) throw checked.problem
  if (checked.problem !== undefined) return stopEarly(checked.problem, stream)
  return carryOutChecked(checked, { ...record, mark }, application)
}

/** The record that the plan was made from, and what its lockfile was. */
interface PlannedFrom extends LoadedRecord {
  readonly mark: LockfileMark
}

async function carryOutChecked(
  { report, graph }: CheckedReport,
  { mark, ...record }: PlannedFrom,
  { compiled, lineage, stream, args, host, ...application }: Application,
): Promise<ExitCode> {
  const { actions, calls } = report.totals
  const codes = [uncertainCode(report), actions.blocked > 0 ? exitCodes.signIn : exitCodes.done]
  const askHistory = () => refuseRewound(graph.place, record, ringingOf(report, compiled, host))
  for (const text of askHistory()) showWarning(text, host)
  requireRoom(graph.place.lockfile, record.lockfile, payloadsToRing(report))
  if (needsConfirmation(report)) {
    if (!(await confirm(report, args, host))) return worstExitCode([...codes, unconfirmed(args)])
    // A person may take hours, and git may have brought more.
    if (!args.has('yes')) askHistory()
  }
  requireUnchanged(graph.place, mark)
  if (calls === 0 && actions['hang-up'] === 0) {
    takeOver(report.plan, record, graph)
    return worstExitCode(codes)
  }
  const { concurrency } = compiled.compilation.settings.limits
  const settings = { concurrency, ...application.settings }
  const { plan } = report
  return worstExitCode([...codes, await runPlan({ plan, graph, record, lineage, settings, stream, host })])
}

/** Who wrote a saved plan need not be who applies it: whatever it does is asked about. */
const needsConfirmation = ({ totals, plan, isSaved = false }: PlanReport): boolean =>
  totals.calls > 0 || (isSaved && plan.changes.length > 0)

function show(report: PlanReport, stream: EventStream): void {
  stream.emit('plan', describePlan(report))
  stream.show(formatPlan(report, stream.look))
}

/** A limit or guard refuses all; a missing permission only what needs it. */
const isRefused = ({ plan }: PlanReport): boolean =>
  plan.changes.some((change) => change.action === 'blocked' && !blocksItselfAlone(change))

const uncertainCode = ({ totals }: PlanReport): ExitCode =>
  totals.actions.uncertain > 0 ? exitCodes.uncertain : exitCodes.done

function stopEarly(reason: string, stream: EventStream): ExitCode {
  stream.report({ event: 'stopping', reason })
  return exitCodes.stopped
}

const unconfirmed = (args: Arguments): ExitCode =>
  args.has('detailed-exitcode') ? exitCodes.wouldRing : exitCodes.refused

/** A run that was killed left the lockfile behind, and this run may have nothing to place and so never save it. */
function bringUpToDate({ exists, lockfile }: LoadedRecord, { place }: GraphAccess): void {
  if (!exists) return
  createLockfile(place, lockfile.lineage)
  saveLockfile(place, lockfile)
}

function readSettings(args: Arguments): Partial<ApplySettings> {
  const concurrency = readConcurrency(args)
  const deadline = readDuration(args, 'deadline')
  // Read here too, so that a slip shows before anything is done.
  readDuration(args, 'max-age')
  return { ...(concurrency !== undefined && { concurrency }), ...(deadline !== undefined && { deadline }) }
}

function readConcurrency(args: Arguments): number | undefined {
  const text = args.text('concurrency')
  if (text === undefined) return undefined
  const number = Number(text)
  if (Number.isInteger(number) && number >= 1 && number <= 64) return number
  throw new UsageError('`--concurrency` is a number from 1 to 64.')
}
