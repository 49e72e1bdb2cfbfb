import { isJsonObject, type JsonValue } from '../../../model/json.js'
import { HelperProblem } from '../helper-results.js'
import { type Helpers, list, text } from './helper.js'

/** Reading lists. */
export const listHelpers: Helpers = {
  length: {
    parameters: [{ name: 'value', type: 'text or list' }],
    meaning: 'The number of items of a list, or of characters of a text.',
    example: ['{{length "abc"}}', 3],
    run: (value) => (Array.isArray(value) ? value.length : [...(value as string)].length),
  },
  first: {
    parameters: [list('list')],
    meaning: 'The first item; an empty list is an error.',
    example: ['{{first (split "a,b" ",")}}', 'a'],
    run: (values) => itemAt(values as JsonValue[], 0),
  },
  last: {
    parameters: [list('list')],
    meaning: 'The last item; an empty list is an error.',
    example: ['{{last (split "a,b" ",")}}', 'b'],
    run: (values) => itemAt(values as JsonValue[], -1),
  },
  pluck: {
    parameters: [list('list'), text('property')],
    meaning: 'One property of every object of a list.',
    example: ['{{pluck (split "" "") "id"}}', []],
    run: (values, property) =>
      (values as JsonValue[]).map((each, index) => propertyOf(each, property as string, index)),
  },
}

function itemAt(values: readonly JsonValue[], index: number): JsonValue {
  const item = values.at(index)
  if (item === undefined) throw new HelperProblem('the list is empty')
  return item
}

function propertyOf(value: JsonValue, property: string, index: number): JsonValue {
  if (isJsonObject(value) && Object.hasOwn(value, property)) return value[property]!
  const place = { argument: 0, start: 0, end: 0 }
  throw new HelperProblem(`an item has no property \`${property}\``, { place, path: [index] })
}
