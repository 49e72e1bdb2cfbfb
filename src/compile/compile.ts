// 2. Text to payloads, pure: the same files and values in, the same bytes out. Nothing here touches the disk, the
// clock, the network or the environment, and no code of a workspace is run. The rooms below hold one idea each, from
// text (yaml, expression) to one call (call); this folder joins them for a whole workspace.

import { Budget } from '../model/budget.js'
import { LimitError } from '../model/errors.js'
import type { Definition } from '../model/language/definition.js'
import type { EnvironmentUse } from '../model/language/environment-use.js'
import type { Values, Workspace } from '../model/language/workspace.js'
import type { Payload, PayloadHead } from '../model/payload.js'
import { Complaints, type Listener } from './bind/complaints.js'
import type { Instance } from './bind/instances.js'
import { hasReference, resolveReferences } from './bind/references.js'
import { checkAssignments } from './bind/unknown-assignments.js'
import { compileCall } from './call/compile-call.js'
import { createPayload } from './call/create-payload.js'
import { locateText } from './call/locate-text.js'
import type { RenderedCall } from './call/rendered-call.js'
import type { ParseFile, Program } from './language/program.js'
import { readSettings } from './language/read-settings.js'
import { type Opening, openCalls } from './open-calls.js'
import { compileSettings, renderTenant, type SettingsFile, type SettingsSummary } from './open-settings.js'
import { formatCall } from './payload/canonical.js'

export interface Compilation extends Summary {
  /** The selected files' calls that have no error, in the order of their files. */
  readonly payloads: readonly Payload[]
}

/** What a compilation says beside the payloads. */
export interface Summary extends SettingsSummary {
  /**
   * Of the calls that need others: what they need is known only now. Undefined for one that cannot have it, which is
   * complained about.
   */
  readonly referring: ReadonlyMap<string, Payload | undefined>
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
  /** Lists with `untracked: true`: the file by that of the definitions and the list's name. */
  readonly untracked: ReadonlyMap<string, string>
  /** Files of such lists that a reviewed commit does not have: calls made of them are not known. */
  readonly unseen: ReadonlySet<string>
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
  const isEnded = summary.diagnostics[0]?.code === 'limit/steps'
  return { payloads: isEnded ? [] : withReferences(payloads, summary), ...summary }
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
  const budget = values.budget ?? new Budget()
  const complaints = new Complaints(workspace, values.isStrict === true, budget, trial)
  try {
    return compileWithin({ workspace, values, take, trial, complaints, budget })
  } catch (error) {
    if (!(error instanceof LimitError)) throw error
    complaints.end(error)
    return endedEarly(complaints)
  } finally {
    budget.charge(undefined)
  }
}

/** Of a compilation that cost too much nothing is used but what it complains about. */
const endedEarly = ({ diagnostics }: Complaints): Summary => ({
  ...nothing,
  diagnostics,
  settings: readSettings(undefined, undefined).value,
})

/** callctl.yaml with no definition beside it. */
export const compileNothing = (file: SettingsFile, values: Values): Summary => ({
  ...nothing,
  ...compileSettings(file, values),
  definedAddresses: new Set(),
})

const nothing: Omit<Summary, keyof SettingsSummary> = {
  referring: new Map(),
  definedAddresses: undefined,
  occasionPatterns: [],
  definitionCounts: new Map(),
  dataTexts: new Map(),
  untracked: new Map(),
  unseen: new Set(),
  environmentUses: [],
}

interface Task extends Pick<Opening, 'workspace' | 'values' | 'complaints' | 'budget'> {
  readonly take: (rendered: RenderedCall) => void
  readonly trial: Trial | undefined
}

function compileWithin({ take, trial, ...task }: Task): Summary {
  const { workspace, values, complaints } = task
  const opened = openCalls({ ...task, parse: trial?.parse, isTrial: trial !== undefined })
  const { program, context, scopes, calls, root, uses } = opened
  const tenantId = renderTenant(program.settings, root)
  const isSelected = (instance: Instance): boolean =>
    trial === undefined
      ? workspace.selected.has(instance.bound.definition.file.source)
      : trial.selects(instance)
  const referring = new Map<string, Taken>()
  for (const instance of calls.instances(definitionsOf(program, trial))) {
    if (!isSelected(instance)) continue
    const rendered = instance.bound.isNameOnly
      ? undefined
      : compileCall(instance, context, complaints.reporterFor(instance))
    if (rendered === undefined) continue
    take(rendered)
    if (refersToCalls(rendered))
      referring.set(instance.address, { payload: createPayload(rendered), rendered })
  }
  checkAssignments(program, values, complaints.report)
  // A misspelt name would be complained about twice: as undefined, and its variable as unused.
  if (!complaints.hasErrors) scopes.reportUnused(complaints)
  return {
    referring: resolveAll(referring, calls.addresses, complaints),
    diagnostics: complaints.diagnostics,
    settings: program.settings,
    definedAddresses: program.files.isWhole && calls.isWhole ? calls.addresses : undefined,
    occasionPatterns: [...calls.occasionPatterns],
    definitionCounts: program.files.counts,
    dataTexts: scopes.dataTexts,
    environmentUses: uses,
    untracked: scopes.untracked,
    unseen: scopes.unseen,
    ...(tenantId !== undefined && { tenantId }),
  }
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
