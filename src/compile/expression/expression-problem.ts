import type { DiagnosticCode } from '../../model/diagnostics/diagnostic-codes.js'
import { textOf, type Words } from '../../model/diagnostics/wording.js'
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
    readonly words: Words,
    readonly span: Span,
    readonly hint?: Words,
    readonly about?: Blamed,
  ) {
    super(textOf(words))
  }
}
