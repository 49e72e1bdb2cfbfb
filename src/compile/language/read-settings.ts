import { type Checked, createDiagnostic, type Diagnostic } from '../../model/diagnostics/diagnostic.js'
import { diagnosticCodes } from '../../model/diagnostics/diagnostic-codes.js'
import type { Severity } from '../../model/diagnostics/severity.js'
import type { Document, MapNode, Node, ScalarNode } from '../../model/language/document.js'
import type { EnvironmentName, Limits, Settings, TargetSettings } from '../../model/language/settings.js'
import { environmentNameProblem } from '../expression/environment-names.js'
import { Fields } from './fields.js'
import { variableNameProblem } from './names.js'

export const environmentKeys = ['graph', 'tenantId', 'env', 'variables', 'defaults', 'limits', 'lints']
export const settingsKeys = ['version', ...environmentKeys, 'record', 'environments']
const variableForm = /^[A-Za-z_][A-Za-z0-9_]*$/
const environmentForm = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/
export const defaultConcurrency = 8
export const maximumConcurrency = 64

const withoutFile: Settings = {
  cloud: 'global',
  target: {},
  environment: new Map(),
  limits: { concurrency: defaultConcurrency },
  severities: new Map(),
  environmentNames: [],
}

/** `callctl.yaml` with what the chosen environment lays over it; without the file all defaults hold. */
export function readSettings(document: Document | undefined, environmentName?: string): Checked<Settings> {
  if (document === undefined) return { value: withoutFile, diagnostics: [] }
  const diagnostics: Diagnostic[] = []
  const fields = new Fields(document.root, settingsKeys, diagnostics)
  if (fields.has('version')) fields.integer('version', 1, 1)
  const base = readLayer(fields, diagnostics)
  const record = readRecord(fields, diagnostics)
  const environments = readEnvironments(fields, diagnostics)
  const chosen = environmentName === undefined ? undefined : environments.get(environmentName)
  const value: Settings = {
    cloud: chosen?.cloud ?? base.cloud ?? 'global',
    target: { ...base.target, ...chosen?.target },
    environment: new Map([...base.environment, ...(chosen?.environment ?? [])]),
    limits: { concurrency: defaultConcurrency, ...base.limits, ...chosen?.limits },
    severities: new Map([...base.severities, ...(chosen?.severities ?? [])]),
    environmentNames: [...environments.keys()],
    ...(record !== undefined && { record }),
    ...pick({ ...base, ...chosen }, 'hasMeetingConsent'),
    ...pick(base, 'variables'),
    ...pick(base, 'defaults'),
    ...pick(base, 'tenantId'),
    ...(chosen !== undefined && {
      chosen: { ...pick(chosen, 'variables'), ...pick(chosen, 'defaults') },
      ...pick(chosen, 'tenantId'),
    }),
  }
  return { value, diagnostics }
}

/** The property as an object to be spread: absent where it is absent. */
function pick<Source extends object, Key extends keyof Source>(
  from: Source,
  key: Key,
): Pick<Source, Key> | object {
  return from[key] === undefined ? {} : { [key]: from[key] }
}

/** What callctl.yaml and each of its environments may say. */
interface SettingsLayer {
  readonly cloud?: Settings['cloud']
  readonly hasMeetingConsent?: boolean
  readonly target: TargetSettings
  readonly environment: Settings['environment']
  readonly limits: Partial<Limits>
  readonly severities: Settings['severities']
  readonly tenantId?: ScalarNode
  readonly variables?: MapNode
  readonly defaults?: MapNode
}

function readLayer(fields: Fields, diagnostics: Diagnostic[]): SettingsLayer {
  const tenantId = fields.textNode('tenantId')
  const variables = fields.mapNode('variables')
  checkVariableNames(variables, fields)
  const defaults = fields.mapNode('defaults')
  const graph = graphFields(fields, diagnostics, ['cloud', 'resourceSpecificConsent'])
  const cloud = readCloud(graph)
  const hasMeetingConsent = graph?.boolean('resourceSpecificConsent')
  return {
    target: readTarget(graph),
    environment: readEnvironment(fields, diagnostics),
    limits: readLimits(fields, diagnostics),
    severities: readSeverities(fields, diagnostics),
    ...(cloud !== undefined && { cloud }),
    ...(hasMeetingConsent !== undefined && { hasMeetingConsent }),
    ...(tenantId !== undefined && { tenantId }),
    ...(variables !== undefined && { variables }),
    ...(defaults !== undefined && { defaults }),
  }
}

