// What runs in a thread of its own beside a compilation: parses files, the last one first, until there are none left
// that nobody has taken. It reads nothing but what it is given, and complains about nothing.

import { type MessagePort, workerData } from 'node:worker_threads'
import { parse } from '../../compile/yaml/parse.js'
import type { Source } from '../../model/language/source.js'
import { formatParts } from '../../record/cache/document-form.js'
import { marks, takeFile } from './parse-marks.js'

export interface ParseWork {
  readonly sources: readonly Source[]
  readonly shared: Int32Array
  readonly port: MessagePort
}

/** A document as `formatParts` writes it. */
export interface ParsedFile {
  readonly index: number
  readonly parts: string
}

const { sources, shared, port } = workerData as ParseWork

for (let index = sources.length - 1; index >= 0; index -= 1) {
  if (Atomics.load(shared, sources.length) !== marks.free) break
  if (takeFile(shared, index, marks.there)) parseFile(sources[index]!, index)
}
port.close()

function parseFile(source: Source, index: number): void {
  let mark: number = marks.left
  try {
    const { value, diagnostics } = parse(source)
    const parts = value !== undefined && diagnostics.length === 0 ? formatParts(value) : undefined
    if (parts !== undefined) {
      port.postMessage({ index, parts } satisfies ParsedFile)
      mark = marks.parsed
    }
  } finally {
    Atomics.store(shared, index, mark)
    Atomics.notify(shared, index)
  }
}
