import type { DiagnosticCode } from '../../model/diagnostics/diagnostic-codes.js'
import type { Span } from '../../model/language/source.js'
import type { Expression } from './expression-tree.js'
import type { Sight, ValuePath } from './scope.js'

/** A value that a complaint is about: that of an expression, or one in it, and what the expression saw. */
export interface Blamed {
  readonly expression: Expression
  readonly path: ValuePath
  readonly sight: Sight
}

/** A complaint about a place in a scalar's value. */
export class ExpressionProblem extends Error {
  constructor(
    readonly code: DiagnosticCode,
    message: string,
    readonly span: Span,
    readonly hint?: string,
    readonly about?: Blamed,
  ) {
    super(message)
  }
}
