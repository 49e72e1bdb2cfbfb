import { createDiagnostic, type Diagnostic } from '../../model/diagnostics/diagnostic.js'
import type { Definition } from '../../model/language/definition.js'
import type { ScalarNode } from '../../model/language/document.js'
import { parseScalarText } from '../expression/expression.js'
import type { Expression, Part, Path } from '../expression/expression-tree.js'

/**
 * Complains about a definition whose calls are told apart by their place in the list alone: a row put in front would
 * give each of them the name, and so the record, of another one.
 */
export function lintName({ name, forEach, oncePer }: Definition): Diagnostic | undefined {
  if (forEach === undefined) return undefined
  const paths = [name, oncePer].flatMap((each) => (each === undefined ? [] : printedPaths(each)))
  const item = String(forEach.as.value)
  const isOfItem = ({ isData, parts }: Path): boolean => !isData && parts[0] === item
  if (!paths.some(({ isData }) => isData) || paths.some(isOfItem)) return undefined
  const message =
    'Only their place in the list tells these calls apart: when rows move, so do names, and with them what was placed.'
  return createDiagnostic('lint/name-by-position', message, {
    range: name.range,
    hint: `Name each call by a value that stays with its row, such as \`{{${item}.id}}\`.`,
  })
}

/** What goes into a text, and not only into what it depends on. */
function printedPaths({ value }: ScalarNode): readonly Path[] {
  if (typeof value !== 'string') return []
  const paths: Path[] = []
  try {
    const text = parseScalarText(value)
    if (text.kind === 'whole') addPaths(text.expression, paths)
    else addPrinted(text.parts, paths)
  } catch {
    // A text that is no expression is complained about where it is bound.
  }
  return paths
}

function addPaths(expression: Expression, paths: Path[]): void {
  if (expression.kind === 'helper') for (const value of expression.values) addPaths(value, paths)
  if (expression.kind === 'path') paths.push(expression.path)
}

function addPrinted(parts: readonly Part[], paths: Path[]): void {
  for (const part of parts) {
    if (part.kind === 'value') addPaths(part.expression, paths)
    if (part.kind === 'if') {
      addData(part.condition, paths)
      addPrinted(part.whenTrue, paths)
      addPrinted(part.whenFalse, paths)
    }
    if (part.kind === 'each' || part.kind === 'with') {
      addPaths(part.subject, paths)
      addPrinted(part.body, paths)
      addPrinted(part.else, paths)
    }
  }
}

/** `{{#if @first}}a{{/if}}` tells calls apart by their place, too. */
function addData(condition: Expression, paths: Path[]): void {
  const found: Path[] = []
  addPaths(condition, found)
  for (const path of found) if (path.isData) paths.push(path)
}
