// What expressions yield by themselves, without a workspace around them.

import { bindScalarText } from '../../../src/compile/expression/evaluate.js'
import { parseScalarText } from '../../../src/compile/expression/expression.js'
import { ExpressionProblem } from '../../../src/compile/expression/expression-problem.js'
import type { Value } from '../../../src/compile/expression/helpers.js'
import type { RootFrame, RootNames } from '../../../src/compile/expression/scope.js'
import { textOf } from '../../../src/model/diagnostics/wording.js'
import type { JsonValue } from '../../../src/model/json.js'

/** The value of a scalar's text; `variables` are what its expressions may read. */
export function yieldOf(text: string, variables: Readonly<Record<string, JsonValue>> = {}): Value {
  const names: RootNames = {
    kind: 'root',
    variables: new Map(Object.keys(variables).map((name) => [name, { kind: 'any' }])),
    environment: new Set(),
    used: new Set(),
    secrets: new Set(),
  }
  const { evaluate } = bindScalarText(parseScalarText(text), names)
  const variable = (name: string): Value => variables[name]
  const reporter = { hasFailed: false, report: () => {}, fail: () => {} }
  const root: RootFrame = {
    reporter,
    cloud: 'global',
    remark: undefined,
    variable,
    wayOf: () => undefined,
    unheard: () => root,
    environment: () => undefined,
    work: () => {},
    spend: () => {},
  }
  return evaluate({ root })
}

export interface Complaint {
  readonly code: string
  readonly message: string
  readonly hint: string | undefined
  /** The part of the text that it points at. */
  readonly at: string
}

/** What is wrong with a scalar's text; undefined when nothing is. */
export function complaintOf(
  text: string,
  variables: Readonly<Record<string, JsonValue>> = {},
): Complaint | undefined {
  try {
    yieldOf(text, variables)
    return undefined
  } catch (error) {
    if (!(error instanceof ExpressionProblem)) throw error
    const { code, message, hint, span } = error
    return {
      code,
      message,
      hint: hint === undefined ? undefined : textOf(hint),
      at: text.slice(span.start, span.end),
    }
  }
}
