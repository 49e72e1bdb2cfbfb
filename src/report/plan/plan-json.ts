import { formatEndpoint } from '../../model/call.js'
import type { PayloadHead } from '../../model/payload.js'
import type { Change } from '../../model/plan.js'
import type { PlanReport } from '../../model/plan-report.js'

/** A plan for machines. People are counted, not named: this ends up in logs. */
export function describePlan(report: PlanReport<PayloadHead>): object {
  const { plan, totals, destination, peopleLimit, usage, roles, sends } = report
  const { calls, people, numbers, permissions, actions } = totals
  return {
    destination,
    totals: { calls, people, numbers, permissions, actions },
    ...(peopleLimit !== undefined && { limits: { people: peopleLimit } }),
    ...(usage !== undefined && { usage }),
    ...(sends !== undefined && { sends }),
    ...(roles !== undefined && { permissions: roles }),
    changes: plan.changes.map(describeChange),
    ...(plan.occasions !== undefined && { occasions: plan.occasions }),
  }
}

function describeChange({
  address,
  action,
  code,
  reason,
  payload,
  entry,
  ...rest
}: Change<PayloadHead>): object {
  return {
    address,
    action,
    ...(code !== undefined && { code }),
    reason,
    ...(rest.movedFrom !== undefined && { movedFrom: rest.movedFrom }),
    ...(rest.attemptId !== undefined && { attemptId: rest.attemptId }),
    ...(rest.hasLeave !== undefined && { hasLeave: rest.hasLeave }),
    ...(payload !== undefined && {
      digest: payload.digest,
      endpoint: formatEndpoint(payload.target),
      kind: payload.touches.kind,
      people: payload.touches.people.length,
      numbers: payload.touches.numbers.length,
      permissions: payload.touches.permissions,
      ...(payload.environment !== undefined && { environment: payload.environment }),
    }),
    ...(entry !== undefined && { state: entry.state, callId: entry.callId }),
  }
}
