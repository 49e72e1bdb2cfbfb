import { type ExitCode, exitCodes } from '../../model/exit-code.js'
import type { Host } from '../../model/host.js'
import { loadRecord } from '../../record/load-record.js'
import { describeDiagnostics, formatJson } from '../../report/diagnostics-json.js'
import { describePlan } from '../../report/plan-json.js'
import { formatPlan } from '../../report/plan-text.js'
import type { Arguments } from '../arguments.js'
import { compileWorkspace, showDiagnostics } from '../compile-workspace.js'
import { withErrorDocument } from '../error-codes.js'
import { chooseGraph } from '../graph-access.js'
import { planCalls } from '../plan-calls.js'
import { readOut, writePlan } from '../saved-plans.js'

export const plan = (args: Arguments, host: Host): Promise<ExitCode> =>
  withErrorDocument(args, host, async () => planAndShow(args, host))

function planAndShow(args: Arguments, host: Host): ExitCode {
  const out = readOut(args)
  // What is saved can be rung without another look at the files.
  const compiled = compileWorkspace(out === undefined ? args : { ...args, mayCache: false }, host)
  if (showDiagnostics(compiled, args, host) !== exitCodes.done) return exitCodes.definitions
  const graph = chooseGraph(args, host, compiled)
  const record = loadRecord(graph.place)
  const report = planCalls({ compiled, lockfile: record.lockfile, graph, args, host })
  const { actions, calls } = report.totals
  // What is blocked is not applied, so there is nothing to save.
  const saved = actions.blocked > 0 ? undefined : out
  if (saved !== undefined) writePlan(saved, { plan: report.plan, compiled, graph, record, args, host })
  if (args.has('json')) {
    const diagnostics = describeDiagnostics(compiled.diagnostics, compiled.sources)
    host.stdout.write(
      formatJson({ ...describePlan(report), ...(saved !== undefined && { saved }), diagnostics }),
    )
  } else {
    host.stdout.write(formatPlan(report, host.terminal.stdout))
    if (saved !== undefined) host.stdout.write(describeSaved(saved, args))
  }
  if (out !== saved) host.stderr.write('Not saved: the plan is blocked.\n')
  if (actions.uncertain > 0) return exitCodes.uncertain
  if (actions.blocked > 0) return exitCodes.refused
  return calls > 0 && args.has('detailed-exitcode') ? exitCodes.wouldRing : exitCodes.done
}

function describeSaved(path: string, args: Arguments): string {
  const option = args.has('simulator') ? ' --simulator' : ''
  return `\nSaved to ${path}: \`callctl apply ${path}${option}\` sends just this.\n`
}
