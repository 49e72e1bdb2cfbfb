import { createPayload } from '../../compile/call/create-payload.js'
import type { Summary } from '../../compile/compile.js'
import { type ExitCode, exitCodes } from '../../model/exit-code.js'
import type { Host } from '../../model/host.js'
import { headOf, type PayloadHead } from '../../model/payload.js'
import type { PlanReport } from '../../model/plan-report.js'
import { findOutput, type NamedOutput } from '../../record/disk/named-output.js'
import { type LoadedRecord, loadRecord } from '../../record/load-record.js'
import { describeDiagnostics, formatJson } from '../../report/diagnostics/diagnostics-json.js'
import { describePlan } from '../../report/plan/plan-json.js'
import { formatPlan } from '../../report/plan/plan-text.js'
import { isSavedPlan } from '../../report/text/own-output.js'
import { chooseGraph, type GraphAccess, showWarning } from '../apply/graph-access.js'
import { planCalls } from '../apply/plan-calls.js'
import { reportSavedPlan } from '../apply/report-saved-plan.js'
import { readOut, writePlan } from '../apply/saved-plans.js'
import type { Arguments } from '../frame/arguments.js'
import { withErrorDocument } from '../frame/error-codes.js'
import { readOutput } from '../frame/named-output.js'
import { compilePlanned } from '../workspace/compile-planned.js'
import { type CompiledWorkspace, compileStream, showDiagnostics } from '../workspace/compile-workspace.js'
import { warnShared } from '../workspace/warn-shared.js'

export const plan = (args: Arguments, host: Host): Promise<ExitCode> =>
  withErrorDocument(args, host, async () => planAndShow(args, host))

function planAndShow(args: Arguments, host: Host): ExitCode | Promise<ExitCode> {
  const out = readOut(args) === undefined ? undefined : readOutput(args, host, isSavedPlan)
  return out === undefined ? planToShow(args, host) : planToSave(out, args, host)
}

/** Of each payload only what a plan shows is held: there may be very many. */
async function planToShow(args: Arguments, host: Host): Promise<ExitCode> {
  const heads: PayloadHead[] = []
  const compiled = compileStream(args, host, (rendered) => void heads.push(headOf(createPayload(rendered))))
  if (showDiagnostics(compiled, args, host) !== exitCodes.done) return exitCodes.definitions
  const graph = chooseGraph(args, host, compiled)
  const record = loadRecord(graph.place)
  const { lockfile } = record
  const report = planCalls(heads, { compiled, lockfile, graph, args, host })
  const told = {
    ...warnShared(record, host),
    ...(await warnOfHistory({ report, graph, record, compiled, host })),
  }
  return show({ report, compiled, told, args, host })
}

async function planToSave(out: NamedOutput, args: Arguments, host: Host): Promise<ExitCode> {
  // What is saved can be rung without another look at the files.
  const compiled = compilePlanned({ ...args, mayCache: false }, host)
  if (showDiagnostics(compiled, args, host) !== exitCodes.done) return exitCodes.definitions
  const graph = chooseGraph(args, host, compiled)
  const record = loadRecord(graph.place)
  const sources = { compiled, lockfile: record.lockfile, graph, args, host }
  const report = reportSavedPlan(planCalls(compiled.payloads, sources).plan, sources)
  // What is blocked is not applied, so there is nothing to save.
  const isBlocked = report.totals.actions.blocked > 0
  if (!isBlocked) writePlan(findOutput(out).path, { plan: report.plan, compiled, graph, record, args, host })
  const told = {
    ...warnShared(record, host),
    ...(await warnOfHistory({ report, graph, record, compiled, host })),
  }
  const code = show({ report, compiled, told, args, host, ...(!isBlocked && { saved: out.named }) })
  if (isBlocked) host.stderr.write('Not saved: the plan is blocked.\n')
  return code
}

interface Look {
  readonly report: PlanReport<PayloadHead>
  readonly graph: GraphAccess
  readonly record: LoadedRecord
  readonly compiled: CompiledWorkspace<Summary>
  readonly host: Host
}

/** That an apply would refuse is said before; for machines, the same. Git is not run where nobody would be rung. */
async function warnOfHistory({ report, graph, record, compiled, host }: Look): Promise<object> {
  if (report.totals.calls === 0) return {}
  const { ringingOf, viewHistory } = await import('../workspace/check-history.js')
  const { refusal, warnings } = viewHistory(graph.place, record, ringingOf(report, compiled, host))
  for (const text of warnings) showWarning(text, host)
  if (refusal === undefined) return {}
  const { message, hint } = refusal
  showWarning(`apply will refuse: ${message}${hint === undefined ? '' : `. ${hint}`}`, host)
  return { refusal }
}

interface Shown {
  readonly report: PlanReport<PayloadHead>
  readonly compiled: CompiledWorkspace<Summary>
  /** What was warned of, for machines. */
  readonly told: object
  readonly args: Arguments
  readonly host: Host
  /** Where the plan was saved. */
  readonly saved?: string
}

function show({ report, compiled, told, args, host, saved }: Shown): ExitCode {
  const { actions, calls } = report.totals
  if (args.has('json')) {
    const diagnostics = describeDiagnostics(compiled.diagnostics, compiled.sources)
    host.stdout.write(
      formatJson({ ...describePlan(report), ...told, ...(saved !== undefined && { saved }), diagnostics }),
    )
  } else {
    host.stdout.write(formatPlan(report, host.terminal.stdout))
    if (saved !== undefined) host.stdout.write(describeSaved(saved, args))
  }
  if (actions.uncertain > 0) return exitCodes.uncertain
  if (actions.blocked > 0) return exitCodes.refused
  return calls > 0 && args.has('detailed-exitcode') ? exitCodes.wouldRing : exitCodes.done
}

function describeSaved(path: string, args: Arguments): string {
  const option = args.has('simulator') ? ' --simulator' : ''
  return `\nSaved to ${path}: \`callctl apply ${path}${option}\` sends just this.\n`
}
