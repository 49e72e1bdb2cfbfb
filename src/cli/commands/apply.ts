import type { ApplySettings } from '../../apply/ports.js'
import { UsageError } from '../../model/errors.js'
import { type ExitCode, exitCodes, worstExitCode } from '../../model/exit-code.js'
import type { Host } from '../../model/host.js'
import { createLockfile, type LoadedRecord, loadRecord, saveLockfile } from '../../record/load-record.js'
import { refuseRewound } from '../../record/refuse-rewound.js'
import { describePlan } from '../../report/plan-json.js'
import { formatPlan, type PlanReport } from '../../report/plan-text.js'
import type { Arguments } from '../arguments.js'
import {
  type CompiledWorkspace,
  compileSettings,
  compileWorkspace,
  showProblems,
} from '../compile-workspace.js'
import { confirm } from '../confirm.js'
import { readDuration } from '../duration.js'
import { type EventStream, withEvents } from '../event-stream.js'
import { chooseGraph, type GraphAccess } from '../graph-access.js'
import { planCalls, reportPlan } from '../plan-calls.js'
import { runPlan } from '../run-plan.js'
import { openPlanFile, refuseUnfit, reopenPlan, withTenant } from '../saved-plans.js'
import { takeOver } from '../take-over.js'
import { withRunLock } from '../with-run-lock.js'

/** Plan, show, confirm, place, record; or, given a saved plan, the same without the first. */
export const apply = (args: Arguments, host: Host): Promise<ExitCode> =>
  withEvents(args, host, async (stream) => {
    const settings = readSettings(args)
    const saved = openPlanFile(args, host)
    const compiled = saved === undefined ? compileWorkspace(args, host) : compileSettings(args, host)
    if (showProblems(compiled, host, stream)) return exitCodes.definitions
    if (saved === undefined) {
      const graph = chooseGraph(args, host, compiled)
      const makePlan = ({ lockfile }: LoadedRecord): PlanReport =>
        planCalls({ compiled, lockfile, graph, args, host })
      return carryOut({ compiled, graph, makePlan, settings, stream, args, host })
    }
    const graph = chooseGraph(args, host, withTenant(compiled, saved))
    refuseUnfit(saved, graph, args, host)
    const makePlan = (record: LoadedRecord): PlanReport =>
      reportPlan(reopenPlan(saved, record, compiled), { compiled, graph, args, host })
    return carryOut({ compiled, graph, makePlan, lineage: saved.lineage, settings, stream, args, host })
  })

interface Application {
  readonly compiled: CompiledWorkspace
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
  const { compiled, graph, stream, args, host } = application
  const record = loadRecord(graph.place)
  bringUpToDate(record, graph)
  const report = application.makePlan(record)
  stream.emit('plan', describePlan(report))
  stream.show(formatPlan(report, stream.look))
  const { actions, calls } = report.totals
  const uncertain: ExitCode = actions.uncertain > 0 ? exitCodes.uncertain : exitCodes.done
  if (actions.blocked > 0) return worstExitCode([uncertain, exitCodes.refused])
  refuseRewound(graph.place, record, addressesToRing(report), host.environment)
  if (calls > 0 && !(await confirm(report, args, host))) return worstExitCode([uncertain, unconfirmed(args)])
  if (calls === 0 && actions['hang-up'] === 0) {
    takeOver(report.plan, record, graph)
    return uncertain
  }
  const { concurrency } = compiled.compilation.settings.limits
  const settings = { concurrency, ...application.settings }
  const { plan } = report
  const code = await runPlan({ plan, graph, record, lineage: application.lineage, settings, stream, host })
  return worstExitCode([uncertain, code])
}

const addressesToRing = ({ plan }: PlanReport): readonly string[] =>
  plan.changes.filter(({ action }) => action === 'place' || action === 'redial').map(({ address }) => address)

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
