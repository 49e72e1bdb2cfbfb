import type { Definition } from '../model/definition.js'
import type { Diagnostic } from '../model/diagnostic.js'
import type { MapNode, ScalarNode } from '../model/document.js'
import type { Payload } from '../model/payload.js'
import type { Settings } from '../model/settings.js'
import type { Values, Workspace } from '../model/workspace.js'
import { bindDefinition } from './bind-definition.js'
import { bindTarget } from './bind-template.js'
import { Templates } from './bind-templates.js'
import { type CallContext, compileCall, type RenderedCall } from './compile-call.js'
import { Complaints, type Listener } from './complaints.js'
import { type FileScope, openRoot, openScope } from './file-scope.js'
import { FileScopes } from './file-scopes.js'
import { refuseForgedValues } from './forged.js'
import { type Instance, instancesOf } from './instances.js'
import { locateText } from './locate-text.js'
import { duplicateName, type ParseFile, type Program, readProgram } from './program.js'
import { hasReference, resolveReferences } from './references.js'
import { bindNode, type Render } from './render.js'
import { checkAssignments } from './unknown-assignments.js'
import type { Surroundings } from './variables.js'

export interface Compilation {
  /** The selected files' calls that have no error, in the order of their files. */
  readonly payloads: readonly Payload[]
  readonly diagnostics: readonly Diagnostic[]
  readonly settings: Settings
  /** Every address that the workspace defines; undefined when a file could not be read, so that some are not known. */
  readonly definedAddresses: ReadonlySet<string> | undefined
  /** How many definitions each file holds. */
  readonly definitionCounts: ReadonlyMap<string, number>
  /** Files of data that definitions read, by path: for showing complaints about them. */
  readonly dataTexts: ReadonlyMap<string, string>
  /** callctl.yaml's `tenantId`, rendered: the tenant to sign in to. */
  readonly tenantId?: string
}

/** What to do with each call once it is rendered; for explaining one. */
export type Witness = (rendered: RenderedCall, payload: Payload) => void

/** Definitions that stand in no file of the workspace, and a choice of calls: for tests of definitions. */
export interface Trial extends Listener {
  readonly definitions: readonly Definition[]
  readonly parse: ParseFile
  /** Asked for every call of the workspace. */
  selects(instance: Instance): boolean
}

/** Text to payloads, with all complaints. Pure: it reads nothing but its arguments. */
export function compile(workspace: Workspace, values: Values, witness?: Witness, trial?: Trial): Compilation {
  const complaints = new Complaints(workspace, values.isStrict === true, trial)
  for (const diagnostic of workspace.diagnostics) complaints.report(diagnostic)
  const program = readWhole(workspace, values, complaints, trial)
  complaints.setSeverities(program.settings.severities)
  const surroundings = surroundingsOf(program.settings, values)
  const root = openWorkspace(program.settings, values, surroundings, complaints)
  const context = createContext(program.settings, values, surroundings, root)
  const templates = new Templates(program, root.names, complaints)
  checkAssignments(program, values, complaints.report)
  refuseForgedValues(values, program.settings.environment, complaints.report)
  const scopes = new FileScopes(workspace, values, surroundings, root)
  const { instances, isWhole } = nameCalls(program, templates, scopes, complaints)
  const tenantId = renderTenant(program.settings, root)
  const selected = instances.filter((instance) =>
    trial === undefined
      ? workspace.selected.has(instance.bound.definition.file.source)
      : trial.selects(instance),
  )
  const renderings = new Map<string, RenderedCall>()
  const payloads = selected.flatMap((instance) =>
    complaints.concerning(instance, () =>
      compileInstance(instance, context, (rendered, payload) => {
        witness?.(rendered, payload)
        if (hasReference(payload)) renderings.set(payload.address, rendered)
      }),
    ),
  )
  // A misspelt name would be complained about twice: as undefined, and its variable as unused.
  if (complaints.countErrors() === 0) scopes.reportUnused()
  const addresses = new Map(instances.map(({ name, address }) => [name, address]))
  return {
    payloads: resolveReferences(payloads, addresses, {
      report: complaints.report,
      locateText: (text, { address }) => {
        const rendered = renderings.get(address)
        return rendered && locateText(text, rendered)
      },
    }),
    diagnostics: complaints.diagnostics,
    settings: program.settings,
    definedAddresses: program.isWhole && isWhole ? new Set(addresses.values()) : undefined,
    definitionCounts: countBySource(program.definitions),
    dataTexts: scopes.dataTexts,
    ...(tenantId !== undefined && { tenantId }),
  }
}

