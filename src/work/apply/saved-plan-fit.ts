import { StalePlanError } from '../../model/errors.js'
import type { SavedPlan } from '../../model/plan.js'
import type { World } from '../../model/world.js'
import type { ApplyOptions } from '../options/apply-options.js'
import type { SettledWorkspace } from '../workspace/compile-workspace.js'
import type { GraphAccess } from './graph-access.js'

const defaultAge = 4 * 3_600_000
/** Clocks of two machines may differ by so much. */
const clockSlack = 5 * 60_000

/** As a saved plan's destination. */
export const simulator = 'simulator'

export const destinationOf = (graph: GraphAccess): string =>
  graph.isSimulator ? simulator : graph.destination

/** As far as it is known without signing in. */
export const tenantToSignInTo = (
  { compilation }: SettledWorkspace,
  { environment }: World,
): string | undefined => compilation.tenantId ?? environment['AZURE_TENANT_ID']

/** What options and settings say of an apply. */
export interface Fit {
  readonly graph: GraphAccess
  readonly compiled: SettledWorkspace
  readonly options: ApplyOptions
  readonly world: World
}

/** Throws StalePlanError when it was made for elsewhere, or too long ago. */
export function refuseUnfit(saved: SavedPlan, fit: Fit): void {
  refuseOtherDestination(saved, fit)
  refuseOtherEnvironment(saved, fit)
  refuseOtherTenant(saved, fit)
  refuseOtherTime(saved, fit)
}

function refuseOtherDestination({ destination }: SavedPlan, { graph }: Fit): void {
  const here = destinationOf(graph)
  if (destination === here) return
  const hint = destination === simulator ? 'Give `--simulator`.' : undefined
  throw new StalePlanError(`The plan was made for ${nameOf(destination)}, not for ${nameOf(here)}.`, hint)
}

const nameOf = (destination: string): string => (destination === simulator ? 'the simulator' : destination)

function refuseOtherEnvironment({ environment }: SavedPlan, { options }: Fit): void {
  const here = options.environmentName
  if (environment === here) return
  throw new StalePlanError(
    `The plan was made ${withEnv(environment)}, and is to be applied ${withEnv(here)}.`,
    environment === undefined ? 'Leave `--env` out, or make a new plan.' : `Give \`--env ${environment}\`.`,
  )
}

const withEnv = (name: string | undefined): string =>
  name === undefined ? 'without `--env`' : `with \`--env ${name}\``

/** The file alone must not choose whose tenant is signed in to. */
function refuseOtherTenant({ tenantId, destination }: SavedPlan, { compiled, world }: Fit): void {
  if (tenantId === undefined || destination === simulator) return
  const here = tenantToSignInTo(compiled, world)
  if (here?.toLowerCase() === tenantId.toLowerCase()) return
  throw new StalePlanError(
    `The plan was made for the tenant ${tenantId}, and here it is ${here ?? 'none'}.`,
    'Set `tenantId` in callctl.yaml or AZURE_TENANT_ID as when the plan was made, or make a new plan.',
  )
}

function refuseOtherTime({ createdAt }: SavedPlan, { options, world }: Fit): void {
  const age = world.now() - Date.parse(createdAt)
  if (age > (options.maximumAge ?? defaultAge)) {
    throw new StalePlanError(
      `The plan has expired: it was made at ${createdAt}.`,
      'Make a new plan, or say with `--max-age` how old it may be.',
    )
  }
  if (age >= -clockSlack) return
  throw new StalePlanError(`The plan was made at ${createdAt}, which is yet to come.`, 'Check the clock.')
}
