import { createDiagnostic, type Diagnostic } from '../model/diagnostic.js'
import type { DiagnosticCode } from '../model/diagnostic-codes.js'
import type { MapNode, Node, ScalarNode } from '../model/document.js'
import type { JsonValue } from '../model/json.js'
import type { Range } from '../model/source.js'
import { costs } from './costs.js'
import { bindDirective, isDirective } from './directives.js'
import { bindScalarText, type Evaluate } from './evaluate.js'
import { hasExpression, parseScalarText } from './expression.js'
import { ExpressionProblem, type ScalarText } from './expression-tree.js'
import { headsOf } from './heads.js'
import { rangeInScalar } from './scalar-position.js'
import type { Frame, Names } from './scope.js'

/** What a property or item renders to when it is left out, or when its problem has been reported. */
export const omitted = Symbol('omitted')
export type Rendered = JsonValue | typeof omitted

/** Renders a node. With a trace, it also tells where each value came from. */
export type Render = (frame: Frame, trace?: Trace, pointer?: string) => Rendered

export interface Trace {
  /** `heads` are the first names of the paths that the value's expressions read; `isWhole` when it is one expression. */
  record(pointer: string, node: Node, heads: readonly string[], isWhole: boolean): void
  /** Until `leave`, the name stands for an item of the list. */
  enter(name: string, list: Node, index: number): void
  leave(): void
}

export interface Binder {
  readonly sourceText: (path: string) => string
  report(diagnostic: Diagnostic): void
  /** Counts work of the run. */
  spend(steps: number): void
  /** Counts an error once more that has been reported: what needs the failed value fails too. */
  fail(): void
  /** Told of every list and map without expressions, whose value is one and the same each time. */
  keep?(value: JsonValue): void
}

/** Turns a node into a function that renders it: expressions are parsed and checked here, once. */
export function bindNode(node: Node, names: Names, binder: Binder): Render {
  binder.spend(costs.value)
  if (!isDynamic(node)) return bindStatic(node, binder)
  if (node.kind === 'scalar') return bindScalar(node, names, binder)
  if (node.kind === 'list') {
    const items = node.items.map((item) => bindNode(item, names, binder))
    return (frame, trace, pointer = '') => {
      trace?.record(pointer, node, [], false)
      if (!spends(items.length, frame, node, binder)) return omitted
      const values: JsonValue[] = []
      for (const item of items) {
        const value = item(frame, trace, trace && `${pointer}/${values.length}`)
        if (value !== omitted) values.push(value)
      }
      return values
    }
  }
  return isDirective(node) ? bindDirective(node, names, binder) : bindMap(node, names, binder)
}

/** Whether rendering could yield anything but the node as it stands. */
function isDynamic(node: Node): boolean {
  if (node.kind === 'scalar') return typeof node.value === 'string' && hasExpression(node.value)
  if (node.kind === 'list') return node.items.some(isDynamic)
  return node.entries.some((entry) => isMarked(String(entry.key.value)) || isDynamic(entry.value))
}

const isMarked = (key: string): boolean => key.startsWith('$') || hasExpression(key)

function bindStatic(node: Node, binder: Binder): Render {
  const value = literalValue(node)
  if (node.kind !== 'scalar') binder.keep?.(value)
  return (_frame, trace, pointer = '') => {
    if (trace !== undefined) recordStatic(node, trace, pointer)
    return value
  }
}

/** The value of a node that holds no expressions. */
export function literalValue(node: Node): JsonValue {
  if (node.kind === 'scalar') return node.value
  if (node.kind === 'list') return node.items.map(literalValue)
  return Object.fromEntries(node.entries.map((entry) => [String(entry.key.value), literalValue(entry.value)]))
}

function recordStatic(node: Node, trace: Trace, pointer: string): void {
  trace.record(pointer, node, [], false)
  if (node.kind === 'list') {
    for (const [index, item] of node.items.entries()) recordStatic(item, trace, `${pointer}/${index}`)
  } else if (node.kind === 'map') {
    for (const { key, value } of node.entries)
      recordStatic(value, trace, `${pointer}/${pointerToken(String(key.value))}`)
  }
}

