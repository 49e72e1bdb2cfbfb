import { UsageError } from '../../model/errors.js'
import { type ExitCode, exitCodes, worstExitCode } from '../../model/exit-code.js'
import type { Host } from '../../model/host.js'
import { createLockfile, loadRecord } from '../../record/load-record.js'
import { describePlan } from '../../report/plan-json.js'
import { formatPlan } from '../../report/plan-text.js'
import type { Arguments } from '../arguments.js'
import { compileWorkspace, showDiagnostics } from '../compile-workspace.js'
import { confirm } from '../confirm.js'
import { eventStream } from '../event-stream.js'
import { chooseGraph } from '../graph-access.js'
import { planCalls } from '../plan-calls.js'
import { runPlan } from '../run-plan.js'

/** Plan, show, confirm, place, record. */
export async function apply(args: Arguments, host: Host): Promise<ExitCode> {
  const concurrency = readConcurrency(args)
  const compiled = compileWorkspace(args, host)
  if (showDiagnostics(compiled, args, host) !== exitCodes.done) return exitCodes.definitions
  const graph = chooseGraph(args, host, compiled)
  const record = loadRecord(graph.place)
  const report = planCalls({ compiled, lockfile: record.lockfile, graph, args, host })
  const stream = eventStream(args, host)
  stream.emit('plan', describePlan(report))
  stream.show(formatPlan(report, stream.look))
  const { actions, calls } = report.totals
  const uncertain: ExitCode = actions.uncertain > 0 ? exitCodes.uncertain : exitCodes.done
  if (actions.blocked > 0) return stream.end(worstExitCode([uncertain, exitCodes.refused]))
  if (calls === 0) {
    if (record.exists) createLockfile(graph.place, record.lockfile.lineage)
    return stream.end(uncertain)
  }
  if (!(await confirm(report, args, host))) return stream.end(worstExitCode([uncertain, exitCodes.refused]))
  const settings = { concurrency: concurrency ?? compiled.compilation.settings.limits.concurrency }
  const code = await runPlan({ plan: report.plan, graph, record, settings, stream, host })
  return stream.end(worstExitCode([uncertain, code]))
}

function readConcurrency(args: Arguments): number | undefined {
  const text = args.text('concurrency')
  if (text === undefined) return undefined
  const number = Number(text)
  if (Number.isInteger(number) && number >= 1 && number <= 64) return number
  throw new UsageError('`--concurrency` is a number from 1 to 64.')
}
