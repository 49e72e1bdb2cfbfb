// This file alone imports csv-parse. It is loaded by `require` where a list with quotes is first read.

import { CsvError, parse as parseCsv } from 'csv-parse/sync'
import type { JsonObject } from '../../model/json.js'
import {
  createRow,
  isFitting,
  type Layout,
  namedColumns,
  RowCounter,
  type SplitList,
} from './unquoted-csv.js'

/** What the parser has against a text. */
export interface QuotingFault {
  readonly code: string
  /** The parser's own. */
  readonly words: string
  /** Counted from 1. */
  readonly line: number
}

export function parseQuoted(text: string, { separator, start }: Layout): SplitList | QuotingFault {
  const reader = new RowReader()
  try {
    const rows = parseCsv(text.slice(start), {
      delimiter: separator,
      skip_empty_lines: true,
      relax_column_count: true,
      // Any of them anywhere: by itself the parser goes by the first one that it meets.
      record_delimiter: ['\r\n', '\n', '\r'],
      // Its types know no other records than it reads itself.
      on_record: reader.take as unknown as (cells: string[]) => string[] | null,
    }) as unknown as JsonObject[]
    const { columns, counter } = reader
    const count = counter?.count ?? 0
    return { columns, bad: counter?.bad, count, rows: () => rows.slice(0, count) }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    return { code: error.code, words: error.message, line: Number((error as { lines?: number }).lines ?? 1) }
  }
}

/** Turns each row into an object as soon as it is read, so that long lists are not kept twice. */
class RowReader {
  columns: readonly string[] | undefined
  counter: RowCounter | undefined

  /** The parser leaves out what is null. */
  readonly take = (cells: readonly string[]): JsonObject | null => {
    if (this.columns === undefined) {
      this.columns = namedColumns(cells)
      this.counter = new RowCounter(this.columns.length)
      return null
    }
    const fits = isFitting(cells, this.columns.length)
    this.counter!.add(
      fits ? this.columns.length : cells.length,
      cells.every((cell) => cell.trim() === ''),
    )
    return fits ? createRow(this.columns, cells) : null
  }
}
