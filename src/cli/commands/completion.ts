import { UsageError } from '../../model/errors.js'
import { type ExitCode, exitCodes } from '../../model/exit-code.js'
import type { Host } from '../../model/host.js'
import { didYouMean } from '../../model/words/suggest.js'
import { showText } from '../../report/text/paint.js'
import { completionScripts, type Shell, shells } from '../completion/completion-scripts.js'
import type { Arguments } from '../frame/arguments.js'
import type { Commands } from '../frame/command.js'

export async function completion(args: Arguments, host: Host, commands: Commands): Promise<ExitCode> {
  const line = args.text('for')
  if (line !== undefined) return complete(line, host, commands)
  const [shell] = args.positionals
  if (args.positionals.length !== 1 || !isShell(shell)) {
    throw new UsageError('`completion` prints a script for one shell.', didYouMean(shell ?? '', shells))
  }
  host.stdout.write(completionScripts[shell])
  return exitCodes.done
}

const isShell = (word: string | undefined): word is Shell => (shells as readonly unknown[]).includes(word)

/** A line for each word, with its meaning after a tab. Whatever is wrong is no business of a shell's. */
async function complete(line: string, host: Host, commands: Commands): Promise<ExitCode> {
  const { completionNames } = await import('../completion/complete-names.js')
  const { completeLine } = await import('../completion/complete-words.js')
  const candidates = completeLine(line, commands, completionNames(host))
  const rows = candidates.map(
    ({ word, meaning }) => showText(word) + (meaning === undefined ? '' : `\t${meaning}`),
  )
  host.stdout.write(rows.map((row) => `${row}\n`).join(''))
  return exitCodes.done
}
