import { UsageError } from '../model/errors.js'
import type { Host } from '../model/host.js'
import type { Lockfile } from '../model/lockfile.js'
import { createPlan } from '../plan/create-plan.js'
import { totalsOf } from '../plan/totals.js'
import type { PlanReport } from '../report/plan-text.js'
import type { Arguments } from './arguments.js'
import { type CompiledWorkspace, readSelection } from './compile-workspace.js'
import type { GraphAccess } from './graph-access.js'

export interface PlanSources {
  readonly compiled: CompiledWorkspace
  readonly lockfile: Lockfile
  readonly graph: GraphAccess
  readonly args: Arguments
  readonly host: Host
}

/** The plan that `plan` shows and `apply` carries out. */
export function planCalls({ compiled, lockfile, graph, args, host }: PlanSources): PlanReport {
  const { payloads, definedAddresses, settings } = compiled.compilation
  const { selects, onlyNames } = readSelection(args)
  if (args.has('only') && !payloads.some((payload) => selects(payload.address))) {
    throw new UsageError('No call matches `--only`.')
  }
  const plan = createPlan({
    payloads,
    definedAddresses,
    lockfile,
    observations: [],
    limits: settings.limits,
    selects,
    onlyNames,
  })
  const showsPeople = host.terminal.stdout.isTerminal || args.has('show-people')
  return { plan, totals: totalsOf(plan), destination: graph.destination, showsPeople }
}
