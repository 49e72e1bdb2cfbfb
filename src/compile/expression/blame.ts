import { isJsonObject } from '../../model/json.js'
import type { Span } from '../../model/language/source.js'
import { type Blamed, ExpressionProblem } from './expression-problem.js'
import type { Expression } from './expression-tree.js'
import type { HelperProblem } from './helper-results.js'
import type { Value } from './helpers.js'
import type { Sight } from './scope.js'

/**
 * The value that a complaint is about. A list or map that stands where something else is wanted, under a name of its
 * own, is none: the expression is to be changed, and not the list.
 */
export function blame(expression: Expression, value: Value, sight: Sight): Blamed | undefined {
  const isWhole = typeof value === 'object' && value !== null && isPlainName(expression)
  return isWhole ? undefined : { expression, path: [], sight }
}

/** A variable, or an item of one, and no property. */
const isPlainName = (expression: Expression): boolean =>
  expression.kind === 'path' && expression.path.parts.filter((part) => !/^\d+$/.test(part)).length <= 1

/** What a helper complains about: one argument or a value in it; else any that it got. */
export const argumentOf = ({ place, path }: HelperProblem, call: Call, sight: Sight): Blamed => ({
  expression: (place && call.values[place.argument]) ?? call,
  path,
  sight,
})

type Call = Expression & { readonly kind: 'helper' }

/** The part of an argument that a helper complains about; of one that is not written here, the argument. */
export function spanOf({ place }: HelperProblem, call: Call): Span {
  const value = place && call.values[place.argument]
  if (place === undefined || value === undefined) return call.span
  const { start, end } = value.span
  // Offsets hold only while no character of the literal is escaped.
  const isAsWritten =
    value.kind === 'literal' && typeof value.value === 'string' && end - start === value.value.length + 2
  if (!isAsWritten || place.start === place.end) return value.span
  return { start: start + 1 + place.start, end: start + 1 + place.end }
}

export function notText(value: Value, about: Expression, sight: Sight): ExpressionProblem {
  const what =
    value === null ? 'null' : Array.isArray(value) ? 'a list' : isJsonObject(value) ? 'an object' : 'nothing'
  const hint =
    value === null
      ? 'Write `default … ""`, or put it inside `#if`.'
      : 'Use `join`, `json`, or one of its properties.'
  return new ExpressionProblem(
    'expression/not-text',
    `This is ${what}, and cannot stand inside text.`,
    about.span,
    hint,
    blame(about, value, sight),
  )
}
