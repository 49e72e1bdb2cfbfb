// Diagnostics for people, machines, GitHub and code scanning, and the help that every code has.

import type { Diagnostic, RelatedPlace } from '../../model/diagnostics/diagnostic.js'
import type { Sources } from '../../model/language/sources.js'
import { plural } from '../../model/words/count.js'
import { formatCodeframe, placeOf } from '../text/codeframe.js'
import { type Look, paint, showText, wrapText } from '../text/paint.js'

export const shownDiagnostics = 20

/** Errors first, then warnings; the first twenty in full, the rest counted. */
export function formatDiagnostics(diagnostics: readonly Diagnostic[], sources: Sources, look: Look): string {
  if (diagnostics.length === 0) return ''
  const sorted = sortDiagnostics(diagnostics)
  const shown = sorted
    .slice(0, shownDiagnostics)
    .map((diagnostic) => formatDiagnostic(diagnostic, sources, look))
  return `${shown.join('\n\n')}\n\n${formatCounts(sorted, look)}\n`
}

export const sortDiagnostics = (diagnostics: readonly Diagnostic[]): readonly Diagnostic[] =>
  diagnostics.toSorted((left, right) => weight(left) - weight(right))

const weight = (diagnostic: Diagnostic): number => (diagnostic.severity === 'error' ? 0 : 1)

function formatCounts(diagnostics: readonly Diagnostic[], look: Look): string {
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 'error').length
  const warnings = diagnostics.length - errors
  const parts = [
    errors > 0 ? paint(look, 'red', plural(errors, 'error')) : '',
    warnings > 0 ? paint(look, 'yellow', plural(warnings, 'warning')) : '',
  ]
  const hidden = diagnostics.length - shownDiagnostics
  const more = hidden > 0 ? `; ${hidden} not shown here (--format json has all)` : ''
  return `${parts.filter((part) => part !== '').join(', ')}${more}`
}

export function formatDiagnostic(diagnostic: Diagnostic, sources: Sources, look: Look): string {
  const { severity, code, message, range, hint } = diagnostic
  const title = paint(look, severity === 'error' ? 'red' : 'yellow', `${severity}[${code}]`)
  const lead = severity.length + code.length + 4
  const lines = [`${title}: ${paint(look, 'bold', wrapText(showText(message), look.columns, '  ', lead))}`]
  if (range !== undefined) lines.push(formatPlace(range, sources, look))
  if (diagnostic.address !== undefined) {
    const pointer = diagnostic.pointer ? ` at ${showText(diagnostic.pointer)}` : ''
    lines.push(note(`in the call ${showText(diagnostic.address)}${pointer}`, look))
  }
  for (const variable of diagnostic.origin?.variables ?? []) {
    const place =
      variable.range === undefined ? '' : ` at ${placeOf(variable.range, sources.get(variable.range.source))}`
    lines.push(note(`\`${showText(variable.name)}\` comes from ${variable.level}${place}`, look))
  }
  for (const related of diagnostic.related ?? []) lines.push(formatRelated(related, sources, look))
  if (hint !== undefined)
    lines.push(note(paint(look, 'cyan', wrapText(showText(hint), look.columns - 4, '    ')), look))
  return lines.join('\n')
}

function formatPlace(range: NonNullable<Diagnostic['range']>, sources: Sources, look: Look): string {
  const text = sources.get(range.source)
  const place = `${paint(look, 'blue', '-->')} ${placeOf(range, text)}`
  const frame = text === undefined ? '' : formatCodeframe(range, text, look)
  return frame === '' ? place : `${place}\n${frame}`
}

const formatRelated = (related: RelatedPlace, sources: Sources, look: Look): string =>
  note(`${related.message}: ${placeOf(related.range, sources.get(related.range.source))}`, look)

const note = (text: string, look: Look): string => `  ${paint(look, 'blue', '=')} ${text}`
