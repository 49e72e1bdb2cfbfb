import { createDiagnostic, type Diagnostic } from '../../model/diagnostics/diagnostic.js'
import { quote, type Words } from '../../model/diagnostics/wording.js'
import type { JsonObject } from '../../model/json.js'
import type { Range, Source } from '../../model/language/source.js'
import { plural } from '../../model/words/count.js'
import type { QuotingFault } from './quoted-csv.js'
import { type Layout, splitUnquoted, type WrongRow } from './unquoted-csv.js'

export interface CsvTable {
  readonly columns: readonly string[]
  readonly count: number
  /** One object for each row; every cell is text. Made anew each time, so that long lists need not be held. */
  rows(): Iterable<JsonObject>
}

/** As `separator` beside the list's file says it. */
export const separatorWords = { ',': ',', ';': ';', tab: '\t', '|': '|' } as const

/** A list with a header row. Quotes, BOM and CRLF are as usual; empty lines are skipped. */
export function readCsv(source: Source, separator = ','): CsvTable | Diagnostic {
  const layout = layoutOf(source.text, separator)
  const other = otherForms.find(([form]) => form.test(source.text))
  if (other !== undefined) return otherForm(source, other)
  const strange = findSeparator(source.text, layout)
  if (strange !== undefined) return otherSeparator(source, strange, layout)
  const found = source.text.includes('"')
    ? loadParser().parseQuoted(source.text, layout)
    : splitUnquoted(source.text, layout)
  if ('code' in found) return describeFault(source, found, layout)
  const { columns, bad } = found
  if (columns === undefined)
    return complain(source, 'This file has no header row.', { row: 0, column: 0 }, layout)
  const fault = checkHeader(source, columns, layout)
  if (fault !== undefined) return fault
  return bad === undefined ? { ...found, columns } : wrongLength(source, bad, columns, layout)
}

