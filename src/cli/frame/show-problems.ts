import { type ExitCode, exitCodes } from '../../model/exit-code.js'
import type { Host } from '../../model/host.js'
import { describeDiagnostics, formatJson } from '../../report/diagnostics/diagnostics-json.js'
import { formatDiagnostics } from '../../report/diagnostics/diagnostics-text.js'
import type { SettledWorkspace } from '../../work/workspace/compile-workspace.js'
import type { Arguments } from './arguments.js'

export type Problems = Pick<SettledWorkspace, 'diagnostics' | 'sources' | 'hasErrors'>

/** Shows errors and warnings to people, on stderr; with `--json`, errors also end the document on stdout. */
export function showDiagnostics(problems: Problems, args: Arguments, host: Host): ExitCode {
  host.stderr.write(formatProblems(problems, host))
  if (!problems.hasErrors) return exitCodes.done
  const { diagnostics, sources } = problems
  if (args.has('json'))
    host.stdout.write(formatJson({ diagnostics: describeDiagnostics(diagnostics, sources) }))
  return exitCodes.definitions
}

/** Warnings stand apart from what follows them. */
export function formatProblems({ diagnostics, sources, hasErrors }: Problems, host: Host): string {
  const text = formatDiagnostics(diagnostics, sources, host.terminal.stderr)
  return hasErrors || text === '' ? text : `${text}\n`
}
