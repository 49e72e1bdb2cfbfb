import { isJsonObject, type JsonValue } from '../../../model/json.js'
import { HelperProblem } from '../helper-results.js'
import { isTruthy, readBoolean } from '../truth.js'
import { any, type Helpers, list, orNull, textOrNumber, unset, type Value } from './helper.js'

/** Choosing and comparing. */
export const logicHelpers: Helpers = {
  default: {
    parameters: [unset('value'), unset('fallback')],
    meaning: 'The value, or the fallback when it is not set, null or empty text.',
    example: ['{{default "" "Ada"}}', 'Ada'],
    run: (value, fallback) => (isBlank(value) ? orNull(fallback) : orNull(value)),
  },
  coalesce: {
    parameters: [unset('value')],
    isVariadic: true,
    meaning: 'The first value that is set and neither null nor empty text; null when there is none.',
    example: ['{{coalesce null "" "b" "c"}}', 'b'],
    run: (...values) => orNull(values.find((value) => !isBlank(value))),
  },
  eq: {
    parameters: [unset('left'), unset('right')],
    readsDeep: true,
    meaning: 'Whether both are the same value, type included.',
    example: ['{{eq 1 "1"}}', false],
    run: (left, right) => isEqual(left, right),
  },
  ne: {
    parameters: [unset('left'), unset('right')],
    readsDeep: true,
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
    parameters: [unset('value')],
    isVariadic: true,
    meaning: 'Whether all are true in the sense of `#if`.',
    example: ['{{and true "x"}}', true],
    run: (...values) => values.every((value, index) => isTruthy(value, index)),
  },
  or: {
    parameters: [unset('value')],
    isVariadic: true,
    meaning: 'Whether one is true in the sense of `#if`.',
    example: ['{{or "" 0}}', false],
    run: (...values) => values.some((value, index) => isTruthy(value, index)),
  },
  not: {
    parameters: [unset('value')],
    meaning: 'Whether it is not true in the sense of `#if`.',
    example: ['{{not ""}}', true],
    run: (value) => !isTruthy(value),
  },
  bool: {
    parameters: [any('value')],
    meaning:
      'The boolean that a text spells: true, yes, y, on, 1 or false, no, n, off, 0, in any letter case, also as spreadsheets of other languages write them. Other text is an error.',
    example: ['{{bool "No"}}', false],
    yields: { kind: 'scalar' },
    run: (value) => booleanOf(value),
  },
  in: {
    parameters: [any('value'), list('list')],
    readsDeep: true,
    meaning: 'Whether the list has the value.',
    example: ['{{in "b" (split "a,b" ",")}}', true],
    run: (value, values) => (values as JsonValue[]).some((each) => isEqual(each, value)),
  },
}

function booleanOf(value: Value): boolean {
  if (typeof value === 'boolean') return value
  const found =
    typeof value === 'string' || typeof value === 'number' ? readBoolean(String(value)) : undefined
  if (found !== undefined) return found
  throw new HelperProblem('this is neither true nor false', {
    place: { argument: 0, start: 0, end: String(value).length },
    hint: 'It reads true, yes, on, 1 and false, no, off, 0; compare other words: `eq p.oncall "ja"`. Where it may be empty: `bool (default p.oncall "no")`.',
  })
}

const isBlank = (value: Value): boolean => value === undefined || value === null || value === ''

function compare(left: Value, right: Value): number {
  if (typeof left !== typeof right) throw new HelperProblem('a number and a text cannot be compared')
  return left! < right! ? -1 : left! > right! ? 1 : 0
}

function isEqual(left: Value, right: Value): boolean {
  if (left === right) return true
  if (Array.isArray(left) || Array.isArray(right)) {
    if (!Array.isArray(left) || !Array.isArray(right) || left.length !== right.length) return false
    return left.every((each, index) => isEqual(each, right[index]))
  }
  if (!isJsonObject(left) || !isJsonObject(right)) return false
  const keys = Object.keys(left)
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && isEqual(left[key], right[key]))
  )
}