export const pointerToken = (name: string): string =>
  name.includes('~') || name.includes('/') ? name.replaceAll('~', '~0').replaceAll('/', '~1') : name

/** `$$name` writes a literal `$name`. */
export const propertyName = (key: string): string => (key.startsWith('$$') ? key.slice(1) : key)

function bindMap(node: MapNode, names: Names, binder: Binder): Render {
  const entries = node.entries.map(({ key, value }) => {
    const name = String(key.value)
    if (hasExpression(name)) {
      complain(
        binder,
        'expression/forbidden',
        'Keys are not rendered.',
        key.range,
        'Write the expression into the value.',
      )
    } else if (name.startsWith('$') && !name.startsWith('$$')) {
      complain(
        binder,
        'directive/unknown',
        `There is no directive \`${name}\`.`,
        key.range,
        `For a key \`${name}\`, write \`$${name}\`.`,
      )
    }
    return { name: propertyName(name), render: bindNode(value, names, binder) }
  })
  return (frame, trace, pointer = '') => {
    trace?.record(pointer, node, [], false)
    if (!spends(entries.length, frame, node, binder)) return omitted
    const value: Record<string, JsonValue> = {}
    for (const { name, render } of entries) {
      const rendered = render(frame, trace, trace && `${pointer}/${pointerToken(name)}`)
      if (rendered !== omitted) value[name] = rendered
    }
    return value
  }
}

function bindScalar(node: ScalarNode, names: Names, binder: Binder): Render {
  let text: ScalarText
  let evaluate: Evaluate
  try {
    text = parseScalarText(String(node.value))
    evaluate = bindScalarText(text, names).evaluate
  } catch (error) {
    reportProblem(error, node, binder)
    return failed(binder)
  }
  const heads = headsOf(text)
  const isWhole = text.kind === 'whole'
  return (frame, trace, pointer = '') => {
    trace?.record(pointer, node, heads, isWhole)
    try {
      return evaluate(frame) ?? null
    } catch (error) {
      reportProblem(error, node, binder)
      return omitted
    }
  }
}

/** A scalar's whole range; of a map or list just its start, since a frame around all of it shows nothing. */
export function startOf(node: Node): Range {
  if (node.kind === 'scalar') return node.range
  if (node.kind === 'map' && node.entries[0] !== undefined) return node.entries[0].key.range
  if (node.kind === 'list' && node.items[0] !== undefined) return startOf(node.items[0])
  return node.range
}

/** Stands for what could not be bound. */
export const failed =
  (binder: Binder): Render =>
  () => {
    binder.fail()
    return omitted
  }

/** Thrown where the cause has been reported already, so that one mistake gives one message. */
export class AlreadyReported extends Error {}

/** Counts work; false when this call has done too much, which is then reported. */
export function spends(amount: number, frame: Frame, node: Node, binder: Binder): boolean {
  try {
    frame.root.spend(amount, costs.round)
    return true
  } catch (error) {
    reportProblem(error, node, binder)
    return false
  }
}

export function reportProblem(error: unknown, node: Node, binder: Binder): void {
  if (error instanceof AlreadyReported) {
    binder.fail()
    return
  }
  if (!(error instanceof ExpressionProblem)) throw error
  const length = node.kind === 'scalar' ? String(node.value).length : 0
  binder.spend(costs.failure + length * costs.failedCharacter)
  const range =
    node.kind === 'scalar'
      ? rangeInScalar(node, binder.sourceText(node.range.source), error.span)
      : startOf(node)
  complain(binder, error.code, error.message, range, error.hint)
}

export function complain(
  binder: Binder,
  code: DiagnosticCode,
  message: string,
  range: Range,
  hint?: string,
): void {
  binder.report(createDiagnostic(code, message, { range, ...(hint !== undefined && { hint }) }))
}
