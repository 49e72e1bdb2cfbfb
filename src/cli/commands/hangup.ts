import type { ApplySettings } from '../../apply/ports.js'
import { UsageError } from '../../model/errors.js'
import { type ExitCode, exitCodes, worstExitCode } from '../../model/exit-code.js'
import type { Host } from '../../model/host.js'
import { createHangUpPlan } from '../../plan/create-hang-up-plan.js'
import { totalsOf } from '../../plan/totals.js'
import { loadRecord } from '../../record/load-record.js'
import { describePlan } from '../../report/plan/plan-json.js'
import { formatPlan } from '../../report/plan/plan-text.js'
import { describeLiveElsewhere } from '../../report/record/live-elsewhere-text.js'
import { chooseGraph, type GraphAccess } from '../apply/graph-access.js'
import { lookElsewhere } from '../apply/live-elsewhere.js'
import { runPlan } from '../apply/run-plan.js'
import type { Arguments } from '../frame/arguments.js'
import { readDuration } from '../frame/duration.js'
import { type EventStream, withEvents } from '../frame/event-stream.js'
import { withRunLock } from '../frame/with-run-lock.js'
import { compileSettings, showProblems } from '../workspace/compile-workspace.js'
import { requireAttempt } from '../workspace/find-recorded.js'

export const hangup = (args: Arguments, host: Host): Promise<ExitCode> =>
  withEvents(args, host, (stream) => hangUpCalls(args, host, stream))

async function hangUpCalls(args: Arguments, host: Host, stream: EventStream): Promise<ExitCode> {
  const { positionals } = args
  if (args.has('all') === positionals.length > 0) {
    throw new UsageError('Name the addresses to hang up, or give `--all`.')
  }
  if (args.has('attempt') && positionals.length !== 1) {
    throw new UsageError('`--attempt` takes one address.', 'Name the one whose attempt it is.')
  }
  const deadline = readDuration(args, 'deadline')
  const compiled = compileSettings(args, host)
  if (showProblems(compiled, host, stream)) return exitCodes.definitions
  const graph = chooseGraph(args, host, compiled)
  const { concurrency } = compiled.compilation.settings.limits
  const settings = { concurrency, ...(deadline !== undefined && { deadline }) }
  const elsewhere = describeLiveElsewhere(lookElsewhere(graph.place, args, host))
  const work = { settings, graph, args, host, stream, elsewhere }
  return withRunLock(graph.place, host, 'hangup', () => carryOut(work))
}

interface HangUp {
  readonly settings: ApplySettings
  readonly graph: GraphAccess
  readonly args: Arguments
  readonly host: Host
  readonly stream: EventStream
  /** For the plan's event. */
  readonly elsewhere: object
}

async function carryOut({ settings, graph, args, host, stream, elsewhere }: HangUp): Promise<ExitCode> {
  const { positionals } = args
  const record = loadRecord(graph.place)
  const named = args.text('attempt')
  const only = named === undefined ? undefined : requireAttempt(record.lockfile, positionals[0]!, named)
  const plan = createHangUpPlan({
    lockfile: record.lockfile,
    addresses: args.has('all') ? 'all' : positionals,
    ...(only !== undefined && { attempt: only.attempt }),
  })
  const report = {
    plan,
    totals: totalsOf(plan),
    destination: graph.destination,
    showsPeople: false,
    isHangUp: true,
  }
  stream.emit('plan', { ...describePlan(report), ...elsewhere })
  stream.show(formatPlan(report, stream.look))
  const { actions } = report.totals
  const codes: ExitCode[] = []
  if (actions.uncertain > 0) codes.push(exitCodes.uncertain)
  if (actions.blocked > 0) codes.push(exitCodes.refused)
  if (actions['hang-up'] > 0) {
    codes.push(await runPlan({ plan, graph, record, settings, stream, host }))
  }
  return worstExitCode(codes)
}
