import type { Budget } from '../model/budget.js'
import type { JsonValue } from '../model/json.js'
import type { EnvironmentUse } from '../model/language/environment-use.js'
import type { Settings } from '../model/language/settings.js'
import type { Values, Workspace } from '../model/language/workspace.js'
import { bindTarget } from './bind/bind-template.js'
import { Templates } from './bind/bind-templates.js'
import type { Complaints } from './bind/complaints.js'
import { type FileScope, openRoot, openScope } from './bind/file-scope.js'
import { FileScopes } from './bind/file-scopes.js'
import { lowestLayers } from './bind/lowest-layers.js'
import { CallNames } from './bind/name-calls.js'
import { bindNode } from './bind/render.js'
import type { BindTools } from './bind/tools.js'
import type { Surroundings } from './bind/variables.js'
import type { CallContext } from './call/compile-call.js'
import { EnvironmentSites } from './environment/definition-sites.js'
import { describeUses } from './environment/describe-uses.js'
import { complainOfChoices } from './environment/report-choices.js'
import { type ParseFile, readProgram } from './language/program.js'
import { refuseForgedValues } from './yaml/forged.js'
import { canStandIn } from './yaml/placeholders.js'

export interface Opening {
  readonly workspace: Workspace
  readonly values: Values
  readonly complaints: Complaints
  readonly budget: Budget
  readonly parse: ParseFile | undefined
  /** Whether the calls are those of tests. */
  readonly isTrial: boolean
}

/** Everything that is there before the first definition is looked at. */
export function openCalls({ workspace, values, complaints, budget, parse, isTrial }: Opening) {
  for (const diagnostic of workspace.diagnostics) complaints.report(diagnostic)
  const program = readProgram(workspace, values.environmentName, { report: complaints.report, budget }, parse)
  const { settings } = program
  complaints.setSeverities(settings.severities)
  const surroundings = surroundingsOf(settings, values, budget)
  const root = openWorkspace(settings, values, surroundings, complaints)
  // What stands in layers without expressions is the same in every call.
  const constants = new Set<JsonValue>()
  const layers: BindTools = { ...root.tools, keep: (value) => constants.add(value) }
  const tells = values.tellsEnvironment === true
  const environment = new EnvironmentSites(settings, values, tells)
  const context = createContext(
    { environment, constants, settings, values, surroundings },
    root.names,
    layers,
  )
  const templates = new Templates(program, root.names, complaints, layers)
  refuseForgedValues(values, settings.environment, complaints.report)
  const scopes = new FileScopes(workspace, values, surroundings, root)
  const uses: EnvironmentUse[] = []
  const calls = new CallNames(templates, scopes, { complaints, budget }, (bound) => {
    // Tests of definitions say themselves what they set.
    if (isTrial || bound.isNameOnly) return
    const sites = environment.of(bound)
    for (const complaint of complainOfChoices(sites)) bound.reporter.report(complaint)
    if (tells && workspace.selected.has(bound.definition.file.source))
      for (const each of describeUses(sites, bound)) uses.push(each)
  })
  return { program, context, scopes, calls, root, uses }
}

function surroundingsOf({ environment }: Settings, values: Values, budget: Budget): Surroundings {
  const secrets = [...environment].filter(([, { isSecret }]) => isSecret).map(([name]) => name)
  const known = { values: values.environment, secrets: new Set(secrets), budget }
  if (values.standsIn !== true) return known
  const unset = [...environment.keys()].filter(
    (name) => !known.secrets.has(name) && values.environment[name] === undefined && canStandIn(name),
  )
  return unset.length === 0 ? known : { ...known, unset: new Set(unset) }
}

/** The variables of callctl.yaml, and over them those of the chosen environment. */
function openWorkspace(
  settings: Settings,
  values: Values,
  surroundings: Surroundings,
  complaints: Complaints,
): FileScope {
  const tools: BindTools = {
    sourceText: complaints.sourceText,
    reporter: complaints.reporterFor(undefined),
    spend: (steps) => surroundings.budget.spend(steps),
  }
  const bottom = openRoot(surroundings, new Set(settings.environment.keys()), tools)
  const base = openScope(
    { variables: settings.variables, level: 'callctl.yaml', values },
    bottom,
    surroundings,
  )
  if (settings.chosen?.variables === undefined) return base
  return openScope({ variables: settings.chosen.variables, level: 'environment', values }, base, surroundings)
}

function createContext(
  from: Omit<CallContext, 'lowest' | 'target' | 'arrangers'>,
  names: FileScope['names'],
  tools: BindTools,
): CallContext {
  const { settings } = from
  return {
    ...from,
    lowest: lowestLayers(settings).map((map) => bindNode(map, names, tools)),
    target: bindTarget(settings.target, names, tools),
    arrangers: new Map(),
  }
}

export function renderTenant(settings: Settings, root: FileScope): string | undefined {
  if (settings.tenantId === undefined) return undefined
  const tenantId = bindNode(settings.tenantId, root.names, root.tools)(root.frame)
  return typeof tenantId === 'string' ? tenantId : undefined
}
