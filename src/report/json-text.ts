import { logCommand, unsafe } from './paint.js'

/**
 * JSON that is inert wherever it is read: what a terminal, an agent's log or a page of HTML would act on is escaped. The
 * value is the same.
 */
export const writeJson = (value: unknown, space?: number): string =>
  JSON.stringify(value, null, space)
    .replace(unsafe, (character) => (character === '\n' ? character : escapeUnits(character)))
    .replace(logCommand, escapeUnits)
    .replace(/<(?=[/!])/g, escapeUnits)

const escapeUnits = (text: string): string =>
  text.replace(/./gs, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
