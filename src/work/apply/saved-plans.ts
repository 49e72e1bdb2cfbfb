import { resolve } from 'node:path'
import { createTextReader, type ReadPayload } from '../../compile/call/check-text.js'
import { rings } from '../../model/action.js'
import { StalePlanError, UsageError } from '../../model/errors.js'
import { hasValueAt, type JsonObject } from '../../model/json.js'
import type { Settings } from '../../model/language/settings.js'
import type { PlannedPayload } from '../../model/payload.js'
import type { Plan, SavedPayload, SavedPlan } from '../../model/plan.js'
import type { World } from '../../model/world.js'
import { limitCalls } from '../../plan/limit-calls.js'
import { limitPeople } from '../../plan/limit-people.js'
import { attemptIdsOf, findStale, openSavedPlan, saveChanges } from '../../plan/saved-plan.js'
import { findInHistory } from '../../record/folders/used-attempts.js'
import type { LoadedRecord } from '../../record/load-record.js'
import { savePlan } from '../../record/plan-file/plan-file.js'
import { readPlanFile } from '../../record/plan-file/read-plan-file.js'
import { version } from '../../version.js'
import type { ApplyOptions } from '../options/apply-options.js'
import type { PlanOptions } from '../options/options.js'
import { describeWorkspace, isSameWorkspace } from '../workspace/bind-workspace.js'
import type { SettledWorkspace } from '../workspace/compile-workspace.js'
import type { GraphAccess } from './graph-access.js'
import { destinationOf, simulator, tenantToSignInTo } from './saved-plan-fit.js'

export interface PlanToSave {
  readonly plan: Plan
  readonly compiled: SettledWorkspace
  readonly graph: GraphAccess
  readonly record: LoadedRecord
  readonly options: PlanOptions
  readonly world: World
}

/** Mints the attempt ids and writes the file. */
export function writePlan(path: string, { plan, compiled, graph, record, options, world }: PlanToSave): void {
  refusePlaceholders(plan)
  const destination = destinationOf(graph)
  const tenantId = tenantToSignInTo(compiled, world)
  const environment = options.environmentName
  const saved = {
    createdAt: new Date(world.now()).toISOString(),
    callctl: version,
    destination,
    ...(destination !== simulator && tenantId !== undefined && { tenantId }),
    ...(environment !== undefined && { environment }),
    lineage: record.exists ? record.lockfile.lineage : world.uuid(),
    ...(!record.exists && { workspace: describeWorkspace(compiled.workspace.root, world) }),
    changes: saveChanges(plan, world.uuid),
  }
  savePlan(resolve(world.cwd, path), saved, world.uuid())
}

/** The bytes to be sent are not known before apply, and a secret belongs in no file. */
function refusePlaceholders({ changes }: Plan): void {
  for (const { address, action, payload } of changes) {
    if (!rings(action)) continue
    const needs = payload?.revealSecrets === undefined ? 'another call’s id' : 'a secret'
    if (payload?.revealSecrets === undefined && (payload?.references?.length ?? 0) === 0) continue
    throw new UsageError(
      `${address} needs ${needs}, so the plan cannot be saved.`,
      'Leave it out with `--only`, or apply the definitions.',
    )
  }
}

/** The saved plan that is to be applied instead of definitions; undefined where none is named. */
export function openPlanFile({ planFile }: ApplyOptions, { cwd }: World): SavedPlan | undefined {
  return planFile === undefined ? undefined : readPlanFile(resolve(cwd, planFile))
}

/** Where a saved plan is to be applied. */
export interface SavedPlanUse {
  readonly record: LoadedRecord
  readonly graph: GraphAccess
  readonly compiled: SettledWorkspace
  readonly options: PlanOptions
  readonly world: World
}

/** The saved plan against record, texts and limits of now. Throws StalePlanError that names all that has moved on. */
export function reopenPlan(saved: SavedPlan, use: SavedPlanUse): Plan {
  const { record, compiled, options, world } = use
  const { lockfile } = record
  refuseElsewhere(saved, use)
  const payloads = readPayloads(saved, compiled.compilation.settings, options)
  const reasons = findStale(saved, { ...record, attemptIds: usedIds(saved, use) })
  if (reasons.length > 0) throw stale(reasons)
  const { changes } = openSavedPlan(saved, lockfile, payloads)
  const { limits } = compiled.compilation.settings
  const limited = limitPeople(changes, limits)
  return { changes: limitCalls(limited, { lockfile, observations: [], limits, now: world.now() }) }
}

/** A first plan has no record to be held against but this workspace's. */
function refuseElsewhere({ workspace }: SavedPlan, { record, compiled, world }: SavedPlanUse): void {
  if (workspace === undefined || record.exists) return
  if (isSameWorkspace(workspace, compiled.workspace.root, world)) return
  throw new StalePlanError('The plan was made in another workspace.', 'Make a new plan here.')
}

/** Wherever the record, its lockfile or any commit of that has them. */
function usedIds({ changes }: SavedPlan, { record, graph, world }: SavedPlanUse): ReadonlySet<string> {
  const ids = new Set(changes.flatMap(({ attemptId }) => attemptId ?? []))
  const used = new Set(findInHistory(graph.place, ids, world.environment))
  for (const id of attemptIdsOf(record.lockfile)) used.add(id)
  for (const { attemptId } of record.attempts) used.add(attemptId.toLowerCase())
  return used
}

const stale = (reasons: readonly string[]): StalePlanError =>
  new StalePlanError(['The plan is stale: nothing was sent.', ...reasons].join('\n'), 'Make a new plan.')

/** What is known of each call is read from its text, and what the file says of it must be just that. */
function readPayloads(
  { changes }: SavedPlan,
  settings: Settings,
  { isStrict = false }: PlanOptions,
): ReadonlyMap<string, PlannedPayload> {
  const read = createTextReader({ ...settings, isStrict })
  const payloads = new Map<string, PlannedPayload>()
  const reasons: string[] = []
  for (const { address, payload } of changes) {
    if (payload === undefined) continue
    const found = read(payload.text, payload.target)
    const why = typeof found === 'string' ? found : findContradiction(payload, found, settings)
    if (why !== undefined) reasons.push(`${address}: ${why}`)
    else payloads.set(address, withText(address, found as ReadPayload, payload))
  }
  if (reasons.length > 0) throw stale(reasons)
  return payloads
}

function findContradiction(
  saved: SavedPayload,
  found: ReadPayload,
  { environment }: Settings,
): string | undefined {
  if (found.digest !== saved.digest) return 'what it would send is not what its digest says'
  const isSame = JSON.stringify(found.touches) === JSON.stringify(saved.touches)
  if (!isSame) return 'whom it would ring is not what the plan says'
  if (saved.environment === undefined) return undefined
  const call = JSON.parse(saved.text) as JsonObject
  const strange = saved.environment.find(
    ({ pointer, name }) => environment.get(name)?.isSecret !== false || !hasValueAt(call, pointer),
  )
  return strange && `nothing at ${strange.pointer} can come from the variable ${strange.name} here`
}

/** The text stays where it is until it is asked for. */
const withText = (address: string, found: ReadPayload, saved: SavedPayload): PlannedPayload => ({
  address,
  ...found,
  ...(saved.environment !== undefined && { environment: saved.environment }),
  ...(saved.movedFrom !== undefined && { movedFrom: saved.movedFrom }),
  get text() {
    return saved.text
  },
})
