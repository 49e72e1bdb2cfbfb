import { type Color, hangText, type Look, paint, showText } from './paint.js'

/** A line of a list of calls: an address, and what is said of it. */
export interface Row {
  readonly name: string
  /** Of the column of names, as `widthOf` has it. */
  readonly width: number
  /** Not shown as a stranger's text yet. */
  readonly text: string
}

const margin = 2
const gap = 2

/** Side by side, or where the name is too long for its column, beneath one another. */
export function formatRow(
  { name, width, text }: Row,
  look: Look,
  colors: { readonly name?: Color; readonly text?: Color } = {},
): string {
  const shown = showText(name)
  const lead = ' '.repeat(margin) + color(look, colors.name, shown)
  if (text === '') return lead
  const said = (column: number): string => color(look, colors.text, hangText(showText(text), look, column))
  if (shown.length > width) return `${lead}\n${' '.repeat(6)}${said(6)}`
  return `${lead}${' '.repeat(width - shown.length + gap)}${said(margin + width + gap)}`
}

const color = (look: Look, wanted: Color | undefined, text: string): string =>
  wanted === undefined ? text : paint(look, wanted, text)
