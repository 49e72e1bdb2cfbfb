import { createDiagnostic, type Diagnostic } from '../../model/diagnostics/diagnostic.js'
import { type MapEntry, type MapNode, type Node, startOf } from '../../model/language/document.js'
import type { Assignment, Values } from '../../model/language/workspace.js'
import type { VariableLevel, VariableOrigin } from '../../model/payload.js'
import { costs } from '../base/costs.js'
import type { Reporter } from '../base/reporter.js'
import type { DataFile } from '../data/data.js'
import type { Frame, RootNames } from '../expression/scope.js'
import { type Shape, shapeOfNode } from '../expression/shape.js'
import { hasSecret } from '../yaml/placeholders.js'
import { bindNode } from './render.js'
import type { BindTools } from './tools.js'
import {
  type Binding,
  failedBinding,
  fixedBinding,
  type LazySource,
  lazyBinding,
  readText,
  type Surroundings,
  typesOfNode,
  VariableTable,
} from './variables.js'
import { spell } from './ways-of-node.js'

/** What expressions of a place can read: its own variables, and those of the places around it. */
export interface FileScope {
  readonly names: RootNames
  readonly table: VariableTable
  readonly frame: Frame
  /** Their reporter speaks for whatever opened the place first. */
  readonly tools: BindTools
}

export interface ScopeSources {
  readonly variables: MapNode | undefined
  readonly level: VariableLevel & ('callctl.yaml' | 'environment' | 'file')
  /** Lists that a file of definitions reads, by name. */
  readonly data?: ReadonlyMap<string, NamedData>
  readonly values: Values
}

export interface NamedData {
  readonly origin: VariableOrigin
  /** Undefined when it could not be read, which is reported. */
  readonly file: DataFile | undefined
}

/** Before any variable: only the environment can be read. */
export function openRoot(
  surroundings: Surroundings,
  names: ReadonlySet<string>,
  tools: BindTools,
): FileScope {
  const table = new VariableTable(new Map(), surroundings, tools.reporter)
  const secrets = new Set([...surroundings.secrets].map((name) => `env.${name}`))
  const root: RootNames = {
    kind: 'root',
    variables: new Map(),
    environment: names,
    used: new Set(),
    secrets,
    ...(surroundings.unset !== undefined && { unset: surroundings.unset }),
  }
  return { names: root, table, frame: { root: table }, tools }
}

/** A scope of variables over another one. Values are rendered when they are first read. */
export function openScope(
  sources: ScopeSources,
  parent: FileScope,
  surroundings: Surroundings,
  reporter = parent.tools.reporter,
): FileScope {
  const tools = { ...parent.tools, reporter }
  const { spend } = surroundings.budget
  const entries = sources.variables?.entries ?? []
  const own = entries.map(({ key, value }) => [String(key.value), shapeOfNode(value)] as const)
  const data = [...(sources.data ?? [])].map(([name, { file }]) => [name, file?.shape ?? anyOf] as const)
  const variables: ReadonlyMap<string, Shape> = new Map([...parent.names.variables, ...data, ...own])
  spend(variables.size * costs.name)
  const names: RootNames = { ...parent.names, variables, used: new Set() }
  const bindings = new Map<string, Binding>()
  const table = new VariableTable(bindings, surroundings, reporter, parent.table)
  const scope: FileScope = { names, table, frame: { root: table }, tools }
  for (const [name, each] of sources.data ?? []) bindings.set(name, bindData(each))
  const nesting = { depth: 0 }
  for (const entry of entries)
    bindings.set(String(entry.key.value), bindEntry(entry, sources, scope, { nesting, spend }))
  return scope
}

const anyOf: Shape = { kind: 'any' }

function bindData({ origin, file }: NamedData): Binding {
  if (file === undefined) return failedBinding(origin)
  const { items } = file
  return {
    origin,
    read: () => file.value,
    way: (path) => {
      const place = file.locate(path)
      return { origins: [{ ...origin, name: spell(origin.name, path), range: place }], place }
    },
    ...(items !== undefined && { items }),
  }
}

function bindEntry(
  { key, value }: MapEntry,
  sources: ScopeSources,
  scope: FileScope,
  { nesting, spend }: Pick<LazySource, 'nesting' | 'spend'>,
): Binding {
  const { tools, names } = scope
  const name = String(key.value)
  const origin: VariableOrigin = { name, level: sources.level, range: value.range }
  const assignment = sources.values.assignments.findLast((each) => each.name === name)
  if (assignment !== undefined) return bindReplacement(assignment, value, tools.reporter)
  const render = bindNode(value, names, tools)
  return lazyBinding({
    origin,
    node: value,
    home: scope.table,
    names,
    render,
    refuse: (rendered) => (hasSecret(rendered, secretsOf(names)) ? refuseSecret(value) : undefined),
    nesting,
    spend,
  })
}

/** A variable that may be seen must not hold a secret, or it could be compared and transformed unnoticed. */
function refuseSecret(node: Node): Diagnostic {
  const hint = 'Give it to a template’s variable that has `secret: true`, under `with`.'
  const message = 'A secret cannot be kept in a variable of a file.'
  return createDiagnostic('secret/place', message, { range: startOf(node), hint })
}

const secretsOf = ({ secrets }: RootNames): ReadonlySet<string> =>
  new Set([...secrets].map((name) => name.replace(/^env\./, '')))

/** A `--var` that replaces a value of a file is read by that value's type. */
function bindReplacement(assignment: Assignment, replaced: Node, reporter: Reporter): Binding {
  const { name, level, value } = assignment
  const origin: VariableOrigin = { name, level }
  if (level === '--var-file') return fixedBinding(origin, value)
  const types = typesOfNode(replaced)
  const read = readText(String(value), types)
  if (read !== undefined) return fixedBinding(origin, read)
  const message = `\`--var ${name}\` is not a value of the type ${types?.join(' or ')}, as the value that it replaces.`
  reporter.report(createDiagnostic('variable/value', message, { range: replaced.range }))
  return failedBinding(origin)
}
