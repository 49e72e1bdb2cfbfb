import { type Checked, createDiagnostic, type Diagnostic } from '../../model/diagnostics/diagnostic.js'
import { plain, quote } from '../../model/diagnostics/wording.js'
import {
  type Document,
  literalValue,
  type MapEntry,
  type MapNode,
  type Node,
  type ScalarNode,
} from '../../model/language/document.js'
import type { Template, VariableDeclaration, VariableSchema } from '../../model/language/template.js'
import { hasExpression } from '../expression/expression-tree.js'
import { Fields } from './fields.js'
import { variableNameProblem } from './names.js'
import { graphFields, readTarget } from './read-settings.js'
import { readSchema } from './variable-schema.js'

export const templateKeys = ['description', 'extends', 'variables', 'graph', 'call']

/** `templates/NAME.yaml`. The value is undefined when it cannot be used. */
export function readTemplate(name: string, document: Document): Checked<Template | undefined> {
  const diagnostics: Diagnostic[] = []
  const fields = new Fields(document.root, templateKeys, diagnostics)
  const description = fields.text('description')
  const call = fields.mapNode('call')
  const parent = fields.textNode('extends')
  if (!fields.has('call') && !fields.has('extends')) {
    fields.complain('key/missing', 'A template needs `call`, or `extends`.', firstKey(document))
  }
  const variables = (fields.mapNode('variables')?.entries ?? []).flatMap((entry) =>
    readVariable(entry, diagnostics),
  )
  const target = readTarget(graphFields(fields, diagnostics))
  if (call === undefined && parent === undefined) return { value: undefined, diagnostics }
  const value = {
    name,
    source: document.source,
    variables,
    target,
    ...(parent !== undefined && { extends: parent }),
    ...(call !== undefined && { call }),
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
    const hint = quote`Write \`${plain(name)}: { type: string }\`.`
    diagnostics.push(
      createDiagnostic('variable/schema', 'A variable is declared by a map.', {
        range: entry.value.range,
        hint,
      }),
    )
    return [{ name, range, schema: {}, isSecret: false }]
  }
  const schema = readSchema(entry.value, diagnostics, ['default', 'secret'])
  const initial = entry.value.entries.find((each) => each.key.value === 'default')?.value
  const expression = initial && findExpression(initial)
  if (expression !== undefined) {
    const hint = 'Leave `default` out, and write `default NAME …` where the variable is used.'
    const details = { range: expression.range, hint }
    diagnostics.push(createDiagnostic('variable/schema', 'A default may hold no expression.', details))
  }
  const isSecret = readSecret(entry.value, schema, diagnostics)
  const given = initial !== undefined && { default: initial, defaultValue: literalValue(initial) }
  return [{ name, range, schema, isSecret, ...given }]
}

/** A secret is text: a placeholder stands for it wherever it would be seen. */
function readSecret(map: MapNode, schema: VariableSchema, diagnostics: Diagnostic[]): boolean {
  const known = map.entries.map(({ key }) => String(key.value))
  const isSecret = new Fields(map, known, diagnostics).boolean('secret') ?? false
  const isText = schema.types?.every((type) => type === 'string' || type === 'null') ?? false
  if (!isSecret || isText) return isSecret
  const hint = 'Add `type: string`.'
  diagnostics.push(createDiagnostic('variable/schema', 'A secret must be text.', { range: map.range, hint }))
  return true
}

function findExpression(node: Node): ScalarNode | undefined {
  if (node.kind === 'scalar')
    return typeof node.value === 'string' && hasExpression(node.value) ? node : undefined
  const inner = node.kind === 'list' ? node.items : node.entries.map(({ value }) => value)
  return inner.map(findExpression).find((found) => found !== undefined)
}
