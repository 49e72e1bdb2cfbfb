import type { Diagnostic } from '../../model/diagnostics/diagnostic.js'
import type { Range } from '../../model/language/source.js'
import type { Sources } from '../../model/language/sources.js'
import { showText } from '../text/paint.js'
import { Positions } from '../text/positions.js'
import { sortDiagnostics } from './diagnostics-text.js'

/**
 * Diagnostics as annotations of a GitHub workflow, one line each. `folder` leads from the repository to the
 * workspace, since GitHub wants paths of the repository.
 */
export const formatAnnotations = (
  diagnostics: readonly Diagnostic[],
  sources: Sources,
  folder: string,
): string => {
  const positions = new Positions(sources)
  return sortDiagnostics(diagnostics)
    .map((diagnostic) => `${formatAnnotation(diagnostic, positions, folder)}\n`)
    .join('')
}

function formatAnnotation(diagnostic: Diagnostic, positions: Positions, folder: string): string {
  const properties = { ...placeProperties(diagnostic.range, positions, folder), title: diagnostic.code }
  const list = Object.entries(properties).map(
    ([name, value]) => `${name}=${escapeProperty(showText(String(value)))}`,
  )
  return `::${diagnostic.severity} ${list.join(',')}::${escapeData(messageOf(diagnostic, positions))}`
}

function placeProperties(range: Range | undefined, positions: Positions, folder: string): object {
  if (range === undefined) return {}
  const file = joinPath(folder, range.source)
  const from = positions.of(range.source, range.start)
  const to = positions.of(range.source, range.end)
  if (from === undefined || to === undefined) return { file }
  const lines = { file, line: from.line, endLine: to.line }
  // GitHub takes columns only within one line.
  return from.line === to.line ? { ...lines, col: from.column, endColumn: to.column } : lines
}

export const joinPath = (folder: string, path: string): string => (folder === '' ? path : `${folder}/${path}`)

function messageOf(
  { message, address, pointer, origin, related, hint }: Diagnostic,
  positions: Positions,
): string {
  const place = (range: Range) => positions.format(range)
  const lines = [
    message,
    ...(address === undefined ? [] : [`In the call ${address}${pointer ? ` at ${pointer}` : ''}.`]),
    ...(origin?.variables ?? []).map(
      ({ name, level, range }) => `\`${name}\` comes from ${level}${range ? ` at ${place(range)}` : ''}.`,
    ),
    ...(related ?? []).map((each) => `${each.message}: ${place(each.range)}`),
    ...(hint === undefined ? [] : [hint]),
  ]
  return lines.map(showText).join('\n')
}

/** No text of a user's can begin a line, and so no other workflow command. */
const escapeData = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')

const escapeProperty = (text: string): string =>
  escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
