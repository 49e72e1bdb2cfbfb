// This file alone imports csv-parse. It is loaded by `require` where a list with quotes is first read.

import { CsvError, parse as parseCsv } from 'csv-parse/sync'
import type { JsonObject } from '../model/json.js'
import type { RowReader } from './csv.js'

/** What the parser has against a text. */
export interface QuotingFault {
  readonly code: string
  /** The parser's own. */
  readonly words: string
  /** Counted from 1. */
  readonly line: number
}

/** Rows as `reader` takes them. */
export function parseQuoted(text: string, reader: RowReader): JsonObject[] | QuotingFault {
  try {
    return parseCsv(text, {
      bom: true,
      skip_empty_lines: true,
      relax_column_count: true,
      // Any of them anywhere: by itself the parser goes by the first one that it meets.
      record_delimiter: ['\r\n', '\n', '\r'],
      // Its types know no other records than it reads itself.
      on_record: reader.take as unknown as (cells: string[]) => string[] | null,
    }) as unknown as JsonObject[]
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    return { code: error.code, words: error.message, line: Number((error as { lines?: number }).lines ?? 1) }
  }
}
