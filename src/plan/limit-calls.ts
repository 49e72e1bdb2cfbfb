import { rings } from '../model/action.js'
import type { PayloadHead } from '../model/payload.js'
import type { Change, PlanCode, Usage } from '../model/plan.js'
import { type Counted, countUsage } from './count-calls.js'

/** Blocks all placements when they would go beyond a limit on calls, as limitPeople does. Graph's quota blocks none. */
export function limitCalls<Held extends PayloadHead>(
  changes: readonly Change<Held>[],
  counted: Counted,
): readonly Change<Held>[] {
  const { concurrentCalls, callsPerMonth } = counted.limits
  if (concurrentCalls === undefined && callsPerMonth === undefined) return changes
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
  const already = before === 1 ? '1 is' : `${before} are`
  if (kind === 'calls-per-month') {
    const past = before === 0 ? '' : `; ${already} placed already`
    const reason = `${after} calls would be placed in ${month} (UTC); limits.callsPerMonth is ${allowed}${past}`
    return { code: 'plan/calls-per-month', reason }
  }
  const hint = '`status --refresh` records those that have ended'
  const past = before === 0 ? '' : `; ${already} recorded as live or unknown: ${hint}`
  const reason = `${after} calls would be live at once; limits.concurrentCalls is ${allowed}${past}`
  return { code: 'plan/concurrent-calls', reason }
}
