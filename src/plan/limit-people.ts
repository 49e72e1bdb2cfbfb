import { rings } from '../model/action.js'
import type { Limits } from '../model/language/settings.js'
import type { PayloadHead } from '../model/payload.js'
import type { Change } from '../model/plan.js'
import { totalsOf } from './totals.js'

/** Blocks all placements when they would ring too many: half of a mass notification is worse than none. */
export function limitPeople<Held extends PayloadHead>(
  changes: readonly Change<Held>[],
  limits: Limits,
): readonly Change<Held>[] {
  const { people, numbers } = totalsOf({ changes })
  const count = people + numbers
  if (limits.people === undefined || count <= limits.people) return changes
  const reason = `${count} people and numbers would be rung; limits.people is ${limits.people}`
  return changes.map((change) =>
    rings(change.action) ? { ...change, action: 'blocked', code: 'plan/people-limit', reason } : change,
  )
}
