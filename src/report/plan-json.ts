import { formatEndpoint } from '../model/call.js'
import type { Change } from '../model/plan.js'
import type { PlanReport } from './plan-text.js'

/** A plan for machines. People are counted, not named: this ends up in logs. */
export function describePlan({ plan, totals, destination }: PlanReport): object {
  const { calls, people, numbers, permissions, actions } = totals
  return {
    destination,
    totals: { calls, people, numbers, permissions, actions },
    changes: plan.changes.map(describeChange),
  }
}

function describeChange({ address, action, code, reason, payload, entry }: Change): object {
  return {
    address,
    action,
    ...(code !== undefined && { code }),
    reason,
    ...(payload !== undefined && {
      digest: payload.digest,
      endpoint: formatEndpoint(payload.target),
      kind: payload.touches.kind,
      people: payload.touches.people.length,
      numbers: payload.touches.numbers.length,
      permissions: payload.touches.permissions,
    }),
    ...(entry !== undefined && { state: entry.state, callId: entry.callId }),
  }
}
