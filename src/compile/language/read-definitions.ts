import type { Checked, Diagnostic } from '../../model/diagnostics/diagnostic.js'
import type { Definition, DefinitionFile } from '../../model/language/definition.js'
import type { Document, MapEntry, MapNode } from '../../model/language/document.js'
import { Fields } from './fields.js'
import { variableNameProblem } from './names.js'
import { checkVariableNames, graphFields, readTarget } from './read-settings.js'

export const callsFileKeys = ['variables', 'data', 'calls']
export const definitionKeys = [
  ...['description', 'forEach', 'as', 'where', 'uses', 'with', 'call', 'graph'],
  ...['oncePer', 'movedFrom', 'onChange'],
]

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
  const data = fields.mapNode('data')
  checkVariableNames(data, fields)
  const file: DefinitionFile = {
    source: document.source,
    ...(variables !== undefined && { variables }),
    ...(data !== undefined && { data }),
  }
  const definitions = (calls?.entries ?? []).flatMap((entry) => readDefinition(entry, file, diagnostics))
  return { value: definitions, diagnostics }
}

export function readDefinition(
  entry: MapEntry,
  file: DefinitionFile,
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
  const forEach = readForEach(fields)
  const oncePer = fields.textNode('oncePer')
  const movedFrom = fields.textNode('movedFrom')
  const onChange = fields.oneOf('onChange', ['redial'])
  const definition: Definition = {
    name: entry.key,
    file,
    target: readTarget(graphFields(fields, diagnostics)),
    ...(description !== undefined && { description }),
    ...(uses !== undefined && { uses }),
    ...(values !== undefined && { with: values }),
    ...(call !== undefined && { call }),
    ...(forEach !== undefined && { forEach }),
    ...(oncePer !== undefined && { oncePer }),
    ...(movedFrom !== undefined && { movedFrom }),
    ...(onChange !== undefined && { onChange }),
  }
  return [definition]
}

function readForEach(fields: Fields): Definition['forEach'] {
  const node = fields.node('forEach')
  if (node?.kind === 'map' && isDirective(node)) return readDirective(node, fields)
  const list = fields.textNode('forEach')
  const as = fields.textNode('as')
  if (fields.has('forEach') !== fields.has('as')) {
    const present = fields.has('forEach') ? 'forEach' : 'as'
    fields.complain('key/missing', '`forEach` and `as` go together.', fields.keyRange(present))
  }
  const where = fields.textNode('where')
  if (where !== undefined && !fields.has('forEach')) {
    const hint = 'Without a list, `$if` around the whole `call` leaves it out.'
    fields.complain('key/missing', '`where` goes with `forEach`.', fields.keyRange('where'), hint)
  }
  if (list === undefined || as === undefined) return undefined
  const problem = variableNameProblem(String(as.value))
  if (problem !== undefined) fields.complain('variable/reserved', problem, as.range)
  return { list, as, ...(where !== undefined && { where }) }
}

/** `$each` is for lists inside a call. What was meant is known, so that nothing else need be complained about. */
function readDirective(map: MapNode, fields: Fields): Definition['forEach'] {
  const found = (key: string) => map.entries.find((entry) => entry.key.value === key)?.value
  const [list, as] = [found('$each'), fields.textNode('as') ?? found('$as')]
  const name = as?.kind === 'scalar' ? String(as.value) : 'item'
  const hint = `Write \`forEach: "{{list}}"\` and beside it \`as: ${name}\`; the name, \`with\` and \`call\` stand beside them.`
  fields.complain('key/type', '`forEach` takes the list itself, and no `$each`.', map.range, hint)
  const where = fields.textNode('where')
  if (list?.kind !== 'scalar' || as?.kind !== 'scalar') return undefined
  return { list, as, ...(where !== undefined && { where }) }
}

const isDirective = ({ entries }: MapNode): boolean => entries.some(({ key }) => key.value === '$each')
