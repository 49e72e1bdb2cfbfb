import type { GuardChange, PlanBlock, Review, ReviewedCall, Ring } from '../model/review.js'
import { groupCauses } from './common-causes.js'
import { countKinds } from './count-kinds.js'
import { countRings } from './rings.js'

/**
 * What the review of an environment says that the usual one does not: news of rings, calls that differ otherwise, guards,
 * permissions, problems. Undefined where there is nothing. Calls that it would ring with or without the change are none
 * of the change's business, nor is what was held back before: an environment that is seldom applied has many.
 */
export function findMore(
  review: Review,
  usual: Review,
  heldBack: readonly PlanBlock[] = [],
): Review | undefined {
  const rings = review.rings && without(review.rings.filter(isNews), usual.rings, describeRing)
  const calls = without(review.calls, usual.calls, describeCall)
  const blocks = without(review.blocks ?? [], [...(usual.blocks ?? []), ...heldBack], describeBlock)
  const guards = without(review.guards, usual.guards, describe<GuardChange>)
  const diagnostics = without(review.diagnostics, usual.diagnostics, ({ diagnostic, place }) =>
    describe([diagnostic.code, diagnostic.message, diagnostic.address, diagnostic.pointer, place]),
  )
  const newPermissions = review.newPermissions.filter((name) => !usual.newPermissions.includes(name))
  const hasOwnProblem = review.planProblem !== undefined && review.planProblem !== usual.planProblem
  const lists = [rings ?? [], review.record, calls, blocks, guards, diagnostics, newPermissions]
  if (!hasOwnProblem && lists.every((list) => list.length === 0)) return undefined
  return {
    ...review,
    ...(rings !== undefined && { rings }),
    ...(review.blocks !== undefined && { blocks }),
    calls,
    causes: groupCauses(calls),
    guards,
    diagnostics,
    newPermissions,
    totals: { ...countKinds(calls), ...countRings(rings ?? []) },
    unchanged: review.unchanged + review.calls.length - calls.length,
    oldDiagnostics: review.oldDiagnostics + review.diagnostics.length - diagnostics.length,
  }
}

const isNews = ({ isNew, people, numbers }: Ring): boolean =>
  isNew || [...people, ...numbers].some((callee) => callee.isNew)

function without<Item>(
  items: readonly Item[],
  known: readonly Item[] = [],
  keyOf: (item: Item) => string,
): readonly Item[] {
  const keys = new Set(known.map(keyOf))
  return items.filter((item) => !keys.has(keyOf(item)))
}

const describe = <Value>(value: Value): string => JSON.stringify(value)

/** The reason tells of the lockfile, and rings nobody. */
const describeRing = ({ reason: _reason, ...ring }: Ring): string => describe(ring)

/** The reason counts people. */
const describeBlock = ({ action, code, addresses }: PlanBlock): string => describe([action, code, addresses])

/** What the plan makes of it, the ring list says. */
const describeCall = ({ kind, address, movedFrom, before, after, changes }: ReviewedCall): string =>
  describe([
    ...[kind, address, movedFrom, changes],
    ...[before, after].map((payload) => payload && [payload.digest, payload.target, payload.onChange]),
  ])
