import { UsageError } from '../../../model/errors.js'
import { type ExitCode, exitCodes } from '../../../model/exit-code.js'
import type { Host } from '../../../model/host.js'
import { formatJson } from '../../../report/diagnostics/diagnostics-json.js'
import {
  describeCodeHelp,
  formatCodeHelp,
  isDiagnosticCode,
} from '../../../report/diagnostics/explain-code.js'
import type { Arguments } from '../../frame/arguments.js'

export function explainCode(code: string, args: Arguments, host: Host): ExitCode {
  if (args.positionals.length > 1) throw new UsageError('A diagnostic code is explained alone.')
  if (!isDiagnosticCode(code)) throw new UsageError(`There is no diagnostic code \`${code}\`.`)
  const text = args.has('json')
    ? formatJson(describeCodeHelp(code))
    : formatCodeHelp(code, host.terminal.stdout)
  host.stdout.write(text)
  return exitCodes.done
}
