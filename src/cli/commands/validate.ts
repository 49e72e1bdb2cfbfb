// A file for each command: it reads its arguments, calls a use case, shows its report and returns an exit code.

import { UsageError } from '../../model/errors.js'
import { type ExitCode, exitCodes } from '../../model/exit-code.js'
import type { Host } from '../../model/host.js'
import { plural } from '../../model/words/count.js'
import { describeDiagnostics, formatJson } from '../../report/diagnostics/diagnostics-json.js'
import { formatDiagnostics } from '../../report/diagnostics/diagnostics-text.js'
import { paint } from '../../report/text/paint.js'
import { version } from '../../version.js'
import { type ValidatedCalls, validateCalls } from '../../work/compile-calls.js'
import { repositoryFolder } from '../../work/workspace/repository-folder.js'
import type { Arguments } from '../frame/arguments.js'
import { readWorkspaceOptions } from '../frame/read-options.js'
import { worldOf } from '../frame/world-of.js'

type Format = (validated: ValidatedCalls, host: Host) => Promise<string>

const formats: Readonly<Record<string, Format>> = {
  text: async (compiled, host) => {
    const { diagnostics, sources } = compiled
    return formatDiagnostics(diagnostics, sources, host.terminal.stdout) + formatVerdict(compiled, host)
  },
  json: async ({ diagnostics, sources }) =>
    formatJson({ diagnostics: describeDiagnostics(diagnostics, sources) }),
  github: async ({ diagnostics, sources, workspace }, host) => {
    const { formatAnnotations } = await import('../../report/diagnostics/github.js')
    return formatAnnotations(diagnostics, sources, repositoryFolder(workspace.root, host))
  },
  sarif: async ({ diagnostics, sources, workspace }, host) => {
    const { formatSarif } = await import('../../report/diagnostics/sarif.js')
    return formatSarif({ diagnostics, sources, folder: repositoryFolder(workspace.root, host), version })
  },
}

export async function validate(args: Arguments, host: Host): Promise<ExitCode> {
  const name = args.has('json') ? 'json' : (args.text('format') ?? 'text')
  const format = Object.hasOwn(formats, name) ? formats[name] : undefined
  if (format === undefined) {
    throw new UsageError(
      `There is no format \`${name}\`.`,
      `It is one of ${Object.keys(formats).join(', ')}.`,
    )
  }
  const validated = validateCalls(readWorkspaceOptions(args), worldOf(args, host))
  host.stdout.write(await format(validated, host))
  return validated.hasErrors ? exitCodes.definitions : exitCodes.done
}

function formatVerdict({ hasErrors, count }: ValidatedCalls, host: Host): string {
  if (hasErrors) return ''
  return `${paint(host.terminal.stdout, 'green', 'valid')}: ${plural(count, 'call')}\n`
}
