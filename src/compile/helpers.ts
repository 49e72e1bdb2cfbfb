import type { JsonValue } from '../model/json.js'
import { isJsonObject } from '../model/json.js'
import { HelperProblem, joinLists, joinTexts, replaceText } from './helper-results.js'

/** A pure function that expressions may call. A workspace cannot add any. */
export interface Helper {
  readonly parameters: readonly Parameter[]
  /** Whether the last parameter may be repeated. */
  readonly isVariadic?: true
  readonly meaning: string
  /** An expression and the value that it yields. */
  readonly example: readonly [string, JsonValue]
  /** Gets `undefined` for an argument that is not set, where its parameter accepts that. */
  run(...values: readonly Value[]): JsonValue
}

export type Value = JsonValue | undefined

export interface Parameter {
  readonly name: string
  readonly type: ParameterType
  /** Whether a value that is not set may stand here. */
  readonly mayBeUnset?: true
}

export type ParameterType = 'any' | 'text' | 'number' | 'list' | 'text or list' | 'text or number'

const any = (name: string): Parameter => ({ name, type: 'any' })
const optional = (name: string): Parameter => ({ name, type: 'any', mayBeUnset: true })
const text = (name: string): Parameter => ({ name, type: 'text' })
const list = (name: string): Parameter => ({ name, type: 'list' })
const textOrNumber = (name: string): Parameter => ({ name, type: 'text or number' })

/** Handlebars' own blocks that callctl runs. */
export const builtInBlocks: readonly string[] = ['if', 'unless', 'each', 'with']

const helpers: Readonly<Record<string, Helper>> = {
  default: {
    parameters: [optional('value'), optional('fallback')],
    meaning: 'The value, or the fallback when it is not set, null or empty text.',
    example: ['{{default "" "Ada"}}', 'Ada'],
    run: (value, fallback) => (isBlank(value) ? orNull(fallback) : orNull(value)),
  },
  coalesce: {
    parameters: [optional('value')],
    isVariadic: true,
    meaning: 'The first value that is set and neither null nor empty text; null when there is none.',
    example: ['{{coalesce null "" "b" "c"}}', 'b'],
    run: (...values) => orNull(values.find((value) => !isBlank(value))),
  },
  eq: {
    parameters: [optional('left'), optional('right')],
    meaning: 'Whether both are the same value, type included.',
    example: ['{{eq 1 "1"}}', false],
    run: (left, right) => isEqual(left, right),
  },
  ne: {
    parameters: [optional('left'), optional('right')],
    meaning: 'Whether the two differ.',
    example: ['{{ne "a" "b"}}', true],
    run: (left, right) => !isEqual(left, right),
  },
  lt: {
    parameters: [textOrNumber('left'), textOrNumber('right')],
    meaning: 'Whether the left number or text comes before the right one; text is compared by code unit.',
    example: ['{{lt 2 10}}', true],
    run: (left, right) => compare(left, right) < 0,
  },
  gt: {
    parameters: [textOrNumber('left'), textOrNumber('right')],
    meaning: 'Whether the left number or text comes after the right one.',
    example: ['{{gt "b" "a"}}', true],
    run: (left, right) => compare(left, right) > 0,
  },
  and: {
    parameters: [optional('value')],
    isVariadic: true,
    meaning: 'Whether all are true in the sense of `#if`.',
    example: ['{{and true "x"}}', true],
    run: (...values) => values.every(isTruthy),
  },
  or: {
    parameters: [optional('value')],
    isVariadic: true,
    meaning: 'Whether one is true in the sense of `#if`.',
    example: ['{{or "" 0}}', false],
    run: (...values) => values.some(isTruthy),
  },
  not: {
    parameters: [optional('value')],
    meaning: 'Whether it is not true in the sense of `#if`.',
    example: ['{{not ""}}', true],
    run: (value) => !isTruthy(value),
  },
  in: {
    parameters: [any('value'), list('list')],
    meaning: 'Whether the list has the value.',
    example: ['{{in "b" (split "a,b" ",")}}', true],
    run: (value, values) => (values as JsonValue[]).some((each) => isEqual(each, value)),
  },
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
    run: (values, separator) => joinTexts((values as JsonValue[]).map(asText), separator as string),
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
            values.map((each) => asText(orNull(each))),
            '',
          ),
  },
  json: {
    parameters: [any('value')],
    meaning: 'The value as JSON text.',
    example: ['{{json "a\\"b"}}', '"a\\"b"'],
    run: (value) => JSON.stringify(value),
  },
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
    run: (values, property) => (values as JsonValue[]).map((each) => propertyOf(each, property as string)),
  },
}

export const helperNames: ReadonlySet<string> = new Set(Object.keys(helpers))

export const findHelper = (name: string): Helper | undefined =>
  helperNames.has(name) ? helpers[name] : undefined

/** True as `#if` sees it: not false, null, zero, empty text, an empty list, or unset. */
export const isTruthy = (value: Value): boolean => (Array.isArray(value) ? value.length > 0 : Boolean(value))

/** Text for a place inside text; undefined for what has no text form. */
export function textOf(value: Value): string | undefined {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}

const isBlank = (value: Value): boolean => value === undefined || value === null || value === ''
const orNull = (value: Value): JsonValue => value ?? null

function asText(value: JsonValue): string {
  const text = textOf(value)
  if (text === undefined) throw new HelperProblem('only texts, numbers and booleans can be joined')
  return text
}

function itemAt(values: readonly JsonValue[], index: number): JsonValue {
  const item = values.at(index)
  if (item === undefined) throw new HelperProblem('the list is empty')
  return item
}

function propertyOf(value: JsonValue, property: string): JsonValue {
  if (isJsonObject(value) && Object.hasOwn(value, property)) return value[property]!
  throw new HelperProblem(`an item has no property \`${property}\``)
}

function compare(left: Value, right: Value): number {
  if (typeof left !== typeof right) throw new HelperProblem('a number and a text cannot be compared')
  return left! < right! ? -1 : left! > right! ? 1 : 0
}

function isEqual(left: Value, right: Value): boolean {
  if (left === right) return true
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false
  if (Array.isArray(left) || Array.isArray(right)) {
    if (!Array.isArray(left) || !Array.isArray(right) || left.length !== right.length) return false
    return left.every((each, index) => isEqual(each, right[index]))
  }
  const [a, b] = [left as Record<string, JsonValue>, right as Record<string, JsonValue>]
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && isEqual(a[key], b[key]))
  )
}
