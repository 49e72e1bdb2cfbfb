import { resolve } from 'node:path'
import { StalePlanError } from '../../model/errors.js'
import type { Plan, SavedPlan } from '../../model/plan.js'
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
import { readSavedPayloads, stalePlan } from './saved-payloads.js'
import { refuseUnfillable } from './saved-placeholders.js'
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
  refuseUnfillable(plan, { compiled, options, world })
  const destination = destinationOf(graph)
  const tenantId = tenantToSignInTo(compiled, world)
  const environment = options.environmentName
  const saved = {
    createdAt: new Date(world.now()).toISOString(),
    callctl: version,
    destination,
    ...(destination !== simulator && tenantId !== undefined && { tenantId }),
    ...(environment !== undefined && { environment }),
    lineage: record.exists ? record.lockfile.lineage : (graph.place.shared?.lineage ?? world.uuid()),
    ...(!record.exists && { workspace: describeWorkspace(compiled.workspace.root, world) }),
    changes: saveChanges(plan, world.uuid),
  }
  savePlan(resolve(world.cwd, path), saved, world.uuid())
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
  const payloads = readSavedPayloads(saved, { record, compiled, options, world })
  const reasons = findStale(saved, { ...record, attemptIds: usedIds(saved, use) })
  if (reasons.length > 0) throw stalePlan(reasons)
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
