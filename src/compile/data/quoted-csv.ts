// This file alone imports csv-parse. It is loaded by `require` where a list with quotes is first read.

import { CsvError, parse as parseCsv } from 'csv-parse/sync'
import type { JsonObject } from '../../model/json.js'
import { createRow, type SplitList, type WrongRow } from './unquoted-csv.js'

/** What the parser has against a text. */
export interface QuotingFault {
  readonly code: string
  /** The parser's own. */
  readonly words: string
  /** Counted from 1. */
  readonly line: number
}

export function parseQuoted(text: string): SplitList | QuotingFault {
  const reader = new RowReader()
  try {
    const rows = parseCsv(text, {
      bom: true,
      skip_empty_lines: true,
      relax_column_count: true,
      // Any of them anywhere: by itself the parser goes by the first one that it meets.
      record_delimiter: ['\r\n', '\n', '\r'],
      // Its types know no other records than it reads itself.
      on_record: reader.take as unknown as (cells: string[]) => string[] | null,
    }) as unknown as JsonObject[]
    return { columns: reader.columns, bad: reader.bad, count: rows.length, rows: () => rows }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    return { code: error.code, words: error.message, line: Number((error as { lines?: number }).lines ?? 1) }
  }
}

/** Turns each row into an object as soon as it is read, so that long lists are not kept twice. */
class RowReader {
  columns: readonly string[] | undefined
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
    if (cells.length === this.columns.length) return createRow(this.columns, cells)
    this.bad ??= { row, length: cells.length }
    return null
  }
}
