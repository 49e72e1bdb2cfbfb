import { type Checked, createDiagnostic, type Diagnostic } from '../model/diagnostic.js'
import type { Document, MapNode } from '../model/document.js'
import type { Limits, Settings, TargetSettings } from '../model/settings.js'
import type { Range } from '../model/source.js'
import { Fields } from './fields.js'
import { variableNameProblem } from './names.js'

export const settingsKeys = ['version', 'graph', 'tenantId', 'env', 'variables', 'defaults', 'limits']
const environmentForm = /^[A-Za-z_][A-Za-z0-9_]*$/
export const defaultConcurrency = 8
export const maximumConcurrency = 64

const withoutFile: Settings = {
  cloud: 'global',
  target: {},
  environment: new Map(),
  limits: { concurrency: defaultConcurrency },
}

/** `callctl.yaml`; every key is optional, and without the file all defaults hold. */
export function readSettings(document: Document | undefined): Checked<Settings> {
  if (document === undefined) return { value: withoutFile, diagnostics: [] }
  const diagnostics: Diagnostic[] = []
  const fields = new Fields(document.root, settingsKeys, diagnostics)
  if (fields.has('version')) fields.integer('version', 1, 1)
  const tenantId = fields.textNode('tenantId')
  const variables = fields.mapNode('variables')
  checkVariableNames(variables, fields)
  const defaults = fields.mapNode('defaults')
  const graph = graphFields(fields, diagnostics, ['cloud'])
  const value: Settings = {
    cloud: readCloud(graph) ?? 'global',
    target: readTarget(graph),
    environment: readEnvironment(fields, diagnostics),
    limits: readLimits(fields, diagnostics),
    ...(tenantId !== undefined && { tenantId }),
    ...(variables !== undefined && { variables }),
    ...(defaults !== undefined && { defaults }),
  }
  return { value, diagnostics }
}

function readCloud(graph: Fields | undefined): Settings['cloud'] | undefined {
  const node = graph?.node('cloud')
  if (node?.kind === 'scalar' && node.value === 'china') {
    graph!.complain(
      'target/cloud',
      'The China cloud has no calls API, so no call can be placed there.',
      node.range,
    )
    return undefined
  }
  return graph?.oneOf('cloud', ['global', 'us-gov', 'us-gov-dod'])
}

/** The keys of `graph:`; the cloud is callctl.yaml's alone. */
export function graphFields(
  owner: Fields,
  diagnostics: Diagnostic[],
  alsoKnown: readonly string[] = [],
): Fields | undefined {
  const graph = owner.mapNode('graph')
  return graph && new Fields(graph, [...alsoKnown, 'version', 'collection', 'applicationId'], diagnostics)
}

/** `graph:` of callctl.yaml, a template or a definition. */
export function readTarget(graph: Fields | undefined): TargetSettings {
  if (graph === undefined) return {}
  const version = graph.oneOf('version', ['v1.0', 'beta'])
  const collection = graph.oneOf('collection', ['communications', 'app', 'application'])
  const applicationId = graph.textNode('applicationId')
  return {
    range: graph.map.range,
    ...(version !== undefined && { version }),
    ...(collection !== undefined && { collection }),
    ...(applicationId !== undefined && { applicationId }),
  }
}

function readEnvironment(fields: Fields, diagnostics: Diagnostic[]): ReadonlyMap<string, Range> {
  const names = new Map<string, Range>()
  for (const item of fields.listNode('env')?.items ?? []) {
    const name = item.kind === 'scalar' ? String(item.value) : ''
    if (environmentForm.test(name)) names.set(name, item.range)
    else
      diagnostics.push(
        createDiagnostic('key/type', 'The name of an environment variable must stand here.', {
          range: item.range,
        }),
      )
  }
  return names
}

function readLimits(fields: Fields, diagnostics: Diagnostic[]): Limits {
  const map = fields.mapNode('limits')
  if (map === undefined) return { concurrency: defaultConcurrency }
  const limits = new Fields(map, ['people', 'concurrency'], diagnostics)
  const people = limits.integer('people', 0, 1_000_000)
  const concurrency = limits.integer('concurrency', 1, maximumConcurrency) ?? defaultConcurrency
  return { concurrency, ...(people !== undefined && { people }) }
}

/** Names that expressions use otherwise cannot be variables. */
export function checkVariableNames(variables: MapNode | undefined, fields: Fields): void {
  for (const { key } of variables?.entries ?? []) {
    const problem = variableNameProblem(String(key.value))
    if (problem !== undefined) fields.complain('variable/reserved', problem, key.range)
  }
}
