import type { Change, PlanCode, Usage } from '../model/plan.js'
import { type Counted, countUsage } from './count-calls.js'
import { rings } from './totals.js'

/** Blocks all placements when they would go beyond a limit on calls, as limitPeople does. Graph's quota blocks none. */
export function limitCalls(changes: readonly Change[], counted: Counted): readonly Change[] {
  const over = countUsage(changes, counted).find(
    ({ before, after, allowed, isQuota }) => !isQuota && after > allowed && after > before,
  )
  if (over === undefined) return changes
  const { code, reason } = describe(over)
  return changes.map((change) =>
    rings(change.action) ? { ...change, action: 'blocked', code, reason } : change,
  )
}

function describe({ kind, before, after, allowed, month }: Usage): { code: PlanCode; reason: string } {
  const sum = `${after} calls, ${before} of them`
  if (kind === 'concurrent-calls') {
    const hint = '`status --refresh` records those that have ended'
    return {
      code: 'plan/concurrent-calls',
      reason: `${sum} recorded as live or unknown; limits.concurrentCalls is ${allowed}; ${hint}`,
    }
  }
  return {
    code: 'plan/calls-per-month',
    reason: `${sum} placed in ${month} (UTC) already; limits.callsPerMonth is ${allowed}`,
  }
}
