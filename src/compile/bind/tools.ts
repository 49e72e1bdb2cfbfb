// Nodes and what their names stand for, made functions: expressions are parsed and checked here once for each
// definition, and calls then only run them. Scopes, variables, layers of templates, and the calls that one definition
// makes.

import { createDiagnostic } from '../../model/diagnostics/diagnostic.js'
import type { DiagnosticCode } from '../../model/diagnostics/diagnostic-codes.js'
import type { Words } from '../../model/diagnostics/wording.js'
import type { JsonValue } from '../../model/json.js'
import type { Node } from '../../model/language/document.js'
import type { Range } from '../../model/language/source.js'
import type { Reporter } from '../base/reporter.js'
import type { ScalarText } from '../expression/expression-tree.js'
import type { Frame, Names, Sight } from '../expression/scope.js'

/** What a property or item renders to when it is left out. */
export const omitted = Symbol('omitted')
/** What stands for a value that could not be made, and for all that needs it: why is reported. */
export const failed = Symbol('failed')
export type Rendered = JsonValue | typeof omitted | typeof failed

/** Renders a node. With a trace, it also tells where each value came from. */
export type Render = (frame: Frame, trace?: Trace, pointer?: string) => Rendered

/** Turns a node into a function that renders it. Given to directives, whose parts are nodes in turn. */
export type BindNode = (node: Node, names: Names, tools: BindTools) => Render

/** A node's expressions, as they were read when it was bound, and what they saw. */
export interface Seen extends Sight {
  readonly text: ScalarText
}

/** Told where each value came from. */
export interface Trace {
  /** `seen` where the node has expressions. */
  record(pointer: string, node: Node, seen?: Seen): void
}

/** What binding needs beside a node and names. */
export interface BindTools {
  readonly sourceText: (path: string) => string
  /** Told what is wrong before anything is rendered; a frame has a reporter of its own. */
  readonly reporter: Reporter
  /** Counts work of the run. */
  spend(steps: number): void
  /** Told of every list and map without expressions, whose value is one and the same each time. */
  keep?(value: JsonValue): void
}

/** Stands for what could not be bound. */
export const unbound: Render = ({ root }) => {
  root.reporter.fail()
  return failed
}

/** Thrown where the cause has been reported already, so that one mistake gives one message. */
export class AlreadyReported extends Error {}

export function complain(
  reporter: Reporter,
  code: DiagnosticCode,
  message: Words,
  range: Range,
  hint?: Words,
): void {
  reporter.report(createDiagnostic(code, message, { range, ...(hint !== undefined && { hint }) }))
}
