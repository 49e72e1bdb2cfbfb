// The edge: words of a command line in, exit code out. This stage joins the others and owns the terminal; what a
// command decides is decided in them.

import { zoneVersion } from '../compile/zones/zone-version.generated.js'
import { UsageError } from '../model/errors.js'
import { type ExitCode, exitCodes } from '../model/exit-code.js'
import type { Host } from '../model/host.js'
import { version } from '../version.js'

/** The whole program: words of the command line in, exit code out. */
export async function run(words: readonly string[], host: Host): Promise<ExitCode> {
  try {
    return await dispatch(words, host)
  } catch (error) {
    return reportError(error, host)
  }
}

async function dispatch(words: readonly string[], host: Host): Promise<ExitCode> {
  const [name, ...rest] = words
  if (name === '--version' || name === 'version') {
    const isJson = rest.includes('--json')
    return print(isJson ? `${JSON.stringify({ version, zones: zoneVersion })}\n` : `${version}\n`, host)
  }
  const { commands } = await import('./table/commands.js')
  const isHelp = name === undefined || name === 'help' || name === '--help' || name === '-h'
  const wanted = isHelp ? rest[0] : name
  if (wanted === undefined) {
    const { formatHelp } = await import('./frame/help.js')
    return print(formatHelp(commands), host)
  }
  const command = Object.hasOwn(commands, wanted) ? commands[wanted] : undefined
  if (command === undefined) {
    const { hintForCommand } = await import('./near-commands.js')
    throw new UsageError(
      `There is no command \`${wanted}\`.`,
      hintForCommand(wanted, rest, Object.keys(commands)),
    )
  }
  if (isHelp || rest.includes('--help') || rest.includes('-h')) {
    const { formatCommandHelp } = await import('./frame/help.js')
    return print(formatCommandHelp(command), host)
  }
  const { readArguments } = await import('./frame/arguments.js')
  const execute = await command.load()
  return execute(readArguments(rest, command.options, wanted), host, commands)
}

function print(text: string, host: Host): ExitCode {
  host.stdout.write(text)
  return exitCodes.done
}

/** Says what went wrong in words; only a bug in callctl shows where in its code. */
async function reportError(error: unknown, host: Host): Promise<ExitCode> {
  if (error instanceof Error && error.name === 'ProgramError') return reportProgram(error, host)
  const { paint, showText, wrapText } = await import('../report/text/paint.js')
  const look = host.terminal.stderr
  const { exitCodeOf } = await import('../model/error-codes.js')
  const code = exitCodeOf(error)
  const isKnown = code !== exitCodes.internal
  // In a log, what went wrong stays on its line.
  const layOut = (text: string): string =>
    text
      .split('\n')
      .map((line, index) =>
        look.isTerminal
          ? wrapText(showText(line), look.columns - 2, '  ', index === 0 ? title.length : 0)
          : showText(line),
      )
      .join('\n  ')
  const message = error instanceof Error ? error.message : String(error)
  const title = isKnown ? 'error' : 'error: callctl has a bug'
  host.stderr.write(`${paint(look, 'red', title)}: ${layOut(message)}\n`)
  const hint = (error as { hint?: string }).hint
  if (hint !== undefined)
    host.stderr.write(`  ${paint(look, 'cyan', wrapText(showText(hint), look.columns - 2, '  '))}\n`)
  if (!isKnown && error instanceof Error && error.stack !== undefined)
    host.stderr.write(`${error.stack.split('\n').slice(1).join('\n')}\n`)
  return code
}

/** What is needed to tell it well may lie in the file that cannot be read. */
function reportProgram({ message, hint = '' }: Error & { readonly hint?: string }, host: Host): ExitCode {
  host.stderr.write(`error: ${message}\n  ${hint}\n`)
  return exitCodes.internal
}
