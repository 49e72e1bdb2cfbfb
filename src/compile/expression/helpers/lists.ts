import { quote } from '../../../model/diagnostics/wording.js'
import { isJsonObject, type JsonValue } from '../../../model/json.js'
import { suggestionFor } from '../../../model/words/suggest.js'
import { HelperProblem } from '../helper-results.js'
import { any, type Helpers, list, text, type Value } from './helper.js'

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
  get: {
    parameters: [any('map'), text('key'), { name: 'fallback', type: 'any', isOptional: true }],
    meaning:
      'The value of a map by its key, such as a column whose name no path can have; without a fallback, a key that is not there is an error.',
    example: ['{{get (parseJoinUrl "https://teams.microsoft.com/meet/123") "joinMeetingId"}}', '123'],
    run: (map, key, fallback) => valueAt(map, key as string, fallback),
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

function valueAt(map: Value, key: string, fallback: Value): JsonValue {
  if (!isJsonObject(map)) throw new HelperProblem('the first value is no map')
  if (Object.hasOwn(map, key)) return map[key]!
  if (fallback !== undefined) return fallback
  const hint = suggestionFor(key, Object.keys(map)) ?? 'A third value is what it yields instead.'
  throw new HelperProblem('the map has no such key', {
    place: { argument: 1, start: 0, end: key.length },
    hint,
  })
}

function propertyOf(value: JsonValue, property: string, index: number): JsonValue {
  if (isJsonObject(value) && Object.hasOwn(value, property)) return value[property]!
  const place = { argument: 0, start: 0, end: 0 }
  throw new HelperProblem(quote`an item has no property ${property}`, { place, path: [index] })
}
