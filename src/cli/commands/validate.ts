import { UsageError } from '../../model/errors.js'
import { type ExitCode, exitCodes } from '../../model/exit-code.js'
import type { Host } from '../../model/host.js'
import { describeDiagnostics, formatJson } from '../../report/diagnostics-json.js'
import { formatDiagnostics } from '../../report/diagnostics-text.js'
import { paint, plural } from '../../report/paint.js'
import type { Arguments } from '../arguments.js'
import { type CompiledWorkspace, compileWorkspace } from '../compile-workspace.js'

export async function validate(args: Arguments, host: Host): Promise<ExitCode> {
  const format = args.has('json') ? 'json' : (args.text('format') ?? 'text')
  if (format !== 'text' && format !== 'json')
    throw new UsageError(`There is no format \`${format}\`.`, 'It is text or json.')
  const compiled = compileWorkspace(args, host)
  const { diagnostics, sources } = compiled
  if (format === 'json')
    host.stdout.write(formatJson({ diagnostics: describeDiagnostics(diagnostics, sources) }))
  else
    host.stdout.write(
      formatDiagnostics(diagnostics, sources, host.terminal.stdout) + formatVerdict(compiled, host),
    )
  return compiled.hasErrors ? exitCodes.definitions : exitCodes.done
}

function formatVerdict(compiled: CompiledWorkspace, host: Host): string {
  if (compiled.hasErrors) return ''
  const count = plural(compiled.compilation.payloads.length, 'call')
  return `${paint(host.terminal.stdout, 'green', 'valid')}: ${count}\n`
}
