import { type ExitCode, exitCodes } from '../../model/exit-code.js'
import type { Host } from '../../model/host.js'
import { describeDiagnostics } from '../../report/diagnostics/diagnostics-json.js'
import { describePlan } from '../../report/plan/plan-json.js'
import { formatPlan } from '../../report/plan/plan-text.js'
import { describeLiveElsewhere } from '../../report/record/live-elsewhere-text.js'
import { countKinds, formatRun } from '../../report/record/run-text.js'
import type { ApplyEvent, ReportApply } from '../../work/apply/apply-event.js'
import type { Interruptible } from '../../work/apply/interruptible.js'
import { describeInternal } from './error-codes.js'
import type { EventStream } from './event-stream.js'
import { interruptible } from './interruptible.js'
import { formatProblems } from './show-problems.js'
import { tellElsewhere } from './tell-elsewhere.js'

/** Shows what `apply` and `hangup` tell: text for people, and with `--json` an event for each. */
export const showEvents =
  (stream: EventStream, host: Host): ReportApply =>
  (event) =>
    showEvent(event, stream, host)

function showEvent(event: ApplyEvent, stream: EventStream, host: Host): void {
  switch (event.event) {
    case 'diagnostics':
      showProblems(event, stream, host)
      break
    case 'plan':
      showPlan(event, stream, host)
      break
    case 'begin':
      stream.show('\n')
      stream.begin(event.total)
      break
    case 'summary':
      showSummary(event, stream)
      break
    case 'broken':
      stream.tell(`${describeInternal(event.error)}\nCalls were placed: look at \`callctl status\`.\n`)
      break
    default:
      stream.report(event)
  }
}

type EventOf<Name> = Extract<ApplyEvent, { readonly event: Name }>

function showProblems(problems: EventOf<'diagnostics'>, stream: EventStream, host: Host): void {
  host.stderr.write(formatProblems(problems, host))
  const { diagnostics, sources } = problems
  if (diagnostics.length > 0)
    stream.emit('diagnostics', { diagnostics: describeDiagnostics(diagnostics, sources) })
}

function showPlan({ report, elsewhere = [] }: EventOf<'plan'>, stream: EventStream, host: Host): void {
  tellElsewhere(elsewhere, host)
  stream.emit('plan', { ...describePlan(report), ...describeLiveElsewhere(elsewhere) })
  stream.show(formatPlan(report, stream.look))
}

function showSummary({ result, problem, ...notes }: EventOf<'summary'>, stream: EventStream): void {
  stream.show(`\n${formatRun(result, stream.look, notes)}`)
  if (problem !== undefined)
    stream.tell(
      `${problem.message}\nThe attempts have everything: the next run brings the lockfile up to date.\n`,
    )
  stream.emit('summary', { counts: Object.fromEntries(countKinds(result.results)) })
}

/** Ctrl-C for a run with events: the second one is the last event. */
export const interruptsOf =
  (stream: EventStream, host: Host): Interruptible =>
  (work, isAnyUnknown = () => false) =>
    interruptible(host, work, { tell: stream.tell, leave: () => leaveAtOnce(isAnyUnknown(), stream) })

/** The second interrupt: claims in flight stay behind as unknown. */
function leaveAtOnce(isAnyUnknown: boolean, stream: EventStream): ExitCode {
  stream.tell(
    isAnyUnknown
      ? 'Leaving at once: calls still in flight are recorded as unknown.\n'
      : 'Leaving at once: nothing was in flight.\n',
  )
  return stream.end(isAnyUnknown ? exitCodes.uncertain : exitCodes.stopped)
}
