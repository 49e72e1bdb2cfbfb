// Tests of definitions: their files are read, the calls they are about compiled as always, and what they expect compared.

import { type Checked, createDiagnostic, type Diagnostic } from '../../model/diagnostics/diagnostic.js'
import type { DefinitionTest, TestSubject } from '../../model/language/definition-test.js'
import {
  type Document,
  literalValue,
  type MapEntry,
  type MapNode,
  type Node,
} from '../../model/language/document.js'
import type { Range, Source } from '../../model/language/source.js'
import { environmentNameProblem } from '../expression/environment-names.js'
import { Fields } from '../language/fields.js'
import { readDefinition } from '../language/read-definitions.js'
import { checkVariableNames } from '../language/read-settings.js'
import { forgery, holdsPlaceholder } from '../yaml/forged.js'
import { parse } from '../yaml/parse.js'
import { readExpectations } from './read-expectations.js'

export const testFileKeys = ['tests']
const ownKeys = ['uses', 'with', 'call', 'graph']
export const testKeys = ['address', ...ownKeys, 'env', 'variables', 'environment', 'expect']

/** `*.test.yaml`: `tests:` is a map from a test's name to what it tries and expects. */
export function readTestFile(source: Source): Checked<readonly DefinitionTest[]> {
  const { value: document, diagnostics: found } = parse(source, true)
  if (document === undefined) return { value: [], diagnostics: found }
  const diagnostics: Diagnostic[] = [...found]
  const fields = new Fields(document.root, testFileKeys, diagnostics)
  const tests = fields.mapNode('tests')
  if (!fields.has('tests')) {
    fields.complain('key/missing', 'A file of tests needs `tests`.', firstRange(document))
  }
  const value = (tests?.entries ?? []).flatMap((entry) => readTest(entry, source.path, diagnostics))
  return { value, diagnostics }
}

const firstRange = ({ root }: Document): Range => root.entries[0]?.key.range ?? root.range

function readTest(entry: MapEntry, source: string, diagnostics: Diagnostic[]): DefinitionTest[] {
  const { key, value: node } = entry
  const map: MapNode = node.kind === 'map' ? node : { kind: 'map', entries: [], range: node.range }
  const fields = new Fields(map, testKeys, diagnostics)
  if (node.kind !== 'map') fields.complain('key/type', 'A test is a map.', node.range)
  if (String(key.value).trim() === '') fields.complain('key/type', 'A test needs a name.', key.range)
  const subject = node.kind === 'map' ? readSubject(entry, fields, source, diagnostics) : undefined
  const environmentName = fields.textNode('env')
  const variables = fields.mapNode('variables')
  checkVariableNames(variables, fields)
  const environment = readEnvironment(fields, diagnostics)
  const expect = fields.mapNode('expect')
  if (node.kind === 'map' && !fields.has('expect')) {
    const hint = 'Write `expect: {}` for a call that is to have no errors.'
    fields.complain('key/missing', 'A test needs `expect`.', key.range, hint)
  }
  for (const { key: name, value } of map.entries)
    if (name.value !== 'expect') refuseForged(value, diagnostics)
  if (subject === undefined || expect === undefined) return []
  const test: DefinitionTest = {
    name: key,
    source,
    subject,
    assignments: (variables?.entries ?? []).map((each) => ({
      name: String(each.key.value),
      level: '--var-file',
      value: literalValue(each.value),
      range: each.key.range,
    })),
    expect: readExpectations(expect, diagnostics),
    ...(environmentName !== undefined && { environmentName }),
    ...(environment !== undefined && { environment }),
  }
  return [test]
}

function readSubject(
  { key, value }: MapEntry,
  fields: Fields,
  source: string,
  diagnostics: Diagnostic[],
): TestSubject | undefined {
  const address = fields.textNode('address')
  const own = ownKeys.filter((name) => fields.has(name))
  if (fields.has('address')) {
    const message = 'A test is about calls of the workspace, or makes a definition of its own.'
    if (own.length > 0)
      fields.complain('key/type', message, fields.keyRange(own[0]!), 'Remove it, or `address`.')
    return address && { kind: 'address', address }
  }
  if (own.length === 0) {
    const hint = 'Name a call of the workspace with `address`, or write `uses` and `with`, or `call`.'
    fields.complain('key/missing', 'This test is about nothing.', key.range, hint)
    return undefined
  }
  const entries = (value as MapNode).entries.filter((entry) => ownKeys.includes(String(entry.key.value)))
  const body: MapNode = { kind: 'map', entries, range: value.range }
  const [definition] = readDefinition({ key, value: body }, { source }, diagnostics)
  return definition && { kind: 'definition', definition }
}

function readEnvironment(fields: Fields, diagnostics: Diagnostic[]): MapNode | undefined {
  const environment = fields.mapNode('environment')
  if (environment === undefined) return undefined
  const names = environment.entries.map(({ key }) => String(key.value))
  const texts = new Fields(environment, names, diagnostics)
  for (const name of names) {
    texts.textNode(name)
    // Whether it is kept as a secret, callctl.yaml says.
    const problem = environmentNameProblem(name, true)
    if (problem === undefined) continue
    const details = { range: texts.keyRange(name), hint: 'Remove it: no definition can depend on it.' }
    diagnostics.push(createDiagnostic('env/name', problem.message, details))
  }
  return environment
}

/** Only what is expected may spell out the placeholders of secrets and references. */
function refuseForged(node: Node, diagnostics: Diagnostic[]): void {
  if (node.kind === 'scalar') {
    if (holdsPlaceholder(node.value)) diagnostics.push(forgery(node.range))
  } else {
    const inner = node.kind === 'list' ? node.items : node.entries.flatMap(({ key, value }) => [key, value])
    for (const each of inner) refuseForged(each, diagnostics)
  }
}
