import { rings } from '../model/action.js'
import { findAppRole, type RoleComparison } from '../model/app-role.js'
import type { PlannedPayload } from '../model/payload.js'
import type { Change, Plan, PlanCode } from '../model/plan.js'
import { compareRoles, type Roles } from './compare-roles.js'

export interface CheckedPlan {
  readonly plan: Plan
  readonly comparison: RoleComparison
}

/**
 * Blocks each placement that Graph would refuse for want of a role, and those that need the id of one so blocked.
 * All others stay as they are: unlike a limit, a missing role says nothing against them.
 */
export function requireRoles(plan: Plan, held: Roles): CheckedPlan {
  const placements = plan.changes.filter(({ action }) => rings(action))
  const comparison = compareRoles(
    placements.map(({ payload }) => payload!),
    held,
  )
  if (comparison.missing.length === 0) return { plan, comparison }
  const reasons = reasonsOf(comparison)
  const blocked = new Map<string, Blocked>()
  for (const [address, reason] of reasons) blocked.set(address, { code: 'plan/missing-permission', reason })
  blockDependents(placements, blocked)
  const changes = plan.changes.map((change) => {
    const found = rings(change.action) ? blocked.get(change.address) : undefined
    return found === undefined ? change : block(change, found)
  })
  return { plan: { ...plan, changes }, comparison }
}

/** Whether a blocked change leaves all others as they are. */
export const blocksItselfAlone = ({ code }: Pick<Change, 'code'>): boolean =>
  code === 'plan/missing-permission' || code === 'plan/needs-blocked'

interface Blocked {
  readonly code: PlanCode
  readonly reason: string
}

function reasonsOf({ missing }: RoleComparison): ReadonlyMap<string, string> {
  const names = new Map<string, string[]>()
  for (const { name, addresses } of missing) {
    for (const address of addresses) names.set(address, [...(names.get(address) ?? []), name])
  }
  return new Map([...names].map(([address, list]) => [address, describe(list)]))
}

const describe = (names: readonly string[]): string => {
  const roles = names.map((name) => {
    const id = findAppRole(name)?.id
    return id === undefined ? name : `${name} (${id})`
  })
  return `the token lacks ${roles.join(' and ')}; an administrator has to consent`
}

/** To whatever depth: until no further call needs one that is blocked. */
function blockDependents(placements: readonly Change[], blocked: Map<string, Blocked>): void {
  let before = -1
  while (before !== blocked.size) {
    before = blocked.size
    for (const { address, payload } of placements) {
      const needed = blocked.has(address) ? undefined : findNeeded(payload!, blocked)
      if (needed === undefined) continue
      blocked.set(address, { code: 'plan/needs-blocked', reason: `it needs ${needed}, which is blocked` })
    }
  }
}

const findNeeded = ({ references = [] }: PlannedPayload, blocked: ReadonlyMap<string, unknown>) =>
  references.find(({ address }) => blocked.has(address))?.address

/** Nothing at all is done for it: a new name is taken over by the run that places it. */
function block({ movedFrom: _, attemptId: __, ...change }: Change, { code, reason }: Blocked): Change {
  return { ...change, action: 'blocked', code, reason }
}
