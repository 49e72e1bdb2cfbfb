// This file alone imports csv-parse.

import { CsvError, parse as parseCsv } from 'csv-parse/sync'
import { createDiagnostic, type Diagnostic } from '../model/diagnostic.js'
import type { JsonObject } from '../model/json.js'
import type { Range, Source } from '../model/source.js'

export interface CsvTable {
  readonly columns: readonly string[]
  /** One object for each row; every cell is text. */
  readonly rows: readonly JsonObject[]
}

/** A list with a header row. Quotes, BOM and CRLF are as usual; empty lines are skipped. */
export function readCsv(source: Source): CsvTable | Diagnostic {
  try {
    const records = parseCsv(source.text, { bom: true, skip_empty_lines: true, relax_column_count: true })
    const [columns, ...rows] = records as string[][]
    if (columns === undefined) return complain(source, 'This file has no header row.', { row: 0, column: 0 })
    return checkHeader(source, columns) ?? readRows(source, columns, rows)
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = Number((error as { lines?: number }).lines ?? 1)
    return createDiagnostic('data/csv', `${error.message.replace(/\.$/, '')}.`, {
      range: lineRange(source, line),
    })
  }
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

function readRows(
  source: Source,
  columns: readonly string[],
  rows: readonly string[][],
): CsvTable | Diagnostic {
  const bad = rows.findIndex((row) => row.length !== columns.length)
  if (bad >= 0) {
    const message = `This row has ${rows[bad]!.length} cells, and the header ${columns.length}.`
    return complain(source, message, { row: bad + 1, column: 0 })
  }
  const toObject = (row: string[]): JsonObject =>
    Object.fromEntries(columns.map((name, index) => [name, row[index]!]))
  return { columns, rows: rows.map(toObject) }
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
  let start = 0
  for (let each = 1; each < line; each += 1) start = source.text.indexOf('\n', start) + 1
  const end = source.text.indexOf('\n', start)
  return { source: source.path, start, end: end < 0 ? source.text.length : end }
}

/** Where a cell stands. Only a complaint about it asks, so the file is read again instead of remembered. */
export function locateCell(source: Source, cell: Cell): Range {
  const { text } = source
  let row = 0
  let column = 0
  let start = text.startsWith('\ufeff') ? 1 : 0
  let isQuoted = false
  for (let at = start; at <= text.length; at += 1) {
    const character = text[at] ?? '\n'
    if (character === '"') isQuoted = !isQuoted
    if (isQuoted || (character !== ',' && character !== '\n')) continue
    const end = character === '\n' && text[at - 1] === '\r' ? at - 1 : at
    if (row === cell.row && column === cell.column) return { source: source.path, start, end }
    const isEmptyLine = character === '\n' && column === 0 && end === start
    column = character === ',' ? column + 1 : 0
    if (character === '\n' && !isEmptyLine) row += 1
    start = at + 1
  }
  return { source: source.path, start: 0, end: 0 }
}
