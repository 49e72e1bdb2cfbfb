import { Budget } from '../model/budget.js'
import type { Diagnostic } from '../model/diagnostics/diagnostic.js'
import { LimitError } from '../model/errors.js'
import type { JsonValue } from '../model/json.js'
import type { MapNode } from '../model/language/document.js'
import type { Settings } from '../model/language/settings.js'
import type { Values, Workspace } from '../model/language/workspace.js'
import { bindTarget } from './bind/bind-template.js'
import { Complaints } from './bind/complaints.js'
import { type FileScope, openRoot, openScope } from './bind/file-scope.js'
import { lowestLayers, mapOf } from './bind/lowest-layers.js'
import { bindNode } from './bind/render.js'
import type { BindTools } from './bind/tools.js'
import type { Surroundings } from './bind/variables.js'
import { readProgramSettings } from './language/program.js'
import { readSettings } from './language/read-settings.js'
import { refuseForgedValues } from './yaml/forged.js'
import { canStandIn } from './yaml/placeholders.js'

/** What callctl.yaml alone says. */
export interface SettingsSummary {
  readonly settings: Settings
  readonly diagnostics: readonly Diagnostic[]
  /** callctl.yaml's `tenantId`, rendered: the tenant to sign in to. */
  readonly tenantId?: string
}

/** A workspace of which nothing but callctl.yaml is read. */
export type SettingsFile = Pick<Workspace, 'settings' | 'diagnostics'>

/** Reads and checks callctl.yaml, whatever definitions there are. */
export function compileSettings(file: SettingsFile, values: Values): SettingsSummary {
  const budget = values.budget ?? new Budget()
  const complaints = new Complaints(file, values.isStrict === true, budget)
  const { diagnostics } = complaints
  try {
    for (const diagnostic of file.diagnostics) complaints.report(diagnostic)
    const place = { report: complaints.report, budget }
    const settings = readProgramSettings(file, values.environmentName, place)
    complaints.setSeverities(settings.severities)
    const { root } = openSettings(settings, { values, complaints, budget })
    const tenantId = renderTenant(settings, root)
    return { settings, diagnostics, ...(tenantId !== undefined && { tenantId }) }
  } catch (error) {
    if (!(error instanceof LimitError)) throw error
    complaints.end(error)
    return { settings: readSettings(undefined, undefined).value, diagnostics }
  } finally {
    budget.charge(undefined)
  }
}

interface SettingsOpening {
  readonly values: Values
  readonly complaints: Complaints
  readonly budget: Budget
}

/** What callctl.yaml lays under every file of definitions: variables, and the lowest layers of calls. */
export function openSettings(settings: Settings, { values, complaints, budget }: SettingsOpening) {
  refuseForgedValues(values, settings.environment, complaints.report)
  const surroundings = surroundingsOf(settings, values, budget)
  const root = openWorkspace(settings, values, surroundings, complaints)
  // What stands in layers without expressions is the same in every call.
  const constants: Set<JsonValue> = new Set()
  const layers: BindTools = { ...root.tools, keep: (value) => constants.add(value) }
  return {
    root,
    surroundings,
    layers,
    constants,
    lowest: lowestLayers(settings).map((map) => bindNode(map, root.names, layers)),
    target: bindTarget(settings.target, root.names, layers),
  }
}

function surroundingsOf({ environment, cloud }: Settings, values: Values, budget: Budget): Surroundings {
  const secrets = [...environment].filter(([, { isSecret }]) => isSecret).map(([name]) => name)
  const known = { values: values.environment, secrets: new Set(secrets), budget, cloud }
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
    { variables: variablesOf(settings), level: 'callctl.yaml', values },
    bottom,
    surroundings,
  )
  if (settings.chosen?.variables === undefined) return base
  return openScope({ variables: settings.chosen.variables, level: 'environment', values }, base, surroundings)
}

/** `tenantId`, said once, is a variable too, so that templates that declare it need not be told again. */
function variablesOf({ variables, tenantId, chosen }: Settings): MapNode | undefined {
  const names = [variables, chosen?.variables]
    .flatMap((each) => each?.entries ?? [])
    .map(({ key }) => key.value)
  if (tenantId === undefined || names.includes('tenantId')) return variables
  const own = mapOf('tenantId', tenantId)
  return variables === undefined ? own : { ...variables, entries: [...own.entries, ...variables.entries] }
}

export function renderTenant(settings: Settings, root: FileScope): string | undefined {
  if (settings.tenantId === undefined) return undefined
  const tenantId = bindNode(settings.tenantId, root.names, root.tools)(root.frame)
  return typeof tenantId === 'string' ? tenantId : undefined
}
