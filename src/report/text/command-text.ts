import { type Look, showText } from './paint.js'

/** A command of callctl as it is typed into a shell. */
export const formatCommand = (...words: readonly string[]): string =>
  ['callctl', ...words.map(quote)].join(' ')

/** A tilde at the beginning would be somebody's home. */
const quote = (text: string): string =>
  /^(?!~)[\w.@:+=~/-]+$/.test(text) ? text : `'${showText(text).replaceAll("'", "'\\''")}'`

/**
 * A command at a column, whose further lines are indented: a line that is too long is continued as shells do, so that
 * neither the end of a line breaks an address nor what is copied lacks anything.
 */
export function hangCommand(command: string, { columns }: Pick<Look, 'columns'>, column: number): string {
  const words = command.match(/(?:\\.|'[^']*'|[^\s'\\])+/g) ?? []
  if (column + command.length <= columns || words.join(' ') !== command) return command
  const lines: string[] = []
  let [line = ''] = words
  for (const word of words.slice(1)) {
    const isFull = column + (lines.length === 0 ? 0 : 2) + line.length + word.length + 3 > columns
    if (isFull) lines.push(line)
    line = isFull ? word : `${line} ${word}`
  }
  return [...lines, line].join(` \\\n${' '.repeat(column + 2)}`)
}
