import { rings } from '../model/action.js'
import type { Change, Plan } from '../model/plan.js'

/**
 * A plan in parts to be carried out one after the other: a call that needs the id of another one comes in a later part
 * than that. Most plans are one part.
 */
export function splitWaves(plan: Plan): readonly Plan[] {
  const waves: Change[][] = []
  let waiting = [...plan.changes]
  while (waiting.length > 0) {
    const pending = new Set(waiting.filter(({ action }) => rings(action)).map((change) => change.address))
    const next = waiting.filter((change) => !needsAny(change, pending))
    // The compiler refuses cycles; without progress the rest goes on as it is, and is refused when it is filled.
    waves.push(next.length === 0 ? waiting : next)
    waiting = next.length === 0 ? [] : waiting.filter((change) => needsAny(change, pending))
  }
  return waves.map((changes) => ({ changes }))
}

const needsAny = (change: Change, addresses: ReadonlySet<string>): boolean =>
  rings(change.action) && (change.payload?.references ?? []).some((each) => addresses.has(each.address))
