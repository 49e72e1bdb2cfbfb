import { JoinUrlProblem, parseJoinUrl } from '../../../compile/links/join-url.js'
import { UsageError } from '../../../model/errors.js'
import { type ExitCode, exitCodes } from '../../../model/exit-code.js'
import type { Host } from '../../../model/host.js'
import { formatJson } from '../../../report/diagnostics/diagnostics-json.js'
import { paint, showText } from '../../../report/text/paint.js'
import type { Arguments } from '../../frame/arguments.js'

/** What a Teams join URL holds, as `parseJoinUrl` gives it to expressions. */
export function explainUrl(url: string, args: Arguments, host: Host): ExitCode {
  const parts = readUrl(url)
  if (args.has('json')) host.stdout.write(formatJson(parts))
  else {
    const look = host.terminal.stdout
    const rows = Object.entries(parts).map(
      ([name, value]) =>
        `${paint(look, 'cyan', name.padEnd(20))}  ${value === null ? '–' : showText(String(value))}`,
    )
    host.stdout.write(`${rows.join('\n')}\n`)
  }
  return exitCodes.done
}

function readUrl(url: string): object {
  try {
    return parseJoinUrl(url)
  } catch (error) {
    if (error instanceof JoinUrlProblem) throw new UsageError(`This is no join URL: ${error.message}.`)
    throw error
  }
}
