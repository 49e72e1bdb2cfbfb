import type { UnwrittenPayload } from '../model/payload.js'
import type { Plan } from '../model/plan.js'
import type { Review, ReviewedCall, ReviewedPayload } from '../model/review.js'
import { groupCauses } from './common-causes.js'
import { compareEnvironment } from './compare-environment.js'
import { countKinds } from './count-kinds.js'
import { explainChanges, type Findings } from './explain-changes.js'
import type { Causes } from './find-cause.js'
import { compareGuards } from './guards.js'
import { compareLockfiles } from './lockfiles/compare-lockfiles.js'
import { differs, matchCalls, type Pair } from './match-calls.js'
import { findNewDiagnostics } from './new-diagnostics.js'
import { describeRevision, type ReviewInput } from './revision.js'
import { countRings, listBlocks, listRings } from './rings.js'

/**
 * Two revisions, compared: names and numbers of people are in it as they are, see `maskReview`. Only calls that changed
 * are traced, once each.
 */
export function createReview(input: ReviewInput, findings: Findings): Review {
  const { base, head, basePlans } = input
  const { causes } = findings
  const pairs = matchCalls(base, head)
  const plan = 'problem' in input.plan ? undefined : input.plan
  const reviewCall = createReviewCall(input, findings, plan)
  const calls = pairs.filter(differs).map(reviewCall)
  const diagnostics = findNewDiagnostics(base.diagnostics, head.diagnostics, causes.head)
  const rings = plan && listRings(plan, basePlans)
  return {
    base: describeRevision(base),
    head: describeRevision(head),
    isMasked: false,
    calls,
    unchanged: pairs.length - calls.length,
    causes: groupCauses(calls),
    ...(rings !== undefined && { rings }),
    ...('problem' in input.plan && { planProblem: input.plan.problem }),
    ...(plan !== undefined && { blocks: listBlocks(plan) }),
    totals: { ...countKinds(calls), ...countRings(rings ?? []) },
    newPermissions: findNewPermissions(base.payloads, head.payloads),
    record: input.lockfiles === undefined ? [] : compareLockfiles(input.lockfiles, input),
    guards: [
      ...compareEnvironment(base.environmentUses, head.environmentUses, causes.head),
      ...compareGuards(base, head, pairs),
    ],
    diagnostics,
    oldDiagnostics: head.diagnostics.length - diagnostics.length,
  }
}

function findNewPermissions(
  base: readonly UnwrittenPayload[],
  head: readonly UnwrittenPayload[],
): readonly string[] {
  const permissionsOf = (payloads: readonly UnwrittenPayload[]) =>
    new Set(payloads.flatMap(({ touches }) => touches.permissions))
  const before = permissionsOf(base)
  return [...permissionsOf(head)].filter((permission) => !before.has(permission)).sort()
}

function createReviewCall(input: ReviewInput, findings: Findings, plan: Plan<UnwrittenPayload> | undefined) {
  const { causes } = findings
  const planned = new Map(plan?.changes.map((change) => [change.address, change]))
  return (pair: Pair): ReviewedCall => {
    const { address, before, after } = pair
    const kind = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed'
    const change = planned.get(address)
    return {
      address,
      kind,
      ...(before !== undefined && before.address !== address && { movedFrom: before.address }),
      ...(before !== undefined && { before: describePayload(before, input.base, causes.base) }),
      ...(after !== undefined && { after: describePayload(after, input.head, causes.head) }),
      changes: before && after ? explainChanges(before, after, input, findings) : [],
      ...(change !== undefined && { action: change.action, reason: change.reason }),
      ...(change?.code !== undefined && { code: change.code }),
      ...(change?.likelyFrom !== undefined && { likelyFrom: change.likelyFrom }),
    }
  }
}

function describePayload(
  payload: UnwrittenPayload,
  revision: ReviewInput['head'],
  places: Causes['head'],
): ReviewedPayload {
  const { range, description, template, target, call, digest, touches, onChange, environment } = payload
  return {
    place: places.placeOf(range),
    ...(description !== undefined && { description }),
    ...(template !== undefined && { template }),
    target,
    call,
    digest,
    touches,
    ...(onChange !== undefined && { onChange }),
    ...(environment !== undefined && { environment }),
    personal: revision.personalOf(payload),
  }
}
