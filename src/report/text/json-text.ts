import { logCommand, unsafe } from './paint.js'

/**
 * JSON that is inert wherever it is read: what a terminal, an agent's log or a page of HTML would act on is escaped. The
 * value is the same.
 */
export function writeJson(value: unknown, space?: number): string {
  return makeInert(JSON.stringify(value, null, space))
}

/** The same for JSON that is written already. */
export const makeInert = (text: string): string => (isPlainlyInert(text) ? text : escapeText(text))

/** A cheap look that most texts pass: printable ASCII in which no command or tag could begin. */
const isPlainlyInert = (text: string): boolean =>
  !/[^\n -~]/.test(text) && !['##', '::', '</', '<!'].some((start) => text.includes(start))

/** Escapes wherever it must. Exported for a test: what `isPlainlyInert` lets pass, this leaves alone. */
export const escapeText = (text: string): string =>
  text
    .replace(unsafe, (character) => (character === '\n' ? character : escapeUnits(character)))
    .replace(logCommand, escapeUnits)
    .replace(/<(?=[/!])/g, escapeUnits)

const escapeUnits = (text: string): string =>
  text.replace(/./gs, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
