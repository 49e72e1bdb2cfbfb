import { type Checked, createDiagnostic, type Diagnostic } from '../model/diagnostic.js'
import type { Document, MapEntry } from '../model/document.js'
import type { Template, VariableDeclaration } from '../model/template.js'
import { Fields } from './fields.js'
import { variableNameProblem } from './names.js'
import { graphFields, readTarget } from './read-settings.js'
import { readSchema } from './variable-schema.js'

export const templateKeys = ['description', 'variables', 'graph', 'call']

/** `templates/NAME.yaml`. The value is undefined when it cannot be used. */
export function readTemplate(name: string, document: Document): Checked<Template | undefined> {
  const diagnostics: Diagnostic[] = []
  const fields = new Fields(document.root, templateKeys, diagnostics)
  const description = fields.text('description')
  const call = fields.mapNode('call')
  if (!fields.has('call')) {
    fields.complain('key/missing', 'A template needs `call`.', firstKey(document))
  }
  const variables = (fields.mapNode('variables')?.entries ?? []).flatMap((entry) =>
    readVariable(entry, diagnostics),
  )
  const target = readTarget(graphFields(fields, diagnostics))
  if (call === undefined) return { value: undefined, diagnostics }
  const value = {
    name,
    source: document.source,
    variables,
    target,
    call,
    ...(description !== undefined && { description }),
  }
  return { value, diagnostics }
}

const firstKey = (document: Document) => document.root.entries[0]?.key.range ?? document.root.range

function readVariable(entry: MapEntry, diagnostics: Diagnostic[]): VariableDeclaration[] {
  const name = String(entry.key.value)
  const range = entry.key.range
  const problem = variableNameProblem(name)
  if (problem !== undefined) diagnostics.push(createDiagnostic('variable/reserved', problem, { range }))
  if (entry.value.kind !== 'map') {
    const hint = `Write \`${name}: { type: string }\`.`
    diagnostics.push(
      createDiagnostic('variable/schema', 'A variable is declared by a map.', {
        range: entry.value.range,
        hint,
      }),
    )
    return []
  }
  const schema = readSchema(entry.value, diagnostics, ['default'])
  const initial = entry.value.entries.find((each) => each.key.value === 'default')?.value
  return [{ name, range, schema, ...(initial !== undefined && { default: initial }) }]
}
