import type { Definition } from '../model/definition.js'
import type { Checked, Diagnostic } from '../model/diagnostic.js'
import type { Document, MapEntry, MapNode } from '../model/document.js'
import { Fields } from './fields.js'
import { checkVariableNames, graphFields, readTarget } from './read-settings.js'

export const callsFileKeys = ['variables', 'calls']
export const definitionKeys = ['description', 'uses', 'with', 'call', 'graph']

/** A file of definitions: `calls:` is a map from a call's name to its definition. */
export function readDefinitions(document: Document): Checked<readonly Definition[]> {
  const diagnostics: Diagnostic[] = []
  const fields = new Fields(document.root, callsFileKeys, diagnostics)
  const variables = fields.mapNode('variables')
  checkVariableNames(variables, fields)
  const calls = fields.mapNode('calls')
  if (!fields.has('calls')) {
    const range = document.root.entries[0]?.key.range ?? document.root.range
    fields.complain('key/missing', 'A file of definitions needs `calls`.', range)
  }
  const definitions = (calls?.entries ?? []).flatMap((entry) =>
    readDefinition(entry, document.source, variables, diagnostics),
  )
  return { value: definitions, diagnostics }
}

function readDefinition(
  entry: MapEntry,
  source: string,
  fileVariables: MapNode | undefined,
  diagnostics: Diagnostic[],
): Definition[] {
  if (entry.value.kind !== 'map') {
    const fields = new Fields({ kind: 'map', entries: [], range: entry.value.range }, [], diagnostics)
    fields.complain('key/type', 'A definition is a map.', entry.value.range)
    return []
  }
  const fields = new Fields(entry.value, definitionKeys, diagnostics)
  const description = fields.text('description')
  const uses = fields.textNode('uses')
  const values = fields.mapNode('with')
  const call = fields.mapNode('call')
  if (!fields.has('uses') && !fields.has('call')) {
    const hint = 'Name a template with `uses`, or write the whole object under `call`.'
    fields.complain(
      'definition/nothing-to-call',
      'This definition has neither `uses` nor `call`.',
      entry.key.range,
      hint,
    )
  }
  const definition: Definition = {
    name: entry.key,
    source,
    target: readTarget(graphFields(fields, diagnostics)),
    ...(description !== undefined && { description }),
    ...(uses !== undefined && { uses }),
    ...(values !== undefined && { with: values }),
    ...(call !== undefined && { call }),
    ...(fileVariables !== undefined && { fileVariables }),
  }
  return [definition]
}
