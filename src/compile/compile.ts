import type { Definition } from '../model/definition.js'
import type { Diagnostic } from '../model/diagnostic.js'
import type { EnvironmentUse } from '../model/environment-use.js'
import type { Payload, PayloadHead } from '../model/payload.js'
import type { Settings } from '../model/settings.js'
import type { Values, Workspace } from '../model/workspace.js'
import { bindTarget } from './bind-template.js'
import { Templates } from './bind-templates.js'
import { formatCall } from './canonical.js'
import { type CallContext, compileCall, type RenderedCall } from './compile-call.js'
import { Complaints, type Listener } from './complaints.js'
import { createPayload } from './create-payload.js'
import { EnvironmentSites } from './environment/definition-sites.js'
import { describeUses } from './environment/describe-uses.js'
import { complainOfChoices } from './environment/report-choices.js'
import { type FileScope, openRoot, openScope } from './file-scope.js'
import { FileScopes } from './file-scopes.js'
import { refuseForgedValues } from './forged.js'
import type { Instance } from './instances.js'
import { LayerBinder } from './layer-binder.js'
import { locateText } from './locate-text.js'
import { lowestLayers } from './lowest-layers.js'
import { CallNames } from './name-calls.js'
import { type ParseFile, type Program, readProgram } from './program.js'
import { hasReference, resolveReferences } from './references.js'
import { bindNode } from './render.js'
import { checkAssignments } from './unknown-assignments.js'
import type { Surroundings } from './variables.js'

export interface Compilation extends Summary {
  /** The selected files' calls that have no error, in the order of their files. */
  readonly payloads: readonly Payload[]
}

/** What a compilation says beside the payloads. */
export interface Summary {
  /**
   * Of the calls that need others: what they need is known only now. Undefined for one that cannot have it, which is
   * complained about.
   */
  readonly referring: ReadonlyMap<string, Payload | undefined>
  readonly diagnostics: readonly Diagnostic[]
  readonly settings: Settings
  /** Every address that the workspace defines; undefined when a file could not be read, so that some are not known. */
  readonly definedAddresses: ReadonlySet<string> | undefined
  /** Names of definitions with `oncePer` that make several calls, as `notify-*`. */
  readonly occasionPatterns: readonly string[]
  /** How many definitions each file holds. */
  readonly definitionCounts: ReadonlyMap<string, number>
  /** Files of data that definitions read, by path: for showing complaints about them. */
  readonly dataTexts: ReadonlyMap<string, string>
  /** Where the environment has a say in the selected files' calls; empty unless the values ask for it. */
  readonly environmentUses: readonly EnvironmentUse[]
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
  const payloads: Payload[] = []
  const take = (rendered: RenderedCall): void => {
    const payload = createPayload(rendered)
    witness?.(rendered, payload)
    payloads.push(payload)
  }
  const summary = compileCalls(workspace, values, take, trial)
  return { payloads: withReferences(payloads, summary), ...summary }
}

/** Payloads that were taken while it was not known what some need of others, now that it is. */
export const withReferences = <Held extends PayloadHead>(
  payloads: readonly Held[],
  { referring }: Summary,
): readonly (Held | Payload)[] =>
  referring.size === 0
    ? payloads
    : payloads.flatMap((each) => (referring.has(each.address) ? (referring.get(each.address) ?? []) : each))

/**
 * The same, with each call handed over and forgotten, so that memory does not grow with their number. What they need
 * of one another is not known yet: a complaint about that, like any other, may come after they were handed over.
 */
export const compileEach = (
  workspace: Workspace,
  values: Values,
  take: (rendered: RenderedCall) => void,
): Summary => compileCalls(workspace, values, take, undefined)