function readEnvironments(fields: Fields, diagnostics: Diagnostic[]): ReadonlyMap<string, SettingsLayer> {
  const environments = new Map<string, SettingsLayer>()
  for (const { key, value } of fields.mapNode('environments')?.entries ?? []) {
    const name = String(key.value)
    if (!environmentForm.test(name)) {
      fields.complain('key/type', 'An environment is named by letters, digits, `_` and `-`.', key.range)
    } else if (value.kind !== 'map') {
      fields.complain('key/type', 'An environment is a map of settings.', value.range)
    } else environments.set(name, readLayer(new Fields(value, environmentKeys, diagnostics), diagnostics))
  }
  return environments
}

/** For all environments: a runner either shares the workspace's record, or is refused. */
function readRecord(fields: Fields, diagnostics: Diagnostic[]): Settings['record'] {
  const map = fields.mapNode('record')
  if (map === undefined) return undefined
  const record = new Fields(map, ['kind'], diagnostics)
  const kind = record.oneOf('kind', ['postgres'])
  if (kind === undefined && !record.has('kind'))
    record.complain('key/missing', 'The kind of the shared record must stand here.', map.range)
  return kind
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

function readEnvironment(fields: Fields, diagnostics: Diagnostic[]): Settings['environment'] {
  const names = new Map<string, EnvironmentName>()
  for (const item of fields.listNode('env')?.items ?? []) {
    const { name, isSecret } =
      item.kind === 'map' ? readSecretName(item, diagnostics) : { name: textOf(item), isSecret: false }
    const { range } = item
    if (name === undefined || !variableForm.test(name)) {
      const message = 'The name of an environment variable must stand here, or `{ name, secret }`.'
      diagnostics.push(createDiagnostic('key/type', message, { range }))
      continue
    }
    const problem = environmentNameProblem(name, isSecret)
    if (problem !== undefined)
      diagnostics.push(createDiagnostic('env/name', problem.message, { range, hint: problem.hint }))
    // One that may not be read is known, so that nothing else complains, and its value is kept out of sight.
    names.set(name, { range, isSecret: isSecret || problem !== undefined })
  }
  return names
}

const textOf = (node: Node): string | undefined =>
  node.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined

function readSecretName(
  map: MapNode,
  diagnostics: Diagnostic[],
): { name: string | undefined; isSecret: boolean } {
  const fields = new Fields(map, ['name', 'secret'], diagnostics)
  return { name: fields.text('name'), isSecret: fields.boolean('secret') ?? false }
}

function readLimits(fields: Fields, diagnostics: Diagnostic[]): Partial<Limits> {
  const map = fields.mapNode('limits')
  if (map === undefined) return {}
  const limits = new Fields(map, [...countedLimits, 'concurrency'], diagnostics)
  const read: { -readonly [Name in keyof Limits]?: number } = {}
  const concurrency = limits.integer('concurrency', 1, maximumConcurrency)
  if (concurrency !== undefined) read.concurrency = concurrency
  for (const name of countedLimits) {
    const count = limits.integer(name, 0, maximumCount)
    if (count !== undefined) read[name] = count
  }
  return read
}

const countedLimits = ['people', 'concurrentCalls', 'callsPerMonth'] as const
const maximumCount = 1_000_000

const severityWords = { off: 'off', warn: 'warning', error: 'error' } as const

/** Lints and warnings may be set as a team likes, and unknown properties lowered; other errors may not. */
function readSeverities(fields: Fields, diagnostics: Diagnostic[]): Settings['severities'] {
  const severities = new Map<string, Severity | 'off'>()
  const map = fields.mapNode('lints')
  if (map === undefined) return severities
  const lints = new Fields(map, adjustableCodes, diagnostics)
  for (const code of adjustableCodes) {
    const word = lints.oneOf(code, ['off', 'warn', 'error'])
    if (word !== undefined) severities.set(code, severityWords[word])
  }
  return severities
}

export const adjustableCodes: readonly string[] = Object.entries(diagnosticCodes)
  .filter(
    ([code, [severity]]) =>
      severity === 'warning' || code.startsWith('lint/') || code === 'schema/unknown-property',
  )
  .map(([code]) => code)

/** Names that expressions use otherwise cannot be variables. */
export function checkVariableNames(variables: MapNode | undefined, fields: Fields): void {
  for (const { key } of variables?.entries ?? []) {
    const problem = variableNameProblem(String(key.value))
    if (problem !== undefined) fields.complain('variable/reserved', problem, key.range)
  }
}
