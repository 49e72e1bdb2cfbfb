// Most lists have no quotes, and need no parser. Rows are made as they are asked for, so that long lists are not held.

import type { JsonObject, JsonValue } from '../../model/json.js'

/** A list as it stands. */
export interface SplitList {
  /** Undefined where there is no header row. */
  readonly columns: readonly string[] | undefined
  /** The first row that is not as long as the header. */
  readonly bad: WrongRow | undefined
  /** Of rows as long as the header; so are those that `rows` has. */
  readonly count: number
  rows(): Iterable<JsonObject>
}

export interface WrongRow {
  /** Counted with the header. */
  readonly row: number
  readonly length: number
}

/** Reads a text without quotes as csv-parse does. */
export function splitUnquoted(text: string): SplitList {
  const lines = linesOf(text)
  const header = lines.next()
  if (header.done === true) return { columns: undefined, bad: undefined, count: 0, rows: () => [] }
  const columns = header.value.split(',')
  let row = 0
  let count = 0
  let bad: WrongRow | undefined
  for (const line of lines) {
    row += 1
    const length = countCells(line)
    if (length === columns.length) count += 1
    else bad ??= { row, length }
  }
  return { columns, bad, count, rows: () => rowsOf(text, columns) }
}

function* rowsOf(text: string, columns: readonly string[]): Generator<JsonObject> {
  const lines = linesOf(text)
  lines.next()
  for (const line of lines) {
    const cells = line.split(',')
    if (cells.length === columns.length) yield createRow(columns, cells)
  }
}

export function createRow(columns: readonly string[], cells: readonly string[]): JsonObject {
  const row: Record<string, JsonValue> = {}
  for (let index = 0; index < cells.length; index += 1) row[columns[index]!] = cells[index]!
  return row
}

/** Those that are not empty. */
function* linesOf(text: string): Generator<string, undefined> {
  const ends = /[\r\n]|$/g
  for (let start = text.startsWith('\ufeff') ? 1 : 0; start < text.length; start = ends.lastIndex) {
    ends.lastIndex = start
    const end = ends.exec(text)!.index
    if (end > start) yield text.slice(start, end)
    ends.lastIndex = end + 1
  }
}

function countCells(line: string): number {
  let count = 1
  for (let at = line.indexOf(','); at >= 0; at = line.indexOf(',', at + 1)) count += 1
  return count
}
