// What counts as true, and text that only looks as if it did not.

import { HelperProblem } from './helper-results.js'
import type { Value } from './helpers/helper.js'

/**
 * True as `#if` sees it: not false, null, zero, empty text, an empty list, or unset. Text that spells a boolean is a
 * HelperProblem: a cell `no` is text, and would ring whom it is to leave out.
 */
export function isTruthy(value: Value, argument = 0): boolean {
  if (typeof value === 'string' && spellsBoolean(value)) {
    throw new HelperProblem('this is text that spells a boolean, and text counts as true whatever it says', {
      code: 'expression/truth',
      place: { argument, start: 0, end: value.length },
      hint: 'Compare it, such as `eq p.oncall "true"`, or read it: `bool p.oncall`.',
    })
  }
  return Array.isArray(value) ? value.length > 0 : Boolean(value)
}

/** Also in quotes, with a sign behind it, as a formula, and as the decimal that a column with gaps is written in. */
function spellsBoolean(text: string): boolean {
  if (readBoolean(text) !== undefined) return true
  const bare = text.trim().replace(/^[='"‘’“”]+|(?:\(\))?['"‘’“”.,;!]*$/g, '')
  return readBoolean(bare) !== undefined || /^[01][.,]0+$/.test(bare)
}

/** A boolean as people, spreadsheets and databases write it, in any letter case; undefined for other text. */
export function readBoolean(text: string): boolean | undefined {
  const word = text.replace(invisible, '').trim().normalize('NFKC').toLowerCase()
  return trueWords.has(word) ? true : falseWords.has(word) ? false : undefined
}

/** Marks of writing direction and of width nothing, which a copied cell may have. */
const invisible = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g

/** The first of each are English; the others are what spreadsheets write where the same cell is a boolean. */
const trueWords: ReadonlySet<string> = new Set([
  ...['true', 'yes', 'on', '1', 'y', 't'],
  ...['wahr', 'vrai', 'verdadero', 'vero', 'verdadeiro', 'waar', 'sand', 'sann', 'sant', 'prawda'],
])
const falseWords: ReadonlySet<string> = new Set([
  ...['false', 'no', 'off', '0', 'n', 'f'],
  ...['falsch', 'faux', 'falso', 'onwaar', 'falsk', 'usann', 'falskt', 'fałsz'],
])
