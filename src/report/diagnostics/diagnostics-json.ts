import type { Diagnostic } from '../../model/diagnostics/diagnostic.js'
import type { Range } from '../../model/language/source.js'
import type { Sources } from '../../model/language/sources.js'
import { writeJson } from '../text/json-text.js'
import { Positions } from '../text/positions.js'
import { sortDiagnostics } from './diagnostics-text.js'

/** Diagnostics for machines: offsets, and lines and columns from 1. */
export const describeDiagnostics = (
  diagnostics: readonly Diagnostic[],
  sources: Sources,
): readonly object[] => listDiagnostics(diagnostics, new Positions(sources))

/** The same, in a report that describes other places too. */
export const listDiagnostics = (
  diagnostics: readonly Diagnostic[],
  positions: Positions,
): readonly object[] =>
  sortDiagnostics(diagnostics).map((diagnostic) => describeDiagnostic(diagnostic, positions))

function describeDiagnostic(diagnostic: Diagnostic, positions: Positions): object {
  const { code, severity, message, range, address, pointer, origin, related, hint } = diagnostic
  return {
    code,
    severity,
    message,
    ...(range !== undefined && { place: describeRange(range, positions) }),
    ...(address !== undefined && { address }),
    ...(pointer !== undefined && { pointer }),
    ...(origin !== undefined && {
      origin: {
        place: describeRange(origin.range, positions),
        variables: origin.variables.map(({ name, level, range: place }) => ({
          name,
          level,
          ...(place !== undefined && { place: describeRange(place, positions) }),
        })),
      },
    }),
    ...(related !== undefined && {
      related: related.map((each) => ({
        message: each.message,
        place: describeRange(each.range, positions),
      })),
    }),
    ...(hint !== undefined && { hint }),
  }
}

export function describeRange(range: Range, positions: Positions): object {
  const { source: file, start, end } = range
  const from = positions.of(file, start)
  const to = positions.of(file, end)
  if (from === undefined || to === undefined) return { file }
  return { file, line: from.line, column: from.column, endLine: to.line, endColumn: to.column, start, end }
}

/** One JSON document for stdout. */
export const formatJson = (document: object): string => `${writeJson({ formatVersion: 1, ...document }, 2)}\n`
