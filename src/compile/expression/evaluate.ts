import { plain, quote } from '../../model/diagnostics/wording.js'
import type { JsonValue } from '../../model/json.js'
import { costs } from '../base/costs.js'
import { measure } from '../base/size.js'
import { argumentOf, blame, notText, spanOf } from './blame.js'
import { ExpressionProblem } from './expression-problem.js'
import type { Expression, Part, ScalarText } from './expression-tree.js'
import { HelperProblem } from './helper-results.js'
import { findHelper, formatParameters, type Parameter, textOf, type Value } from './helpers.js'
import { noteRemark } from './note-remark.js'
import { hasType, typeWords } from './parameter-types.js'
import { resolvePath } from './resolve-path.js'
import { type Frame, type InnerNames, innerFrame, type Names, type Sight } from './scope.js'
import { anyShape, type Shape } from './shape.js'
import { spacedPropertyHint } from './spaced-property.js'
import { guardText, readReference, refuseReference, refuseSecret, refuseStandIns } from './special-paths.js'
import { isTruthy } from './truth.js'

export type Evaluate = (frame: Frame) => Value
type Write = (frame: Frame) => string

/** Checks a scalar's expressions against what is declared, and turns them into a function. Throws ExpressionProblem. */
export function bindScalarText(
  text: ScalarText,
  names: Names,
  mayBeUnset = false,
  isLookedAt = mayBeUnset,
): Bound {
  const reference = readReference(text)
  if (reference !== undefined) return { shape: { kind: 'scalar' }, evaluate: () => reference }
  const bound: Bound =
    text.kind === 'whole'
      ? bindExpression(text.expression, names, mayBeUnset, isLookedAt)
      : { shape: { kind: 'scalar' }, evaluate: bindParts(text.parts, names) }
  const guard = guardText(text, names)
  return guard === undefined ? bound : { ...bound, evaluate: (frame) => guard(bound.evaluate(frame)) }
}

export interface Bound {
  readonly shape: Shape
  readonly evaluate: Evaluate
}

function bindExpression(
  expression: Expression,
  names: Names,
  mayBeUnset: boolean,
  isLookedAt = false,
): Bound {
  if (expression.kind === 'literal') return { shape: anyShape, evaluate: () => expression.value }
  if (expression.kind === 'path') {
    refuseReference(expression.path, expression.span)
    const resolved = resolvePath(expression.path, names, expression.span, { mayBeUnset, isLookedAt })
    const { shape, read } = resolved
    return { shape, evaluate: isLookedAt ? refuseStandIns(read, expression.span, names) : read }
  }
  const shape = findHelper(expression.name)?.yields ?? anyShape
  return { shape, evaluate: bindHelper(expression, names) }
}

function bindHelper(call: Expression & { kind: 'helper' }, names: Names): Evaluate {
  const helper = findHelper(call.name)!
  const { parameters } = helper
  const wanted = parameters.length
  const given = call.values.length
  const least = parameters.filter((each) => !each.isOptional).length
  if (given < least || (given > wanted && !helper.isVariadic)) {
    const message = quote`${call.name} takes: ${plain(formatParameters(helper))}.`
    throw new ExpressionProblem('expression/arguments', message, call.span, spacedPropertyHint(call.values))
  }
  const values = call.values.map((value, index) =>
    bindArgument(value, parameters[Math.min(index, wanted - 1)]!, call.name, names),
  )
  return (frame) => {
    frame.root.spend(1, costs.helper)
    const got = values.map((evaluate) => evaluate(frame))
    try {
      frame.root.work(costOfReading(got, helper.readsDeep === true))
      const result = helper.run(...got)
      if (typeof result === 'string') frame.root.spend(result.length)
      else if (Array.isArray(result)) frame.root.spend(result.length, costs.value)
      if (helper.remark !== undefined) noteRemark(helper.remark, got, call, { names, frame })
      return result
    } catch (error) {
      if (!(error instanceof HelperProblem)) throw error
      const message = quote`${call.name}: ${plain(error.words)}.`
      throw new ExpressionProblem(
        error.code,
        message,
        spanOf(error, call),
        error.hint,
        argumentOf(error, call, { names, frame }),
      )
    }
  }
}

/** What a helper may look at: texts and items, and where it compares or writes them, all that is in them. */
function costOfReading(values: readonly Value[], isDeep: boolean): number {
  let cost = 0
  for (const value of values) {
    if (typeof value === 'string') cost += value.length
    else if (typeof value !== 'object' || value === null) cost += 1
    else if (isDeep) cost += (mostValues - measure(value, mostValues, mostValues)) * costs.deepValue
    else if (Array.isArray(value)) cost += value.length
  }
  return cost
}

