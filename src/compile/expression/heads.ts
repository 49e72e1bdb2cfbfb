import type { Expression, Part, Path, ScalarText } from './expression-tree.js'

/** The first names of all paths in a text: the variables that may have gone into its value. */
export const headsOf = (text: ScalarText): readonly string[] => [
  ...new Set(pathsOf(text).flatMap(({ parts }) => parts.slice(0, 1))),
]

/** All paths in a text that begin with a name. */
export function pathsOf(text: ScalarText): readonly Path[] {
  const paths: Path[] = []
  if (text.kind === 'whole') visitExpression(text.expression, paths)
  else visitParts(text.parts, paths)
  return paths
}

function visitExpression(expression: Expression, paths: Path[]): void {
  if (expression.kind === 'helper') for (const value of expression.values) visitExpression(value, paths)
  if (expression.kind === 'path' && !expression.path.isData) paths.push(expression.path)
}

function visitParts(parts: readonly Part[], paths: Path[]): void {
  for (const part of parts) {
    if (part.kind === 'value') visitExpression(part.expression, paths)
    if (part.kind === 'if') {
      visitExpression(part.condition, paths)
      visitParts(part.whenTrue, paths)
      visitParts(part.whenFalse, paths)
    }
    if (part.kind === 'each' || part.kind === 'with') {
      visitExpression(part.subject, paths)
      visitParts(part.body, paths)
      visitParts(part.else, paths)
    }
  }
}
