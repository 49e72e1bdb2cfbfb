import { createDiagnostic, type Diagnostic } from '../model/diagnostic.js'
import type { JsonObject, JsonValue } from '../model/json.js'
import type { Range, Source } from '../model/source.js'
import type { QuotingFault } from './quoted-csv.js'

export interface CsvTable {
  readonly columns: readonly string[]
  /** One object for each row; every cell is text. */
  readonly rows: readonly JsonObject[]
}

/** A list with a header row. Quotes, BOM and CRLF are as usual; empty lines are skipped. */
export function readCsv(source: Source): CsvTable | Diagnostic {
  const reader = new RowReader()
  const rows = source.text.includes('"')
    ? loadParser().parseQuoted(source.text, reader)
    : splitUnquoted(source.text, reader)
  if ('code' in rows) return describeFault(source, rows)
  const { columns, bad } = reader
  if (columns === undefined) return complain(source, 'This file has no header row.', { row: 0, column: 0 })
  const fault = checkHeader(source, columns)
  if (fault !== undefined) return fault
  return bad === undefined ? { columns, rows } : wrongLength(source, bad, columns)
}

/** Only quotes need it. */
const loadParser = () => require('./quoted-csv.js') as typeof import('./quoted-csv.js')

/** Most lists have no quotes, and need no parser. Exported for a test: it reads them as the parser does. */
export function splitUnquoted(text: string, reader: RowReader): JsonObject[] {
  const rows: JsonObject[] = []
  const ends = /[\r\n]|$/g
  for (let start = text.startsWith('\ufeff') ? 1 : 0; start < text.length; start = ends.lastIndex) {
    ends.lastIndex = start
    const end = ends.exec(text)!.index
    const row = end === start ? null : reader.take(text.slice(start, end).split(','))
    if (row !== null) rows.push(row)
    ends.lastIndex = end + 1
  }
  return rows
}

const quotingHint = 'Put the whole cell in quotes, and write each quote inside twice.'
const faults: Partial<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'The quote that opens this cell is not closed.',
  CSV_INVALID_CLOSING_QUOTE: 'Text follows the closing quote of a cell.',
  INVALID_OPENING_QUOTE: 'A quote stands inside a cell that does not begin with one.',
}

function describeFault(source: Source, { code, words, line }: QuotingFault): Diagnostic {
  const message = faults[code] ?? `${words.replace(/\.$/, '')}.`
  // Where a quote is not closed, all that follows is one cell: the last.
  const range =
    code === 'CSV_QUOTE_NOT_CLOSED'
      ? lineAt(source, [...cellsOf(source.text)].at(-1)!.start)
      : lineRange(source, line)
  return createDiagnostic('data/csv', message, { range, hint: quotingHint })
}

const forbiddenColumns = new Set(['__proto__', 'constructor', 'prototype'])

function checkHeader(source: Source, columns: readonly string[]): Diagnostic | undefined {
  const bad = columns.findIndex((name, index) => {
    return name === '' || forbiddenColumns.has(name) || columns.indexOf(name) !== index
  })
  if (bad < 0) return undefined
  const message = `The header \`${columns[bad]}\` is empty, not allowed or stands twice.`
  return complain(source, message, { row: 0, column: bad })
}

interface WrongRow {
  /** Counted with the header. */
  readonly row: number
  readonly length: number
}

/** Turns each row into an object as soon as it is read, so that long lists are not kept twice. */
export class RowReader {
  columns: readonly string[] | undefined
  /** The first row that is not as long as the header. */
  bad: WrongRow | undefined
  #count = 0

  /** The parser leaves out what is null. */
  readonly take = (cells: readonly string[]): JsonObject | null => {
    const row = this.#count
    this.#count += 1
    if (this.columns === undefined) {
      this.columns = cells
      return null
    }
    if (cells.length !== this.columns.length) {
      this.bad ??= { row, length: cells.length }
      return null
    }
    const object: Record<string, JsonValue> = {}
    for (let index = 0; index < cells.length; index += 1) object[this.columns[index]!] = cells[index]!
    return object
  }
}

function wrongLength(source: Source, { row, length }: WrongRow, columns: readonly string[]): Diagnostic {
  const message = `This row has ${length} cells, and the header ${columns.length}.`
  return complain(source, message, { row, column: 0 })
}

interface Cell {
  /** 0 is the header. */
  readonly row: number
  readonly column: number
}

function complain(source: Source, message: string, cell: Cell): Diagnostic {
  return createDiagnostic('data/csv', message, { range: locateCell(source, cell) })
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

/** Where a cell stands. Only a complaint about it asks, so the file is read again instead of remembered. */
export function locateCell(source: Source, cell: Cell): Range {
  for (const { row, column, start, end } of cellsOf(source.text))
    if (row === cell.row && column === cell.column) return { source: source.path, start, end }
  return { source: source.path, start: 0, end: 0 }
}

/** Every cell with its place, quotes included. Empty lines are no rows. */
function* cellsOf(text: string): Generator<Cell & { start: number; end: number }> {
  let row = 0
  let column = 0
  let start = text.startsWith('\ufeff') ? 1 : 0
  let isQuoted = false
  for (let at = start; at <= text.length; at += 1) {
    const character = at === text.length ? '\n' : text[at]!
    if (character === '"') isQuoted = !isQuoted
    const isLast = character === '\n' || character === '\r'
    if (at < text.length && (isQuoted || (character !== ',' && !isLast))) continue
    const isEmptyLine = isLast && column === 0 && at === start
    if (!isEmptyLine) yield { row, column, start, end: at }
    column = isLast ? 0 : column + 1
    if (isLast && !isEmptyLine) row += 1
    start = at + 1
  }
}
