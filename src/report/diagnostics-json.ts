import type { Diagnostic } from '../model/diagnostic.js'
import type { Range } from '../model/source.js'
import { positionOf } from './codeframe.js'
import { type Sources, sortDiagnostics } from './diagnostics-text.js'
import { writeJson } from './json-text.js'

/** Diagnostics for machines: offsets, and lines and columns from 1. */
export const describeDiagnostics = (
  diagnostics: readonly Diagnostic[],
  sources: Sources,
): readonly object[] =>
  sortDiagnostics(diagnostics).map((diagnostic) => describeDiagnostic(diagnostic, sources))

function describeDiagnostic(diagnostic: Diagnostic, sources: Sources): object {
  const { code, severity, message, range, address, pointer, origin, related, hint } = diagnostic
  return {
    code,
    severity,
    message,
    ...(range !== undefined && { place: describeRange(range, sources) }),
    ...(address !== undefined && { address }),
    ...(pointer !== undefined && { pointer }),
    ...(origin !== undefined && {
      origin: {
        place: describeRange(origin.range, sources),
        variables: origin.variables.map(({ name, level, range: place }) => ({
          name,
          level,
          ...(place !== undefined && { place: describeRange(place, sources) }),
        })),
      },
    }),
    ...(related !== undefined && {
      related: related.map((each) => ({ message: each.message, place: describeRange(each.range, sources) })),
    }),
    ...(hint !== undefined && { hint }),
  }
}

export function describeRange(range: Range, sources: Sources): object {
  const text = sources.get(range.source)
  const { source: file, start, end } = range
  if (text === undefined) return { file }
  const from = positionOf(text, start)
  const to = positionOf(text, end)
  return { file, line: from.line, column: from.column, endLine: to.line, endColumn: to.column, start, end }
}

/** One JSON document for stdout. */
export const formatJson = (document: object): string => `${writeJson({ formatVersion: 1, ...document }, 2)}\n`