function compileCalls(
  workspace: Workspace,
  values: Values,
  take: (rendered: RenderedCall) => void,
  trial: Trial | undefined,
): Summary {
  const opened = openCalls(workspace, values, trial)
  const { complaints, program, context, scopes, calls, root, uses } = opened
  const tenantId = renderTenant(program.settings, root)
  const isSelected = (instance: Instance): boolean =>
    trial === undefined
      ? workspace.selected.has(instance.bound.definition.file.source)
      : trial.selects(instance)
  const referring = new Map<string, Taken>()
  for (const instance of calls.instances(definitionsOf(program, trial))) {
    if (!isSelected(instance)) continue
    const rendered = complaints.concerning(instance, () => compileInstance(instance, context))
    if (rendered === undefined) continue
    take(rendered)
    if (refersToCalls(rendered))
      referring.set(instance.address, { payload: createPayload(rendered), rendered })
  }
  checkAssignments(program, values, complaints.report)
  // A misspelt name would be complained about twice: as undefined, and its variable as unused.
  if (complaints.countErrors() === 0) scopes.reportUnused()
  return {
    referring: resolveAll(referring, calls.addresses, complaints),
    diagnostics: complaints.diagnostics,
    settings: program.settings,
    definedAddresses: program.files.isWhole && calls.isWhole ? calls.addresses : undefined,
    occasionPatterns: [...calls.occasionPatterns],
    definitionCounts: program.files.counts,
    dataTexts: scopes.dataTexts,
    environmentUses: uses,
    ...(tenantId !== undefined && { tenantId }),
  }
}

/** Everything that is there before the first definition is looked at. */
function openCalls(workspace: Workspace, values: Values, trial: Trial | undefined) {
  const complaints = new Complaints(workspace, values.isStrict === true, trial)
  for (const diagnostic of workspace.diagnostics) complaints.report(diagnostic)
  const program = readProgram(workspace, values.environmentName, complaints.report, trial?.parse)
  const { settings } = program
  complaints.setSeverities(settings.severities)
  const surroundings = surroundingsOf(settings, values)
  const root = openWorkspace(settings, values, surroundings, complaints)
  const layers = new LayerBinder(complaints)
  const tells = values.tellsEnvironment === true
  const environment = new EnvironmentSites(settings, values, tells)
  const context = createContext(environment, { settings, values, surroundings }, root, layers)
  const templates = new Templates(program, root.names, layers)
  refuseForgedValues(values, settings.environment, complaints.report)
  const scopes = new FileScopes(workspace, values, surroundings, root)
  const uses: EnvironmentUse[] = []
  const calls = new CallNames(templates, scopes, complaints, (bound) => {
    // Tests of definitions say themselves what they set.
    if (trial !== undefined || bound.isNameOnly) return
    const sites = environment.of(bound)
    for (const complaint of complainOfChoices(sites)) complaints.report(complaint)
    if (tells && workspace.selected.has(bound.definition.file.source))
      for (const each of describeUses(sites, bound)) uses.push(each)
  })
  return { complaints, program, context, scopes, calls, root, uses }
}

/** `name@VALUE` with `oncePer`; no name has an `@`. */
const nameOf = (address: string): string => address.split('@', 1)[0]!

const refersToCalls = ({ arranged }: RenderedCall): boolean =>
  arranged.mayHoldPlaceholder && hasReference(formatCall(arranged.value))

interface Taken {
  readonly payload: Payload
  readonly rendered: RenderedCall
}

function resolveAll(
  referring: ReadonlyMap<string, Taken>,
  defined: ReadonlySet<string>,
  { report }: Complaints,
): Summary['referring'] {
  if (referring.size === 0) return new Map()
  const addresses = new Map([...defined].map((address) => [nameOf(address), address]))
  const payloads = [...referring.values()].map(({ payload }) => payload)
  const resolved = resolveReferences(payloads, addresses, {
    report,
    locateText: (text, { address }) => locateText(text, referring.get(address)!.rendered),
  })
  const whole = new Map(resolved.map((payload) => [payload.address, payload]))
  return new Map([...referring.keys()].map((address) => [address, whole.get(address)]))
}

function* definitionsOf({ files }: Program, trial: Trial | undefined): Generator<readonly Definition[]> {
  yield* files.definitions()
  if (trial !== undefined) yield trial.definitions
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
  environment: EnvironmentSites,
  from: Pick<CallContext, 'settings' | 'values' | 'surroundings'>,
  { names }: FileScope,
  binder: LayerBinder,
): CallContext {
  const { settings } = from
  return {
    ...from,
    environment,
    lowest: lowestLayers(settings).map((map) => bindNode(map, names, binder)),
    target: bindTarget(settings.target, names, binder),
    arrangers: new Map(),
    constants: binder.constants,
  }
}

function renderTenant(settings: Settings, root: FileScope): string | undefined {
  if (settings.tenantId === undefined) return undefined
  const tenantId = bindNode(settings.tenantId, root.names, root.binder)(root.frame)
  return typeof tenantId === 'string' ? tenantId : undefined
}

const compileInstance = (instance: Instance, context: CallContext): RenderedCall | undefined =>
  instance.bound.isNameOnly ? undefined : compileCall(instance, context)
