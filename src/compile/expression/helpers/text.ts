import type { JsonValue } from '../../../model/json.js'
import { HelperProblem, joinLists, joinTexts, replaceText } from '../helper-results.js'
import { any, type Helpers, list, orNull, text, textOf } from './helper.js'

/** Making text of text. */
export const textHelpers: Helpers = {
  upper: {
    parameters: [text('text')],
    meaning: 'The text in capitals, the same in every locale.',
    example: ['{{upper "abc"}}', 'ABC'],
    run: (value) => (value as string).toUpperCase(),
  },
  lower: {
    parameters: [text('text')],
    meaning: 'The text in small letters, the same in every locale.',
    example: ['{{lower "ABC"}}', 'abc'],
    run: (value) => (value as string).toLowerCase(),
  },
  trim: {
    parameters: [text('text')],
    meaning: 'The text without white space at its ends.',
    example: ['{{trim " a "}}', 'a'],
    run: (value) => (value as string).trim(),
  },
  replace: {
    parameters: [text('text'), text('from'), text('to')],
    meaning: 'The text with every occurrence of one text replaced by another; no patterns.',
    example: ['{{replace "a.b.c" "." "-"}}', 'a-b-c'],
    run: (value, from, to) => replaceText(value as string, from as string, to as string),
  },
  split: {
    parameters: [text('text'), text('separator')],
    meaning: 'The list of the parts of a text.',
    example: ['{{split "a,b" ","}}', ['a', 'b']],
    run: (value, separator) => (value as string).split(separator as string),
  },
  join: {
    parameters: [list('list'), text('separator')],
    meaning: 'The texts and numbers of a list as one text.',
    example: ['{{join (split "a,b" ",") " and "}}', 'a and b'],
    run: (values, separator) =>
      joinTexts(
        (values as JsonValue[]).map((each, index) => asText(each, 0, [index])),
        separator as string,
      ),
  },
  concat: {
    parameters: [{ name: 'value', type: 'text or list' }],
    isVariadic: true,
    meaning: 'Texts as one text, or lists as one list.',
    example: ['{{concat "a" "b"}}', 'ab'],
    run: (...values) =>
      values.every(Array.isArray)
        ? joinLists(values as JsonValue[][])
        : joinTexts(
            values.map((each, argument) => asText(orNull(each), argument, [])),
            '',
          ),
  },
  json: {
    parameters: [any('value')],
    readsDeep: true,
    meaning: 'The value as JSON text.',
    example: ['{{json "a\\"b"}}', '"a\\"b"'],
    run: (value) => JSON.stringify(value),
  },
}

function asText(value: JsonValue, argument: number, path: readonly number[]): string {
  const found = textOf(value)
  if (found !== undefined) return found
  const place = { argument, start: 0, end: 0 }
  throw new HelperProblem('only texts, numbers and booleans can be joined', { place, path })
}
