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

/** How the cells of a list are parted, and where its header begins. */
export interface Layout {
  readonly separator: string
  readonly start: number
}

/** Reads a text without quotes as csv-parse does; rows of nothing at the end, which spreadsheets leave, are none. */
export function splitUnquoted(text: string, layout: Layout): SplitList {
  const { separator } = layout
  const lines = linesOf(text, layout.start)
  const header = lines.next()
  if (header.done === true) return { columns: undefined, bad: undefined, count: 0, rows: () => [] }
  const columns = namedColumns(header.value.split(separator))
  const counter = new RowCounter(columns.length)
  for (const line of lines) {
    const length = countCells(line, separator)
    const fits = length > columns.length && isFitting(line.split(separator), columns.length)
    counter.add(fits ? columns.length : length, isBlank(line, separator))
  }
  const { bad, count } = counter
  return { columns, bad, count, rows: () => rowsOf(text, layout, columns, count) }
}

/** Without what spreadsheets put behind the last name: separators of columns that were cleared. */
export function namedColumns(header: readonly string[]): readonly string[] {
  const last = header.findLastIndex((name) => name.trim() !== '')
  return last < 0 ? header : header.slice(0, last + 1)
}

/** Whether a row has as many cells as the header; nothing behind the last one is no cell. */
export const isFitting = (cells: readonly string[], width: number): boolean =>
  cells.length === width || (cells.length > width && cells.slice(width).every((cell) => cell.trim() === ''))

/** Counts rows up to the last one that has something in it. */
export class RowCounter {
  count = 0
  bad: WrongRow | undefined
  #row = 0
  #blank: { count: number; bad: WrongRow | undefined } = { count: 0, bad: undefined }

  constructor(private readonly width: number) {}

  add(length: number, isEmpty: boolean): void {
    this.#row += 1
    if (length === this.width) this.#blank.count += 1
    else this.#blank.bad ??= { row: this.#row, length }
    if (isEmpty) return
    this.count += this.#blank.count
    this.bad ??= this.#blank.bad
    this.#blank = { count: 0, bad: undefined }
  }
}

const isBlank = (line: string, separator: string): boolean => line.replaceAll(separator, '').trim() === ''

function* rowsOf(
  text: string,
  { separator, start }: Layout,
  columns: readonly string[],
  count: number,
): Generator<JsonObject> {
  const lines = linesOf(text, start)
  lines.next()
  let left = count
  for (const line of lines) {
    if (left === 0) return
    const cells = line.split(separator)
    if (!isFitting(cells, columns.length)) continue
    left -= 1
    yield createRow(columns, cells)
  }
}

export function createRow(columns: readonly string[], cells: readonly string[]): JsonObject {
  const row: Record<string, JsonValue> = {}
  for (let index = 0; index < columns.length; index += 1) row[columns[index]!] = cells[index]!
  return row
}

/** Those that are not empty. */
function* linesOf(text: string, from: number): Generator<string, undefined> {
  const ends = /[\r\n]|$/g
  for (let start = from; start < text.length; start = ends.lastIndex) {
    ends.lastIndex = start
    const end = ends.exec(text)!.index
    if (end > start) yield text.slice(start, end)
    ends.lastIndex = end + 1
  }
}

function countCells(line: string, separator: string): number {
  let count = 1
  for (let at = line.indexOf(separator); at >= 0; at = line.indexOf(separator, at + 1)) count += 1
  return count
}
