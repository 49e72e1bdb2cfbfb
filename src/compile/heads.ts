import type { Expression, Part, ScalarText } from './expression-tree.js'

/** The first names of all paths in a text: the variables that may have gone into its value. */
export function headsOf(text: ScalarText): readonly string[] {
  const heads = new Set<string>()
  if (text.kind === 'whole') visitExpression(text.expression, heads)
  else visitParts(text.parts, heads)
  return [...heads]
}

function visitExpression(expression: Expression, heads: Set<string>): void {
  if (expression.kind === 'helper') for (const value of expression.values) visitExpression(value, heads)
  const head = expression.kind === 'path' && !expression.path.isData ? expression.path.parts[0] : undefined
  if (head !== undefined) heads.add(head)
}

function visitParts(parts: readonly Part[], heads: Set<string>): void {
  for (const part of parts) {
    if (part.kind === 'value') visitExpression(part.expression, heads)
    if (part.kind === 'if') {
      visitExpression(part.condition, heads)
      visitParts(part.whenTrue, heads)
      visitParts(part.whenFalse, heads)
    }
    if (part.kind === 'each' || part.kind === 'with') {
      visitExpression(part.subject, heads)
      visitParts(part.body, heads)
      visitParts(part.else, heads)
    }
  }
}
