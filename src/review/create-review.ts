import type { Payload } from '../model/payload.js'
import type { Change, Plan } from '../model/plan.js'
import type { Review, ReviewedCall, ReviewedPayload } from '../model/review.js'
import { groupCauses } from './common-causes.js'
import { compareEnvironment } from './compare-environment.js'
import { countKinds } from './count-kinds.js'
import { explainChanges, type Findings } from './explain-changes.js'
import { Causes } from './find-cause.js'
import { compareGuards } from './guards.js'
import { compareLockfiles } from './lockfiles/compare-lockfiles.js'
import { differs, matchCalls, type Pair } from './match-calls.js'
import { findNewDiagnostics } from './new-diagnostics.js'
import { describeRevision, type ReviewInput } from './revision.js'
import { countRings, listBlocks, listRings } from './rings.js'

export interface Comparison {
  /** Names and numbers of people are in it as they are: see `maskReview`. */
  readonly review: Review
  /** Lines of the files, as `keyOfLine` names them, from which names and numbers of changed calls come. */
  readonly personalLines: ReadonlySet<string>
}

/** Two revisions, compared. Only calls that changed are traced, once each. */
export function createReview(input: ReviewInput): Comparison {
  const { base, head, basePlans } = input
  const causes = new Causes(base, head)
  const pairs = matchCalls(base, head)
  const plan = 'problem' in input.plan ? undefined : input.plan
  const personalLines = new Set<string>()
  const reviewCall = createReviewCall(input, { causes, personalLines }, plan)
  const calls = pairs.filter(differs).map(reviewCall)
  const diagnostics = findNewDiagnostics(base.diagnostics, head.diagnostics, causes.head)
  const rings = plan && listRings(plan, basePlans)
  const review: Review = {
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
  return { review, personalLines }
}

function findNewPermissions(base: readonly Payload[], head: readonly Payload[]): readonly string[] {
  const permissionsOf = (payloads: readonly Payload[]) =>
    new Set(payloads.flatMap(({ touches }) => touches.permissions))
  const before = permissionsOf(base)
  return [...permissionsOf(head)].filter((permission) => !before.has(permission)).sort()
}

function createReviewCall(input: ReviewInput, findings: Findings, plan: Plan | undefined) {
  const { causes } = findings
  const planned = new Map<string, Change>(plan?.changes.map((change) => [change.address, change]))
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
  payload: Payload,
  revision: ReviewInput['head'],
  places: Causes['head'],
): ReviewedPayload {
  const { range, description, template, target, call, text, digest, touches, onChange, environment } = payload
  return {
    place: places.placeOf(range),
    ...(description !== undefined && { description }),
    ...(template !== undefined && { template }),
    target,
    call,
    text,
    digest,
    touches,
    ...(onChange !== undefined && { onChange }),
    ...(environment !== undefined && { environment }),
    personal: revision.personalOf(payload),
  }
}
