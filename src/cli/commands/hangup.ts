import { UsageError } from '../../model/errors.js'
import { type ExitCode, exitCodes, worstExitCode } from '../../model/exit-code.js'
import type { Host } from '../../model/host.js'
import { createHangUpPlan } from '../../plan/create-hang-up-plan.js'
import { totalsOf } from '../../plan/totals.js'
import { loadRecord } from '../../record/load-record.js'
import { describePlan } from '../../report/plan-json.js'
import { formatPlan } from '../../report/plan-text.js'
import type { Arguments } from '../arguments.js'
import { compileWorkspace } from '../compile-workspace.js'
import { eventStream } from '../event-stream.js'
import { chooseGraph } from '../graph-access.js'
import { runPlan } from '../run-plan.js'

export async function hangup(args: Arguments, host: Host): Promise<ExitCode> {
  const { positionals } = args
  if (args.has('all') === positionals.length > 0) {
    throw new UsageError('Name the addresses to hang up, or give `--all`.')
  }
  const compiled = compileWorkspace(args, host, [])
  const graph = chooseGraph(args, host, compiled)
  const record = loadRecord(graph.place)
  const plan = createHangUpPlan({
    lockfile: record.lockfile,
    addresses: args.has('all') ? 'all' : positionals,
  })
  const report = { plan, totals: totalsOf(plan), destination: graph.destination, showsPeople: false }
  const stream = eventStream(args, host)
  stream.emit('plan', describePlan(report))
  stream.show(formatPlan(report, stream.look))
  const { actions } = report.totals
  const codes: ExitCode[] = []
  if (actions.uncertain > 0) codes.push(exitCodes.uncertain)
  if (actions.blocked > 0) codes.push(exitCodes.refused)
  if (actions['hang-up'] > 0) {
    const { concurrency } = compiled.compilation.settings.limits
    codes.push(await runPlan({ plan, graph, record, settings: { concurrency }, stream, host }))
  }
  return stream.end(worstExitCode(codes))
}
