import { type ExitCode, exitCodes } from '../../model/exit-code.js'
import type { Host } from '../../model/host.js'
import { loadRecord } from '../../record/load-record.js'
import { describeDiagnostics, formatJson } from '../../report/diagnostics-json.js'
import { describePlan } from '../../report/plan-json.js'
import { formatPlan } from '../../report/plan-text.js'
import type { Arguments } from '../arguments.js'
import { compileWorkspace, showDiagnostics } from '../compile-workspace.js'
import { chooseGraph } from '../graph-access.js'
import { planCalls } from '../plan-calls.js'

export async function plan(args: Arguments, host: Host): Promise<ExitCode> {
  const compiled = compileWorkspace(args, host)
  if (showDiagnostics(compiled, args, host) !== exitCodes.done) return exitCodes.definitions
  const graph = chooseGraph(args, host, compiled)
  const record = loadRecord(graph.place)
  const report = planCalls({ compiled, lockfile: record.lockfile, graph, args, host })
  if (args.has('json')) {
    const diagnostics = describeDiagnostics(compiled.diagnostics, compiled.sources)
    host.stdout.write(formatJson({ ...describePlan(report), diagnostics }))
  } else host.stdout.write(formatPlan(report, host.terminal.stdout))
  const { actions, calls } = report.totals
  if (actions.uncertain > 0) return exitCodes.uncertain
  if (actions.blocked > 0) return exitCodes.refused
  return calls > 0 && args.has('detailed-exitcode') ? exitCodes.wouldRing : exitCodes.done
}
