import { createDiagnostic } from '../../model/diagnostics/diagnostic.js'
import { type Node, startOf } from '../../model/language/document.js'
import type { Range } from '../../model/language/source.js'
import { costs } from '../base/costs.js'
import { type Blamed, ExpressionProblem } from '../expression/expression-problem.js'
import type { Frame, Way } from '../expression/scope.js'
import { waysOf } from '../expression/ways.js'
import { rangeInScalar } from '../yaml/scalar-position.js'
import { AlreadyReported, type BindTools } from './tools.js'
import { distinct, placeOfWays } from './ways-of-node.js'

/**
 * Reports a complaint of an expression: about a value, where the value is spelled out, with the way that it took; else
 * where the expression stands. Without a frame nothing has been rendered yet. Anything else is thrown on.
 */
export function reportProblem(error: unknown, node: Node, tools: BindTools, frame?: Frame): void {
  const reporter = frame?.root.reporter ?? tools.reporter
  if (error instanceof AlreadyReported) {
    reporter.fail()
    return
  }
  if (!(error instanceof ExpressionProblem)) throw error
  const length = node.kind === 'scalar' ? String(node.value).length : 0
  tools.spend(costs.failure + length * costs.failedCharacter)
  const { code, message, hint, about } = error
  const range =
    node.kind === 'scalar'
      ? rangeInScalar(node, tools.sourceText(node.range.source), error.span)
      : startOf(node)
  const ways = about === undefined ? [] : waysTo(about)
  reporter.report(
    createDiagnostic(code, message, {
      ...wayDetails(ways, range),
      ...(hint !== undefined && { hint }),
    }),
  )
}

/** A finding of a helper: at its value, however often and wherever that is used. */
export function reportRemark(error: unknown, node: Node, tools: BindTools, { root }: Frame): void {
  if (!(error instanceof ExpressionProblem)) throw error
  const { code, message, hint, about } = error
  tools.spend(costs.failure)
  const range = placeOfWays(about === undefined ? [] : waysTo(about)) ?? node.range
  root.reporter.report(createDiagnostic(code, message, { range, ...(hint !== undefined && { hint }) }))
}

const waysTo = ({ expression, path, sight }: Blamed): readonly Way[] => waysOf(expression, path, sight)

/** What a diagnostic says of a value that is used at a place and was spelled out elsewhere. */
export function wayDetails(ways: readonly Way[], used: Range) {
  const place = placeOfWays(ways)
  const variables = distinct(ways.flatMap(({ origins }) => origins))
  return {
    range: place ?? used,
    ...(variables.length > 0 && { origin: { pointer: '', range: used, variables } }),
    ...(place !== undefined && { related: [{ message: 'it is used here', range: used }] }),
  }
}

/** Counts work; false when this call has done too much, which is then reported. */
export function spends(amount: number, frame: Frame, node: Node, tools: BindTools): boolean {
  try {
    frame.root.spend(amount, costs.round)
    return true
  } catch (error) {
    reportProblem(error, node, tools, frame)
    return false
  }
}
