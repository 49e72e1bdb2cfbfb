import type { Summary } from '../../compile/compile.js'
import { UsageError } from '../../model/errors.js'
import type { PayloadHead } from '../../model/payload.js'
import type { Plan } from '../../model/plan.js'
import type { PlanReport } from '../../model/plan-report.js'
import { indexAddresses } from '../../model/record/address-index.js'
import type { Lockfile } from '../../model/record/lockfile.js'
import { suggest } from '../../model/words/suggest.js'
import type { WatchedWorld } from '../../model/world.js'
import { countUsage } from '../../plan/count-calls.js'
import { createPlan } from '../../plan/create-plan.js'
import { totalsOf } from '../../plan/totals.js'
import type { PlanOptions } from '../options/options.js'
import type { CompiledWorkspace, SettledWorkspace } from '../workspace/compile-workspace.js'
import { createSelection } from '../workspace/selection.js'
import type { GraphAccess } from './graph-access.js'

/** What a plan adds up to by. */
export interface ReportSources {
  readonly compiled: SettledWorkspace
  readonly lockfile: Lockfile
  readonly graph: GraphAccess
  readonly options: PlanOptions
  readonly world: WatchedWorld
}

export interface PlanSources extends ReportSources {
  readonly compiled: CompiledWorkspace<Summary>
}

/** The plan of payloads, or of their heads, by a record. */
export function createPlanReport<Held extends PayloadHead>(
  payloads: readonly Held[],
  sources: PlanSources,
): PlanReport<Held> {
  const { compiled, lockfile, options, world } = sources
  const { definedAddresses, occasionPatterns, settings } = compiled.compilation
  const { selects, onlyNames, requireFound } = createSelection(options)
  const inFlight = sources.graph.place.shared?.rows().inFlight
  const selected = payloads.map(({ address }) => address).filter(selects)
  requireFound()
  if (options.prunes) refusePartOfAll(payloads.length, definedAddresses)
  const plan = createPlan({
    payloads,
    definedAddresses,
    occasionPatterns,
    lockfile,
    observations: [],
    ...(inFlight !== undefined && { inFlight }),
    limits: settings.limits,
    now: world.now(),
    selects,
    onlyNames,
    redialNames: readRedialNames(options, selected),
    prunes: options.prunes === true,
  })
  return reportPlan(plan, sources)
}

/** A plan with what it adds up to, to be shown. */
export function reportPlan<Held extends PayloadHead>(
  plan: Plan<Held>,
  { compiled, lockfile, graph, options, world }: ReportSources,
): PlanReport<Held> {
  const { limits } = compiled.compilation.settings
  const { people } = limits
  return {
    plan,
    totals: totalsOf(plan),
    usage: countUsage(plan.changes, { lockfile, observations: [], limits, now: world.now() }),
    destination: graph.destination,
    showsPeople: options.showsPeople === true,
    ...(people !== undefined && { peopleLimit: people }),
  }
}

/** A name that rings nobody is most likely misspelled, and would leave somebody unrung. */
function readRedialNames(
  { redial: names = [] }: PlanOptions,
  selected: readonly string[],
): ReadonlySet<string> {
  if (names.length === 0) return new Set()
  const index = indexAddresses(new Set(selected))
  const unknown = names.find((name) => index.find(name) === undefined)
  if (unknown === undefined) return new Set(names)
  const near = suggest(unknown, selected)
  throw new UsageError(
    `\`--redial ${unknown}\` names no call of this plan.`,
    near === undefined
      ? 'It takes the address of a call that is defined and selected, and no pattern.'
      : `Did you mean \`${near}\`?`,
  )
}

/** A call that another file has under a new name is not to be hung up. */
function refusePartOfAll(count: number, defined: ReadonlySet<string> | undefined): void {
  if (defined !== undefined && count >= defined.size) return
  throw new UsageError('`--prune` needs every definition of the workspace.', 'Leave PATH out.')
}
