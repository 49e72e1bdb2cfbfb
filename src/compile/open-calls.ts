import type { Budget } from '../model/budget.js'
import type { EnvironmentUse } from '../model/language/environment-use.js'
import type { Values, Workspace } from '../model/language/workspace.js'
import { Templates } from './bind/bind-templates.js'
import type { Complaints } from './bind/complaints.js'
import { FileScopes } from './bind/file-scopes.js'
import { CallNames } from './bind/name-calls.js'
import type { CallContext } from './call/compile-call.js'
import { EnvironmentSites } from './environment/definition-sites.js'
import { describeUses } from './environment/describe-uses.js'
import { complainOfChoices } from './environment/report-choices.js'
import { type ParseFile, readProgram } from './language/program.js'
import { openSettings } from './open-settings.js'

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
  const { root, surroundings, layers, ...opened } = openSettings(settings, { values, complaints, budget })
  const tells = values.tellsEnvironment === true
  const environment = new EnvironmentSites(settings, values, tells)
  const context: CallContext = {
    ...opened,
    environment,
    settings,
    values,
    surroundings,
    arrangers: new Map(),
  }
  const templates = new Templates(program, root.names, complaints, layers)
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
