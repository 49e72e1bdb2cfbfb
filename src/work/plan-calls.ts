import { createUnwritten } from '../compile/call/create-payload.js'
import type { Summary } from '../compile/compile.js'
import { headOf, type PayloadHead } from '../model/payload.js'
import type { PlanReport } from '../model/plan-report.js'
import type { WatchedWorld } from '../model/world.js'
import { type LoadedRecord, loadRecord } from '../record/load-record.js'
import { listSharedCalls, type SharedId } from '../record/shared-calls.js'
import { chooseGraph, type GraphAccess } from './apply/graph-access.js'
import { createPlanReport } from './apply/plan-report.js'
import { reportSavedPlan } from './apply/report-saved-plan.js'
import { writePlan } from './apply/saved-plans.js'
import { requireOptions } from './options/check-options.js'
import { planChecks } from './options/checks.js'
import type { PlanOptions } from './options/options.js'
import type { HistoryView } from './workspace/check-history.js'
import { compilePlanned } from './workspace/compile-planned.js'
import { type CompiledWorkspace, compileStream } from './workspace/compile-workspace.js'

export interface PlannedCalls {
  readonly compiled: CompiledWorkspace<Summary>
  /** Absent where the definitions have errors. */
  readonly plan?: PlanReport<PayloadHead>
  /** What git's history says of it: why an apply would refuse it, and warnings. */
  readonly history?: HistoryView
  /** Ids that two calls of the record have. */
  readonly shared?: readonly SharedId[]
  /** Whether the plan was written to the file; one that is blocked never is. */
  readonly isSaved?: boolean
}

/**
 * What an apply would do now. Sends nothing, and writes nothing but the file `out`, an absolute path. Throws as
 * `exitCodeOf` knows.
 */
export async function planCalls(
  asked: PlanOptions,
  world: WatchedWorld,
  out?: string,
): Promise<PlannedCalls> {
  const options = requireOptions(asked, planChecks)
  return out === undefined ? planToShow(options, world) : planToSave(out, options, world)
}

/** Of each payload only what a plan shows is held: there may be very many. */
async function planToShow(options: PlanOptions, world: WatchedWorld): Promise<PlannedCalls> {
  const heads: PayloadHead[] = []
  const compiled = compileStream(
    options,
    world,
    (rendered) => void heads.push(headOf(createUnwritten(rendered))),
  )
  if (compiled.hasErrors) return { compiled }
  const graph = await chooseGraph(options, world, compiled)
  const record = loadRecord(graph.place)
  const { lockfile } = record
  const plan = createPlanReport(heads, { compiled, lockfile, graph, options, world })
  return describe({ plan, graph, record, compiled, world })
}

async function planToSave(out: string, options: PlanOptions, world: WatchedWorld): Promise<PlannedCalls> {
  // What is saved can be rung without another look at the files.
  const compiled = compilePlanned({ ...options, mayCache: false }, world)
  if (compiled.hasErrors) return { compiled }
  const graph = await chooseGraph(options, world, compiled)
  const record = loadRecord(graph.place)
  const sources = { compiled, lockfile: record.lockfile, graph, options, world }
  const plan = reportSavedPlan(createPlanReport(compiled.payloads, sources).plan, sources)
  // What is blocked is not applied, so there is nothing to save.
  const isSaved = plan.totals.actions.blocked === 0
  if (isSaved) writePlan(out, { plan: plan.plan, compiled, graph, record, options, world })
  return { ...(await describe({ plan, graph, record, compiled, world })), isSaved }
}

interface Planned {
  readonly plan: PlanReport<PayloadHead>
  readonly graph: GraphAccess
  readonly record: LoadedRecord
  readonly compiled: CompiledWorkspace<Summary>
  readonly world: WatchedWorld
}

/** Git is not run where nobody would be rung. */
async function describe({ plan, graph, record, compiled, world }: Planned): Promise<PlannedCalls> {
  const planned = { compiled, plan, shared: listSharedCalls(record) }
  if (plan.totals.calls === 0) return planned
  const { ringingOf, viewHistory } = await import('./workspace/check-history.js')
  return { ...planned, history: viewHistory(graph.place, record, ringingOf(plan, compiled, world)) }
}