/** Before the header may stand what Excel and PowerShell put there: `sep=;`, `#TYPE …`. */
export function layoutOf(text: string, separator: string): Layout {
  const before = /^\ufeff?(?:(?:"?sep=.?"?|#TYPE [^\r\n]*)(?:\r\n?|\n))*/i.exec(text)!
  return { separator, start: before[0].length }
}

type OtherForm = readonly [form: RegExp, what: string, hint: string]

const saveHint = 'Save it as “CSV UTF-8”.'
/** What bears the name of a list, and is none. */
const otherForms: readonly OtherForm[] = [
  [/^PK\u0003\u0004/, 'a workbook of a spreadsheet (.xlsx)', saveHint],
  [/^\ufeff?\s*<(?:!doctype|html|table|\?xml)/i, 'a page or XML', saveHint],
  [/^\ufeff?\s*(?:\[\s*[{\]]|\{\s*["}])/, 'JSON', 'Name the file so that it ends in .json.'],
  [/^BEGIN:V/, 'a file of cards', 'Export the contacts as CSV.'],
  [/^%PDF-/, 'a PDF', 'Export the list as CSV.'],
  [/\0/, 'text with zero bytes, most likely UTF-16', 'Save it as “CSV UTF-8”, or as UTF-8.'],
]

const otherForm = ({ path }: Source, [, what, hint]: OtherForm): Diagnostic =>
  createDiagnostic('data/csv', `This is ${what}, and no CSV.`, {
    range: { source: path, start: 0, end: 0 },
    hint,
  })

/** Only quotes need it. */
const loadParser = () => require('./quoted-csv.js') as typeof import('./quoted-csv.js')

const quotingHint = 'Put the whole cell in quotes, and write each quote inside twice.'
const faults: Partial<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'The quote that opens this cell is not closed.',
  CSV_INVALID_CLOSING_QUOTE: 'Text follows the closing quote of a cell.',
  INVALID_OPENING_QUOTE: 'A quote stands inside a cell that does not begin with one.',
}

function describeFault(source: Source, { code, words, line }: QuotingFault, layout: Layout): Diagnostic {
  const message = faults[code] ?? `${words.replace(/\.$/, '')}.`
  // Where a quote is not closed, all that follows is one cell: the last.
  const range =
    code === 'CSV_QUOTE_NOT_CLOSED'
      ? lineAt(source, [...cellsOf(source.text, layout)].at(-1)!.start)
      : lineRange(source, line + linesBefore(source.text, layout))
  return createDiagnostic('data/csv', message, { range, hint: quotingHint })
}

const separators = { ',': 'commas', ';': 'semicolons', '\t': 'tabs', '|': 'bars' } as const
type Separator = keyof typeof separators

/** What parts the names of the header, where it is not what is said: spreadsheets of many countries export so. */
function findSeparator(text: string, { separator, start }: Layout): Separator | undefined {
  const header = /^[^\r\n]*/.exec(text.slice(start))![0].replace(/"[^"]*"/g, '')
  if (header.includes(separator)) return undefined
  return ([';', '\t', ',', '|'] as const).find((each) => header.includes(each))
}

function otherSeparator(source: Source, found: Separator, { separator, start }: Layout): Diagnostic {
  const said = separators[separator as Separator]
  const message = `The cells of this file are parted by ${separators[found]}, not by ${said}.`
  const word = found === '\t' ? 'tab' : `"${found}"`
  const hint = `Write \`separator: ${word}\` beside \`file\`, or export the list with ${said}.`
  return createDiagnostic('data/csv', message, { range: lineAt(source, start), hint })
}

const forbiddenColumns = new Set(['__proto__', 'constructor', 'prototype'])

const linesBefore = (text: string, { start }: Layout): number =>
  [...text.slice(0, start).matchAll(/\r\n?|\n/g)].length

function checkHeader(source: Source, columns: readonly string[], layout: Layout): Diagnostic | undefined {
  const seen = new Set<string>()
  const bad = columns.findIndex((name) => {
    const isTaken = seen.has(name)
    seen.add(name)
    return name === '' || forbiddenColumns.has(name) || isTaken
  })
  if (bad < 0) return undefined
  const name = columns[bad]!
  if (name === '')
    return complain(
      source,
      `Column ${bad + 1} has no name.`,
      { row: 0, column: bad },
      layout,
      'Name it in the header, or take the column out.',
    )
  if (forbiddenColumns.has(name))
    return complain(source, quote`A column cannot be called ${name}.`, { row: 0, column: bad }, layout)
  const message = quote`The header ${name} stands twice.`
  return complain(source, message, { row: 0, column: bad }, layout, 'Give each column a name of its own.')
}

function wrongLength(
  source: Source,
  { row, length }: WrongRow,
  columns: readonly string[],
  layout: Layout,
): Diagnostic {
  const message = `This row has ${plural(length, 'cell')}, and the header ${columns.length}.`
  return complain(source, message, { row, column: 0 }, layout, lengthHint(length, columns.length))
}

function lengthHint(length: number, width: number): string | undefined {
  if (width === 1) return 'The first line is the header: take out titles and remarks that stand before it.'
  return length > width ? 'A cell in which a separator stands is put in quotes.' : undefined
}

interface Cell {
  /** 0 is the header. */
  readonly row: number
  readonly column: number
}

function complain(source: Source, message: Words, cell: Cell, layout: Layout, hint?: string): Diagnostic {
  const range = locateCell(source, cell, layout)
  return createDiagnostic('data/csv', message, { range, ...(hint !== undefined && { hint }) })
}

function lineRange(source: Source, line: number): Range {
  const ends = [...source.text.matchAll(/\r\n?|\n/g)].map((found) => found.index + found[0].length)
  return lineAt(source, [0, ...ends][line - 1] ?? 0)
}

/** From an offset to the end of its line. */
function lineAt({ path, text }: Source, start: number): Range {
  const length = text.slice(start).search(/[\r\n]/)
  return { source: path, start, end: length < 0 ? text.length : start + length }
}

/** Where a cell stands. Only one complaint about a whole list asks, so the file is read again instead of remembered. */
export function locateCell(source: Source, cell: Cell, layout: Layout): Range {
  for (const { row, column, start, end } of cellsOf(source.text, layout))
    if (row === cell.row && column === cell.column) return { source: source.path, start, end }
  return { source: source.path, start: 0, end: 0 }
}

/** As `locateCell`, for any number of complaints: the file is read again once, when the first of them asks. */
export function createLocateCell(source: Source, layout: Layout): (cell: Cell) => Range {
  let places: Places | undefined
  return ({ row, column }) => {
    places ??= placesOf(source.text, layout)
    const first = places.rows[row]
    const at = first === undefined ? Number.NaN : first + column
    const isThere = at < (places.rows[row + 1] ?? places.starts.length)
    if (!isThere) return { source: source.path, start: 0, end: 0 }
    return { source: source.path, start: places.starts[at]!, end: places.ends[at]! }
  }
}

/** Of all cells, one row after the other. */
interface Places {
  /** The index of each row's first cell. */
  readonly rows: readonly number[]
  readonly starts: readonly number[]
  readonly ends: readonly number[]
}

function placesOf(text: string, layout: Layout): Places {
  const places = { rows: [] as number[], starts: [] as number[], ends: [] as number[] }
  for (const { column, start, end } of cellsOf(text, layout)) {
    if (column === 0) places.rows.push(places.starts.length)
    places.starts.push(start)
    places.ends.push(end)
  }
  return places
}

/** Every cell with its place, quotes included. Empty lines are no rows. */
function* cellsOf(text: string, layout: Layout): Generator<Cell & { start: number; end: number }> {
  let row = 0
  let column = 0
  let { start } = layout
  let isQuoted = false
  for (let at = start; at <= text.length; at += 1) {
    const character = at === text.length ? '\n' : text[at]!
    if (character === '"') isQuoted = !isQuoted
    const isLast = character === '\n' || character === '\r'
    if (at < text.length && (isQuoted || (character !== layout.separator && !isLast))) continue
    const isEmptyLine = isLast && column === 0 && at === start
    if (!isEmptyLine) yield { row, column, start, end: at }
    column = isLast ? 0 : column + 1
    if (isLast && !isEmptyLine) row += 1
    start = at + 1
  }
}
