import { UsageError } from '../../model/errors.js'
import { type ExitCode, exitCodes } from '../../model/exit-code.js'
import type { Host } from '../../model/host.js'
import { codeOfUnknown } from '../../plan/totals.js'
import { findOutput, type NamedOutput } from '../../record/disk/named-output.js'
import { describeDiagnostics, formatJson } from '../../report/diagnostics/diagnostics-json.js'
import { describePlan } from '../../report/plan/plan-json.js'
import { formatPlan } from '../../report/plan/plan-text.js'
import { isSavedPlan } from '../../report/text/own-output.js'
import { type PlannedCalls, planCalls } from '../../work/plan-calls.js'
import type { HistoryView } from '../../work/workspace/check-history.js'
import type { Arguments } from '../frame/arguments.js'
import { withErrorDocument } from '../frame/error-codes.js'
import { readOutput } from '../frame/named-output.js'
import { mayShowPeople, readPlanOptions } from '../frame/read-options.js'
import { showDiagnostics } from '../frame/show-problems.js'
import { warnShared } from '../frame/warn-shared.js'
import { showWarning, worldOf } from '../frame/world-of.js'

export const plan = (args: Arguments, host: Host): Promise<ExitCode> =>
  withErrorDocument(args, host, async () => {
    const out = readOut(args, host)
    const options = readPlanOptions(args, mayShowPeople(args, host))
    const planned = await planCalls(options, worldOf(args, host), out && findOutput(out).path)
    return show(planned, out, args, host)
  })

/** The file that `--out` names. */
function readOut(args: Arguments, host: Host): NamedOutput | undefined {
  const path = args.text('out')
  if (path !== undefined && !path.endsWith('.json'))
    throw new UsageError('`--out` takes a name that ends in .json: `apply` knows a saved plan by that.')
  return readOutput(args, host, isSavedPlan)
}

function show(
  { compiled, plan: report, history, shared = [], isSaved = false }: PlannedCalls,
  out: NamedOutput | undefined,
  args: Arguments,
  host: Host,
): ExitCode {
  const code = showDiagnostics(compiled, args, host)
  if (report === undefined) return code
  const { actions, calls } = report.totals
  const told = { ...warnShared(shared, host), ...warnOfHistory(history, host) }
  const saved = isSaved ? out?.named : undefined
  if (args.has('json')) {
    const diagnostics = describeDiagnostics(compiled.diagnostics, compiled.sources)
    host.stdout.write(
      formatJson({ ...describePlan(report), ...told, ...(saved !== undefined && { saved }), diagnostics }),
    )
  } else {
    host.stdout.write(formatPlan(report, host.terminal.stdout))
    if (saved !== undefined) host.stdout.write(describeSaved(saved, args))
  }
  if (out !== undefined && !isSaved) host.stderr.write('Not saved: the plan is blocked.\n')
  const unknown = codeOfUnknown(report.plan)
  if (unknown !== exitCodes.done) return unknown
  if (actions.blocked > 0) return exitCodes.refused
  return calls > 0 && args.has('detailed-exitcode') ? exitCodes.wouldRing : exitCodes.done
}

/** That an apply would refuse is said before; for machines, the same. */
function warnOfHistory(history: HistoryView | undefined, host: Host): object {
  for (const text of history?.warnings ?? []) showWarning(text, host)
  if (history?.refusal === undefined) return {}
  const { refusal } = history
  const { message, hint } = refusal
  showWarning(`apply will refuse: ${message}${hint === undefined ? '' : `. ${hint}`}`, host)
  return { refusal }
}

function describeSaved(path: string, args: Arguments): string {
  const option = args.has('simulator') ? ' --simulator' : ''
  return `\nSaved to ${path}: \`callctl apply ${path}${option}\` sends just this.\n`
}