/** More than any file holds. */
const mostValues = 1e9

function bindArgument(value: Expression, parameter: Parameter, helper: string, names: Names): Evaluate {
  refuseSecret(value, helper, names)
  const { evaluate } = bindExpression(value, names, parameter.mayBeUnset === true, true)
  const check = (got: Value, frame?: Frame): Value => {
    if (hasType(got, parameter.type) || (got === undefined && parameter.mayBeUnset)) return got
    const about = frame && blame(value, got, { names, frame })
    const message = quote`${helper}: ${plain(parameter.name)} must be ${plain(typeWords[parameter.type])}.`
    throw new ExpressionProblem('expression/arguments', message, value.span, undefined, about)
  }
  if (value.kind === 'literal') {
    const checked = check(value.value)
    return () => checked
  }
  return (frame) => check(evaluate(frame), frame)
}

function bindParts(parts: readonly Part[], names: Names): Write {
  const writes = parts.map((part) => bindPart(part, names))
  if (writes.length === 1) return writes[0]!
  return (frame) => {
    let text = ''
    for (const write of writes) text += write(frame)
    return text
  }
}

function bindPart(part: Part, names: Names): Write {
  switch (part.kind) {
    case 'content':
      return (frame) => {
        frame.root.spend(part.text.length)
        return part.text
      }
    case 'value':
      return bindValue(part.expression, names)
    case 'if': {
      const condition = bindExpression(part.condition, names, true, true).evaluate
      const whenTrue = bindParts(part.whenTrue, names)
      const whenFalse = bindParts(part.whenFalse, names)
      return (frame) =>
        isTrueAt(part.condition, condition(frame), { names, frame }) ? whenTrue(frame) : whenFalse(frame)
    }
    case 'each':
      return bindEach(part, names)
    default:
      return bindWith(part, names)
  }
}

/** Throws ExpressionProblem for text that spells a boolean. */
export function isTrueAt(about: Expression, value: Value, sight: Sight): boolean {
  try {
    return isTruthy(value)
  } catch (error) {
    if (!(error instanceof HelperProblem)) throw error
    throw new ExpressionProblem(
      error.code,
      sentence(error),
      about.span,
      error.hint,
      blame(about, value, sight),
    )
  }
}

function bindValue(expression: Expression, names: Names): Write {
  const { evaluate } = bindExpression(expression, names, false)
  return (frame) => {
    const value = evaluate(frame)
    const text = textOf(value)
    if (text === undefined) throw notText(value, expression, { names, frame })
    frame.root.spend(text.length)
    return text
  }
}

type BlockPart = Part & { kind: 'each' | 'with' }

function bindEach(part: BlockPart, names: Names): Write {
  refuseSecret(part.subject, '#each', names)
  const subject = bindExpression(part.subject, names, true, true)
  const items = subject.shape.kind === 'list' ? subject.shape.items : anyShape
  const inner = innerNames(names, part, items, true)
  const body = bindParts(part.body, inner)
  const otherwise = bindParts(part.else, names)
  return (frame) => {
    const list = subject.evaluate(frame)
    if (list !== undefined && list !== null && !Array.isArray(list)) {
      const { subject: about } = part
      throw new ExpressionProblem(
        'expression/arguments',
        '`#each` takes a list.',
        about.span,
        undefined,
        blame(about, list, { names, frame }),
      )
    }
    const values = (list ?? []) as readonly JsonValue[]
    if (values.length === 0) return otherwise(frame)
    let text = ''
    for (const [index, value] of values.entries()) {
      frame.root.spend(1, costs.round)
      text += body(innerFrame(frame, [value, index], { index, count: values.length }, value))
    }
    return text
  }
}

function bindWith(part: BlockPart, names: Names): Write {
  refuseSecret(part.subject, '#with', names)
  const subject = bindExpression(part.subject, names, true, true)
  const body = bindParts(part.body, innerNames(names, part, subject.shape, false))
  const otherwise = bindParts(part.else, names)
  return (frame) => {
    const value = subject.evaluate(frame)
    if (!isTrueAt(part.subject, value, { names, frame })) return otherwise(frame)
    return body(innerFrame(frame, [value!], undefined, value!))
  }
}

function innerNames(parent: Names, part: BlockPart, context: Shape, isLoop: boolean): InnerNames {
  const locals = new Map(
    part.names.map((name, slot) => [name, { shape: slot === 0 ? context : anyShape, slot }]),
  )
  return { kind: 'inner', parent, context, locals, isLoop, subject: part.subject }
}

const sentence = ({ message }: HelperProblem): string => `${message[0]!.toUpperCase()}${message.slice(1)}.`
