import { createDiagnostic, type Diagnostic } from '../../model/diagnostics/diagnostic.js'
import { quote } from '../../model/diagnostics/wording.js'
import type { MapNode } from '../../model/language/document.js'
import type { Values } from '../../model/language/workspace.js'
import { suggestionFor } from '../../model/words/suggest.js'
import type { Program } from '../language/program.js'

/** A `--var` that nothing declares is most likely misspelt. Known once all files have been read. */
export function checkAssignments(
  program: Program,
  values: Values,
  report: (diagnostic: Diagnostic) => void,
): void {
  if (values.assignments.length === 0) return
  const { settings, templates, files } = program
  const known = new Set([
    ...namesIn(settings.variables),
    ...namesIn(settings.chosen?.variables),
    ...files.variableNames,
  ])
  for (const template of templates.values()) for (const { name } of template.variables) known.add(name)
  for (const { name, level, range } of values.assignments) {
    if (known.has(name)) continue
    const hint = suggestionFor(name, known)
    const message = quote`${range === undefined ? level : 'variables'} sets ${name}, which nothing declares.`
    const details = { ...(range !== undefined && { range }), ...(hint !== undefined && { hint }) }
    report(createDiagnostic('variable/undeclared', message, details))
  }
}

const namesIn = (variables: MapNode | undefined): readonly string[] =>
  variables?.entries.map((entry) => String(entry.key.value)) ?? []
