import { plain, quote } from '../../model/diagnostics/wording.js'
import type { JsonValue } from '../../model/json.js'
import {
  type ListNode,
  literalValue,
  type MapNode,
  type Node,
  type ScalarNode,
} from '../../model/language/document.js'
import { pointerToken, propertyName } from '../../model/pointer.js'
import { costs } from '../base/costs.js'
import { bindScalarText, type Evaluate } from '../expression/evaluate.js'
import { parseScalarText } from '../expression/expression.js'
import { hasExpression, type ScalarText } from '../expression/expression-tree.js'
import type { Frame, Names } from '../expression/scope.js'
import { bindDirective } from './directives.js'
import { isDirective } from './is-directive.js'
import { reportProblem, reportRemark, spends } from './report-problem.js'
import { type BindTools, complain, failed, omitted, type Render, type Trace, unbound } from './tools.js'

/** Turns a node into a function that renders it: expressions are parsed and checked here, once. */
export function bindNode(node: Node, names: Names, tools: BindTools): Render {
  tools.spend(costs.value)
  if (!isDynamic(node)) return bindStatic(node, tools)
  if (node.kind === 'scalar') return bindScalar(node, names, tools)
  if (node.kind === 'list') return bindList(node, names, tools)
  return isDirective(node) ? bindDirective(node, { names, tools, bindNode }) : bindMap(node, names, tools)
}

/** Whether rendering could yield anything but the node as it stands. */
function isDynamic(node: Node): boolean {
  if (node.kind === 'scalar') return typeof node.value === 'string' && hasExpression(node.value)
  if (node.kind === 'list') return node.items.some(isDynamic)
  return node.entries.some((entry) => isMarked(String(entry.key.value)) || isDynamic(entry.value))
}

const isMarked = (key: string): boolean => key.startsWith('$') || hasExpression(key)

function bindStatic(node: Node, tools: BindTools): Render {
  const value = literalValue(node)
  if (node.kind !== 'scalar') tools.keep?.(value)
  return (_frame, trace, pointer = '') => {
    if (trace !== undefined) recordStatic(node, trace, pointer)
    return value
  }
}

function recordStatic(node: Node, trace: Trace, pointer: string): void {
  trace.record(pointer, node)
  if (node.kind === 'list') {
    for (const [index, item] of node.items.entries()) recordStatic(item, trace, `${pointer}/${index}`)
  } else if (node.kind === 'map') {
    for (const { key, value } of node.entries)
      recordStatic(value, trace, `${pointer}/${pointerToken(String(key.value))}`)
  }
}

/** What can be rendered is, also beside what has failed: each mistake is told. */
function bindList(node: ListNode, names: Names, tools: BindTools): Render {
  const items = node.items.map((item) => bindNode(item, names, tools))
  return (frame, trace, pointer = '') => {
    trace?.record(pointer, node)
    if (!spends(items.length, frame, node, tools)) return failed
    const values: JsonValue[] = []
    let hasFailed = false
    for (const item of items) {
      const value = item(frame, trace, trace && `${pointer}/${values.length}`)
      if (value === failed) hasFailed = true
      else if (value !== omitted) values.push(value)
    }
    return hasFailed ? failed : values
  }
}

function bindMap(node: MapNode, names: Names, tools: BindTools): Render {
  const entries = node.entries.map(({ key, value }) => {
    const name = String(key.value)
    if (hasExpression(name)) {
      complain(
        tools.reporter,
        'expression/forbidden',
        'Keys are not rendered.',
        key.range,
        'Write the expression into the value.',
      )
    } else if (name.startsWith('$') && !name.startsWith('$$')) {
      complain(
        tools.reporter,
        'directive/unknown',
        quote`There is no directive ${name}.`,
        key.range,
        quote`For a key ${name}, write \`$${plain(name)}\`.`,
      )
    }
    return { name: propertyName(name), render: bindNode(value, names, tools) }
  })
  return (frame, trace, pointer = '') => {
    trace?.record(pointer, node)
    if (!spends(entries.length, frame, node, tools)) return failed
    const value: Record<string, JsonValue> = {}
    let hasFailed = false
    for (const { name, render } of entries) {
      const rendered = render(frame, trace, trace && `${pointer}/${pointerToken(name)}`)
      if (rendered === failed) hasFailed = true
      else if (rendered !== omitted) value[name] = rendered
    }
    return hasFailed ? failed : value
  }
}

function bindScalar(node: ScalarNode, names: Names, tools: BindTools): Render {
  let text: ScalarText
  let evaluate: Evaluate
  try {
    text = parseScalarText(String(node.value))
    evaluate = bindScalarText(text, names).evaluate
  } catch (error) {
    reportProblem(error, node, tools)
    return unbound
  }
  return (frame, trace, pointer = '') => {
    trace?.record(pointer, node, { names, frame, text })
    try {
      const value = evaluate(frame) ?? null
      if (frame.root.remark !== undefined) tellRemark(node, tools, frame)
      return value
    } catch (error) {
      reportProblem(error, node, tools, frame)
      return failed
    }
  }
}

/** One that a condition left behind is told with the next text, and stands where its value is spelled out. */
function tellRemark(node: Node, tools: BindTools, frame: Frame): void {
  const { remark } = frame.root
  frame.root.remark = undefined
  reportRemark(remark, node, tools, frame)
}