function readWhole(
  workspace: Workspace,
  values: Values,
  complaints: Complaints,
  trial: Trial | undefined,
): Program {
  const program = readProgram(workspace, values.environmentName, complaints.report, trial?.parse)
  return trial === undefined
    ? program
    : { ...program, definitions: [...program.definitions, ...trial.definitions] }
}

function surroundingsOf({ environment }: Settings, values: Values): Surroundings {
  const secrets = [...environment].filter(([, { isSecret }]) => isSecret).map(([name]) => name)
  return { values: values.environment, secrets: new Set(secrets) }
}

/** The variables of callctl.yaml, and over them those of the chosen environment. */
function openWorkspace(
  settings: Settings,
  values: Values,
  surroundings: Surroundings,
  complaints: Complaints,
): FileScope {
  const bottom = openRoot(surroundings, new Set(settings.environment.keys()), complaints)
  const base = openScope(
    { variables: settings.variables, level: 'callctl.yaml', values },
    bottom,
    surroundings,
  )
  if (settings.chosen?.variables === undefined) return base
  return openScope({ variables: settings.chosen.variables, level: 'environment', values }, base, surroundings)
}

function createContext(
  settings: Settings,
  values: Values,
  surroundings: Surroundings,
  root: FileScope,
): CallContext {
  const maps = [
    settings.tenantId && mapOf('tenantId', settings.tenantId),
    settings.defaults,
    settings.chosen?.defaults,
  ]
  const lowest: Render[] = maps.flatMap((map) =>
    map === undefined ? [] : [bindNode(map, root.names, root.binder)],
  )
  return {
    settings,
    values,
    surroundings,
    lowest,
    target: bindTarget(settings.target, root.names, root.binder),
  }
}

const mapOf = (name: string, value: ScalarNode): MapNode => ({
  kind: 'map',
  range: value.range,
  entries: [{ key: { kind: 'scalar', value: name, style: 'plain', range: value.range }, value }],
})

function renderTenant(settings: Settings, root: FileScope): string | undefined {
  if (settings.tenantId === undefined) return undefined
  const tenantId = bindNode(settings.tenantId, root.names, root.binder)(root.frame)
  return typeof tenantId === 'string' ? tenantId : undefined
}

/** All calls of the workspace by name, of which no two are alike. */
function nameCalls(
  program: Program,
  templates: Templates,
  scopes: FileScopes,
  complaints: Complaints,
): { instances: Instance[]; isWhole: boolean } {
  const taken = new Map<string, Definition>()
  const instances: Instance[] = []
  let isWhole = true
  for (const definition of program.definitions) {
    complaints.concerning(definition, () => {
      const template = definition.uses === undefined ? undefined : templates.find(definition.uses)
      const scope = scopes.of(definition.file)
      scopes.declare(definition.file, template)
      for (const instance of instancesOf(bindDefinition(definition, template, scope))) {
        const first = instance && taken.get(instance.name.toLowerCase())
        if (instance === undefined) isWhole = false
        else if (first !== undefined) {
          isWhole = false
          scope.binder.report(duplicateName(instance.name, definition, first))
        } else {
          taken.set(instance.name.toLowerCase(), definition)
          instances.push(instance)
        }
      }
    })
  }
  return { instances, isWhole }
}

function compileInstance(instance: Instance, context: CallContext, witness: Witness): readonly Payload[] {
  if (instance.bound.isNameOnly) return []
  const compiled = compileCall(instance, context)
  if (compiled === undefined) return []
  witness(compiled.rendered, compiled.payload)
  return [compiled.payload]
}

function countBySource(definitions: readonly Definition[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { file } of definitions) counts.set(file.source, (counts.get(file.source) ?? 0) + 1)
  return counts
}
