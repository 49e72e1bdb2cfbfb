import type { Diagnostic } from '../model/diagnostics/diagnostic.js'
import { maskName, maskNumber } from '../model/mask.js'
import type { Replacement } from './replace-texts.js'
import type { Revision } from './revision.js'

/**
 * Texts that a complaint may quote of a file although no payload came of them, so that no schema marks them: the first
 * row of a list without a header, the name of a call that is none. Words that are plain names of keys are left out.
 */
export function findQuotedTexts(revisions: readonly Revision[]): readonly Replacement[] {
  const texts = new Set<string>()
  for (const { diagnostics, dataFiles, sources } of revisions) {
    if (diagnostics.length === 0) continue
    const files = new Set([...dataFiles, ...diagnostics.flatMap(({ range }) => range?.source ?? [])])
    for (const file of files) for (const text of pieces(sources.get(file) ?? '')) texts.add(text)
  }
  return [...texts].map((text) => ({ text, by: isNumber(text) ? maskNumber(text) : maskName(text) }))
}

/** In complaints, what is quoted stands between backticks. */
export const replaceQuoted = (
  { message, hint, ...rest }: Diagnostic,
  replace: (text: string) => string,
): Diagnostic => {
  const inQuotes = (text: string): string => text.replace(/`[^`]*`/g, (quoted) => replace(quoted))
  return { ...rest, message: inQuotes(message), ...(hint !== undefined && { hint: inQuotes(hint) }) }
}

/** Cells and values, as far as marks tell them apart; without quotes around them. */
const pieces = (source: string): readonly string[] =>
  source
    .split(/[\r\n\t,;:|"[\]{}`]/)
    .map((piece) => piece.trim().replace(/^(?:- |')+|'$/g, ''))
    .filter((piece) => isNumber(piece) || !/^[\w.@/#$%?&=<>*!~^-]*$/.test(piece))

const isNumber = (text: string): boolean => /^\+?[\d ().-]{7,}$/.test(text) && /\d{3}/.test(text)
