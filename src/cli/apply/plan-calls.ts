import type { Summary } from '../../compile/compile.js'
import { UsageError } from '../../model/errors.js'
import type { Host } from '../../model/host.js'
import type { PayloadHead } from '../../model/payload.js'
import type { Plan } from '../../model/plan.js'
import type { PlanReport } from '../../model/plan-report.js'
import { indexAddresses } from '../../model/record/address-index.js'
import type { Lockfile } from '../../model/record/lockfile.js'
import { suggest } from '../../model/suggest.js'
import { countUsage } from '../../plan/count-calls.js'
import { createPlan } from '../../plan/create-plan.js'
import { totalsOf } from '../../plan/totals.js'
import type { Arguments } from '../frame/arguments.js'
import { type CompiledWorkspace, readSelection } from '../workspace/compile-workspace.js'
import type { GraphAccess } from './graph-access.js'

export interface PlanSources {
  readonly compiled: CompiledWorkspace<Summary>
  readonly lockfile: Lockfile
  readonly graph: GraphAccess
  readonly args: Arguments
  readonly host: Host
}

/** The plan that `plan` shows, which takes the heads of payloads, and `apply` carries out. */
export function planCalls<Held extends PayloadHead>(
  payloads: readonly Held[],
  sources: PlanSources,
): PlanReport<Held> {
  const { compiled, lockfile, args } = sources
  const { definedAddresses, occasionPatterns, settings } = compiled.compilation
  const { selects, onlyNames } = readSelection(args)
  const selected = payloads.map(({ address }) => address).filter(selects)
  if (args.has('only') && selected.length === 0) throw new UsageError('No call matches `--only`.')
  if (args.has('prune')) refusePartOfAll(payloads.length, definedAddresses)
  const plan = createPlan({
    payloads,
    definedAddresses,
    occasionPatterns,
    lockfile,
    observations: [],
    limits: settings.limits,
    now: sources.host.now(),
    selects,
    onlyNames,
    redialNames: readRedialNames(args, selected),
    prunes: args.has('prune'),
  })
  return reportPlan(plan, sources)
}

/** A plan with what it adds up to, to be shown. */
export function reportPlan<Held extends PayloadHead>(
  plan: Plan<Held>,
  { compiled, lockfile, graph, args, host }: PlanSources,
): PlanReport<Held> {
  // With --json, text for people goes to stderr.
  const shown = args.has('json') ? host.terminal.stderr : host.terminal.stdout
  const showsPeople = shown.isTerminal || args.has('show-people')
  const { limits } = compiled.compilation.settings
  const { people } = limits
  return {
    plan,
    totals: totalsOf(plan),
    usage: countUsage(plan.changes, { lockfile, observations: [], limits, now: host.now() }),
    destination: graph.destination,
    showsPeople,
    ...(people !== undefined && { peopleLimit: people }),
  }
}

/** A name that rings nobody is most likely misspelled, and would leave somebody unrung. */
function readRedialNames(args: Arguments, selected: readonly string[]): ReadonlySet<string> {
  const names = args.texts('redial')
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
