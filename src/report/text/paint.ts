// Reports to text, pure: each renderer takes data and returns a string. Nothing in this stage computes findings or
// writes. This room has what all reports share: colors, wrapping, JSON, code frames, and how a stranger's text is
// shown.

/** How text may look: whether colors are wanted, and how many columns a line has. */
export interface Look {
  readonly hasColor: boolean
  readonly columns: number
}

export type Color = 'bold' | 'dim' | 'red' | 'yellow' | 'green' | 'cyan' | 'blue'

const codes: Readonly<Record<Color, readonly [number, number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  yellow: [33, 39],
  green: [32, 39],
  cyan: [36, 39],
  blue: [34, 39],
}

export function paint(look: Look, color: Color, text: string): string {
  if (!look.hasColor || text === '') return text
  const [on, off] = codes[color]
  return `\u001b[${on}m${text}\u001b[${off}m`
}

// Variation selectors alone may stay: much of what people write with emoji has them.
export const unsafe = /(?![\ufe0e\ufe0f])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu

/**
 * What agents take for commands: `##[…]` on GitHub and `##vso[…]` on Azure anywhere in a line, `::…::` at its start.
 * Their comparison passes over marks that have no width.
 */
export const logCommand = /#(?=\p{M}*#\p{M}*(?:v|\[))|(?<=^[\s\p{M}]*):(?=\p{M}*:)/giu

/** Users' text for one line of a terminal or log: control, direction and invisible characters are spelled out. */
export const showText = (text: string): string => text.replace(unsafe, spell).replace(logCommand, spell)

const spell = (character: string): string => `\\u{${character.codePointAt(0)!.toString(16)}}`

/** Cuts to so many columns, saying that it did. */
export function cutText(text: string, columns: number): string {
  const characters = [...text]
  return characters.length <= columns ? text : `${characters.slice(0, Math.max(columns - 1, 1)).join('')}…`
}

/**
 * The width of a column: that of its longest text among those that half of a line has room for. Longer ones have a line
 * of their own. There may be very many texts.
 */
export function widthOf(texts: readonly string[], { columns }: Look): number {
  const most = Math.floor(columns / 2)
  let longest = 0
  for (const { length } of texts) if (length <= most) longest = Math.max(longest, length)
  return longest
}

/** Below that, lines that are too long read better than one word a line. */
const narrowest = 20

function roomBeside({ length }: string, columns: number): number {
  const room = columns - length
  return room < length ? Math.max(room, narrowest) : room
}

/** Breaks text that begins at a column, and whose further lines begin there too. */
export function hangText(text: string, { columns }: Look, column: number): string {
  const indent = ' '.repeat(column)
  return wrapText(text, Math.max(columns - column, narrowest), '').replaceAll('\n', `\n${indent}`)
}

/** A command is copied: between its marks it is not broken, unless it is so long that it is none. */
const longestQuoted = 120

/** What stands between spaces, and what stands between marks, whole. */
function wordsOf(text: string): readonly string[] {
  const words = text.split(' ')
  if (!text.includes('`')) return words
  const whole: string[] = []
  for (let at = 0; at < words.length; at += 1) {
    const end = isHalf(words[at]!) ? words.findIndex((word, index) => index > at && isHalf(word)) : -1
    const quoted = end < 0 ? '' : words.slice(at, end + 1).join(' ')
    const fits = quoted !== '' && quoted.length <= longestQuoted
    whole.push(fits ? quoted : words[at]!)
    if (fits) at = end
  }
  return whole
}

/** Whether a mark in it has no other half. */
const isHalf = (word: string): boolean => word.split('`').length % 2 === 0

/**
 * Breaks text into lines of at most so many columns, at spaces; further lines are indented, and before the first stand
 * as many columns as `lead` says. No line begins with what a CI system could take for a command.
 */
export function wrapText(text: string, columns: number, indent: string, lead = 0): string {
  const lines: string[] = []
  let line = ''
  for (const word of wordsOf(text)) {
    const width = lines.length === 0 ? columns - lead : roomBeside(indent, columns)
    if (line !== '' && line.length + 1 + word.length > width && !/^(?:::|##)/.test(word)) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  lines.push(line)
  return lines.join(`\n${indent}`)
}
