import { wrapText } from '../../report/text/paint.js'
import type { Command, Commands } from './command.js'

export function formatHelp(commands: Commands): string {
  const rows = formatRows(Object.entries(commands).map(([name, { summary }]) => [name, summary]))
  return `callctl: call-as-code for Microsoft Graph

Usage: callctl COMMAND

${rows}

  callctl help COMMAND shows a command's options.
  callctl --version shows the version.

PATH is calls/ when absent. Try it without an account:
  callctl apply calls/ --simulator
`
}

export const formatCommandHelp = (command: Command): string =>
  `${wrapText(`callctl ${command.usage}: ${command.summary}`, columns, '  ')}\n\n${formatRows(command.help)}\n`

const columns = 80

/** Words and their meanings side by side, within 80 columns. */
function formatRows(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(0, ...rows.map(([word]) => word.length)) + 4
  const lines = rows.map(([word, meaning]) => {
    const lead = `  ${word}`.padEnd(width)
    return lead + wrapText(meaning, columns - width, '').replaceAll('\n', `\n${' '.repeat(width)}`)
  })
  return lines.join('\n')
}
