// Nodes and what their names stand for, made functions: expressions are parsed and checked here once for each
// definition, and calls then only run them. Scopes, variables, layers of templates, and the calls that one definition
// makes.

import { createDiagnostic, type Diagnostic } from '../../model/diagnostics/diagnostic.js'
import type { DiagnosticCode } from '../../model/diagnostics/diagnostic-codes.js'
import type { JsonValue } from '../../model/json.js'
import { type Node, startOf } from '../../model/language/document.js'
import type { Range } from '../../model/language/source.js'
import { costs } from '../base/costs.js'
import { ExpressionProblem } from '../expression/expression-tree.js'
import type { Frame, Names } from '../expression/scope.js'
import { rangeInScalar } from '../yaml/scalar-position.js'

/** What a property or item renders to when it is left out, or when its problem has been reported. */
export const omitted = Symbol('omitted')
export type Rendered = JsonValue | typeof omitted

/** Renders a node. With a trace, it also tells where each value came from. */
export type Render = (frame: Frame, trace?: Trace, pointer?: string) => Rendered

/** Turns a node into a function that renders it. Given to directives, whose parts are nodes in turn. */
export type BindNode = (node: Node, names: Names, binder: Binder) => Render

/** Told where each value came from. */
export interface Trace {
  /** `heads` are the first names of the paths that the value's expressions read; `isWhole` when it is one expression. */
  record(pointer: string, node: Node, heads: readonly string[], isWhole: boolean): void
  /** Until `leave`, the name stands for an item of the list. */
  enter(name: string, list: Node, index: number): void
  leave(): void
}

/** What binding needs of a file, and where it says what is wrong. */
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

/** Reports a complaint of an expression where it stands in the file. Anything else is thrown on. */
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
