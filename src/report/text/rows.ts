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

/** What stands in a line before its fields, and how wide that is on the screen. */
export interface Lead {
  readonly text: string
  readonly width: number
}

/**
 * Fields one after the other, as many in a line as have room, the others beneath. An id or a time is copied: it is broken
 * nowhere; words are, at their spaces.
 */
export function formatFields({ text, width }: Lead, fields: readonly string[], look: Look): string {
  const indent = ' '.repeat(width)
  const lines: string[] = []
  let line = ''
  for (const field of fields.map(showText)) {
    const isFull = line !== '' && width + line.length + gap + field.length > look.columns
    if (isFull) lines.push(line)
    line = isFull || line === '' ? hangText(field, look, width) : `${line}${' '.repeat(gap)}${field}`
  }
  return `${text}${[...lines, line].join(`\n${indent}`)}`.trimEnd()
}

/** A name that is too long for its column has a line of its own. */
export function leadOf(name: string, width: number): Lead {
  const shown = showText(name)
  if (shown.length > width) return { text: `${shown}\n    `, width: 4 }
  return { text: `${shown}${' '.repeat(width - shown.length + gap)}`, width: width + gap }
}
