import { joinWords, quote } from '../../model/diagnostics/wording.js'
import type { JsonValue } from '../../model/json.js'
import type { MapEntry, MapNode, Node } from '../../model/language/document.js'
import { suggestionFor } from '../../model/words/suggest.js'
import { bindScalarText, isTrueAt } from '../expression/evaluate.js'
import { parseScalarText } from '../expression/expression.js'
import { type Expression, hasExpression, type ScalarText } from '../expression/expression-tree.js'
import { type InnerNames, innerFrame, type Names } from '../expression/scope.js'
import { anyShape, type Shape } from '../expression/shape.js'
import { variableNameProblem } from '../language/names.js'
import { directiveKeys, partsOfDirectives } from './is-directive.js'
import { reportProblem, spends } from './report-problem.js'
import { type BindNode, type BindTools, complain, failed, omitted, type Render, unbound } from './tools.js'
import { waysIntoList } from './ways-of-node.js'

/** What a part of a directive is bound with. */
interface Binding {
  readonly names: Names
  readonly tools: BindTools
  readonly bindNode: BindNode
}

/** Turns a directive into a function that renders it; `bindNode` binds its parts. */
export function bindDirective(node: MapNode, binding: Binding): Render {
  const { reporter } = binding.tools
  const parts = new Map(node.entries.map((entry) => [String(entry.key.value), entry]))
  const kind = parts.has('$each') || parts.has('$do') || parts.has('$as') ? '$each' : '$if'
  const allowed = partsOfDirectives[kind]
  for (const [name, entry] of parts) {
    if (allowed.includes(name)) continue
    const code =
      name.startsWith('$') && !directiveKeys.includes(name) ? 'directive/unknown' : 'directive/arguments'
    complain(
      reporter,
      code,
      quote`${name} cannot stand beside ${kind}.`,
      entry.key.range,
      suggestionFor(name, allowed),
    )
  }
  const needed = kind === '$each' ? allowed : allowed.slice(0, 2)
  const missing = needed.filter((name) => !parts.has(name))
  if (missing.length > 0) {
    complain(
      reporter,
      'directive/arguments',
      quote`${kind} needs ${joinWords(
        missing.map((each) => quote`${each}`),
        ' and ',
      )}.`,
      node.entries[0]!.key.range,
    )
    return unbound
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

function bindEach(parts: EachParts, { names, tools, bindNode }: Binding): Render {
  const { node, list } = parts
  const name = parts.as.value.kind === 'scalar' ? String(parts.as.value.value) : ''
  const problem = variableNameProblem(name)
  if (problem !== undefined)
    complain(tools.reporter, 'directive/arguments', `\`$as\`: ${problem}`, parts.as.value.range)
  const renderList = bindNode(list, names, tools)
  const locals = new Map([[name, { shape: itemShape(list, names), slot: 0 }]])
  const inner: InnerNames = {
    kind: 'inner',
    parent: names,
    locals,
    isLoop: true,
    waysInto: (path, outer, steps) =>
      waysIntoList(name, { node: list, render: renderList, names }, path, outer, steps),
  }
  const body = bindNode(parts.body, inner, tools)
  return (frame, trace, pointer = '') => {
    trace?.record(pointer, node)
    const items = renderList(frame)
    if (!Array.isArray(items)) {
      if (items !== failed) {
        complain(frame.root.reporter, 'directive/arguments', '`$each` takes a list.', list.range)
      }
      return failed
    }
    const values: JsonValue[] = []
    let hasFailed = false
    for (const [index, item] of (items as readonly JsonValue[]).entries()) {
      if (!spends(1, frame, node, tools)) return failed
      const next = innerFrame(frame, [item], { index, count: items.length })
      const value = body(next, trace, trace && `${pointer}/${values.length}`)
      if (value === failed) hasFailed = true
      else if (value !== omitted) values.push(value)
    }
    return hasFailed ? failed : values
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
  { names, tools, bindNode }: Binding,
): Render {
  const test = bindCondition(condition, names, tools)
  const yes = bindNode(whenTrue, names, tools)
  const no = whenFalse === undefined ? undefined : bindNode(whenFalse, names, tools)
  return (frame, trace, pointer) => {
    const isTrue = test(frame)
    if (isTrue === failed) return failed
    if (isTrue) return yes(frame, trace, pointer)
    return no === undefined ? omitted : no(frame, trace, pointer)
  }
}

/** What a complaint about the condition is about: all of it, wherever it stands in the scalar. */
function wholeOf(text: ScalarText, written: string): Expression {
  const span = { start: 0, end: written.length }
  return text.kind === 'whole' ? { ...text.expression, span } : { kind: 'literal', value: written, span }
}

/** As in `#if`, a value that is not set counts as false. Undefined where it cannot be told, which is reported. */
function bindCondition(
  condition: Node,
  names: Names,
  tools: BindTools,
): (frame: Parameters<Render>[0]) => boolean | typeof failed {
  if (condition.kind !== 'scalar' || typeof condition.value !== 'string' || !hasExpression(condition.value)) {
    if (condition.kind !== 'scalar' || typeof condition.value !== 'boolean') {
      complain(
        tools.reporter,
        'directive/arguments',
        '`$if` takes an expression or a boolean.',
        condition.range,
      )
    }
    return () => condition.kind === 'scalar' && condition.value === true
  }
  try {
    const text = parseScalarText(condition.value)
    const { evaluate } = bindScalarText(text, names, true)
    const about = wholeOf(text, condition.value)
    return (frame) => {
      try {
        return isTrueAt(about, evaluate(frame), { names, frame })
      } catch (error) {
        reportProblem(error, condition, tools, frame)
        return failed
      }
    }
  } catch (error) {
    reportProblem(error, condition, tools)
    return ({ root }) => {
      root.reporter.fail()
      return failed
    }
  }
}
