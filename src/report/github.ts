import type { Diagnostic } from '../model/diagnostic.js'
import type { Range } from '../model/source.js'
import { placeOf, positionOf } from './codeframe.js'
import { type Sources, sortDiagnostics } from './diagnostics-text.js'
import { showText } from './paint.js'

/**
 * Diagnostics as annotations of a GitHub workflow, one line each. `folder` leads from the repository to the
 * workspace, since GitHub wants paths of the repository.
 */
export const formatAnnotations = (
  diagnostics: readonly Diagnostic[],
  sources: Sources,
  folder: string,
): string =>
  sortDiagnostics(diagnostics)
    .map((diagnostic) => `${formatAnnotation(diagnostic, sources, folder)}\n`)
    .join('')

function formatAnnotation(diagnostic: Diagnostic, sources: Sources, folder: string): string {
  const properties = { ...placeProperties(diagnostic.range, sources, folder), title: diagnostic.code }
  const list = Object.entries(properties).map(
    ([name, value]) => `${name}=${escapeProperty(showText(String(value)))}`,
  )
  return `::${diagnostic.severity} ${list.join(',')}::${escapeData(messageOf(diagnostic, sources))}`
}

function placeProperties(range: Range | undefined, sources: Sources, folder: string): object {
  if (range === undefined) return {}
  const file = joinPath(folder, range.source)
  const text = sources.get(range.source)
  if (text === undefined) return { file }
  const from = positionOf(text, range.start)
  const to = positionOf(text, range.end)
  const lines = { file, line: from.line, endLine: to.line }
  // GitHub takes columns only within one line.
  return from.line === to.line ? { ...lines, col: from.column, endColumn: to.column } : lines
}

export const joinPath = (folder: string, path: string): string => (folder === '' ? path : `${folder}/${path}`)

function messageOf(
  { message, address, pointer, origin, related, hint }: Diagnostic,
  sources: Sources,
): string {
  const place = (range: Range) => placeOf(range, sources.get(range.source))
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
