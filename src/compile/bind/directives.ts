import type { JsonValue } from '../../model/json.js'
import type { MapEntry, MapNode, Node } from '../../model/language/document.js'
import { didYouMean } from '../../model/suggest.js'
import { bindScalarText, isTrueAt } from '../expression/evaluate.js'
import { parseScalarText } from '../expression/expression.js'
import { hasExpression } from '../expression/expression-tree.js'
import { type InnerNames, innerFrame, type Names } from '../expression/scope.js'
import { anyShape, type Shape } from '../expression/shape.js'
import { variableNameProblem } from '../language/names.js'
import {
  type Binder,
  type BindNode,
  complain,
  failed,
  omitted,
  type Render,
  reportProblem,
  spends,
} from './binder.js'

const partsOf: Readonly<Record<string, readonly string[]>> = {
  $each: ['$each', '$as', '$do'],
  $if: ['$if', '$then', '$else'],
}
const knownKeys = Object.values(partsOf).flat()

/** Whether a map is a directive: one of its keys is a directive's. */
export const isDirective = (node: MapNode): boolean =>
  node.entries.some((entry) => knownKeys.includes(String(entry.key.value)))

/** What a part of a directive is bound with. */
interface Binding {
  readonly names: Names
  readonly binder: Binder
  readonly bindNode: BindNode
}

/** Turns a directive into a function that renders it; `bindNode` binds its parts. */
export function bindDirective(node: MapNode, binding: Binding): Render {
  const { binder } = binding
  const parts = new Map(node.entries.map((entry) => [String(entry.key.value), entry]))
  const kind = parts.has('$each') || parts.has('$do') || parts.has('$as') ? '$each' : '$if'
  const allowed = partsOf[kind]!
  for (const [name, entry] of parts) {
    if (allowed.includes(name)) continue
    const code =
      name.startsWith('$') && !knownKeys.includes(name) ? 'directive/unknown' : 'directive/arguments'
    complain(
      binder,
      code,
      `\`${name}\` cannot stand beside \`${kind}\`.`,
      entry.key.range,
      didYouMean(name, allowed),
    )
  }
  const needed = kind === '$each' ? allowed : allowed.slice(0, 2)
  const missing = needed.filter((name) => !parts.has(name))
  if (missing.length > 0) {
    complain(
      binder,
      'directive/arguments',
      `\`${kind}\` needs \`${missing.join('` and `')}\`.`,
      node.entries[0]!.key.range,
    )
    return failed(binder)
  }
  const value = (name: string): Node => parts.get(name)!.value
  if (kind === '$each')
    return bindEach({ node, list: value('$each'), as: parts.get('$as')!, body: value('$do') }, binding)
  return bindIf(value('$if'), value('$then'), parts.get('$else')?.value, binding)
}

interface EachParts {
  readonly node: MapNode
  readonly list: Node
  readonly as: MapEntry
  readonly body: Node
}

function bindEach(parts: EachParts, { names, binder, bindNode }: Binding): Render {
  const { node, list } = parts
  const name = parts.as.value.kind === 'scalar' ? String(parts.as.value.value) : ''
  const problem = variableNameProblem(name)
  if (problem !== undefined)
    complain(binder, 'directive/arguments', `\`$as\`: ${problem}`, parts.as.value.range)
  const renderList = bindNode(list, names, binder)
  const locals = new Map([[name, { shape: itemShape(list, names), slot: 0 }]])
  const inner: InnerNames = { kind: 'inner', parent: names, locals, isLoop: true }
  const body = bindNode(parts.body, inner, binder)
  return (frame, trace, pointer = '') => {
    trace?.record(pointer, node, [], false)
    const items = renderList(frame)
    if (!Array.isArray(items)) {
      if (items !== omitted) complain(binder, 'directive/arguments', '`$each` takes a list.', list.range)
      return omitted
    }
    const values: JsonValue[] = []
    for (const [index, item] of (items as readonly JsonValue[]).entries()) {
      if (!spends(1, frame, node, binder)) return omitted
      const next = innerFrame(frame, [item], { index, count: items.length })
      trace?.enter(name, list, index)
      const value = body(next, trace, trace && `${pointer}/${values.length}`)
      trace?.leave()
      if (value !== omitted) values.push(value)
    }
    return values
  }
}

/** The shape of a list's items, when the list is one whole expression with a known shape. */
export function itemShape(list: Node, names: Names): Shape {
  if (list.kind !== 'scalar' || typeof list.value !== 'string') return anyShape
  try {
    const shape = bindScalarText(parseScalarText(list.value), names).shape
    return shape.kind === 'list' ? shape.items : anyShape
  } catch {
    return anyShape
  }
}

function bindIf(
  condition: Node,
  whenTrue: Node,
  whenFalse: Node | undefined,
  { names, binder, bindNode }: Binding,
): Render {
  const test = bindCondition(condition, names, binder)
  const yes = bindNode(whenTrue, names, binder)
  const no = whenFalse === undefined ? undefined : bindNode(whenFalse, names, binder)
  return (frame, trace, pointer) => {
    const isTrue = test(frame)
    if (isTrue === undefined) return omitted
    if (isTrue) return yes(frame, trace, pointer)
    return no === undefined ? omitted : no(frame, trace, pointer)
  }
}

/** As in `#if`, a value that is not set counts as false. Undefined where it cannot be told, which is reported. */
function bindCondition(
  condition: Node,
  names: Names,
  binder: Binder,
): (frame: Parameters<Render>[0]) => boolean | undefined {
  if (condition.kind !== 'scalar' || typeof condition.value !== 'string' || !hasExpression(condition.value)) {
    if (condition.kind !== 'scalar' || typeof condition.value !== 'boolean') {
      complain(binder, 'directive/arguments', '`$if` takes an expression or a boolean.', condition.range)
    }
    return () => condition.kind === 'scalar' && condition.value === true
  }
  try {
    const { evaluate } = bindScalarText(parseScalarText(condition.value), names, true)
    const whole = { start: 0, end: condition.value.length }
    return (frame) => {
      try {
        return isTrueAt(whole, evaluate(frame))
      } catch (error) {
        reportProblem(error, condition, binder)
        return undefined
      }
    }
  } catch (error) {
    reportProblem(error, condition, binder)
    return () => {
      binder.fail()
      return undefined
    }
  }
}
