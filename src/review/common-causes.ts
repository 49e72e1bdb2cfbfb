import type { Cause, CommonCause, ReviewedCall } from '../model/review.js'
import { formatPlace } from './find-cause.js'

/** Changes of one property by one line, the most calls first; so a template's edit is one thing to read. */
export function groupCauses(calls: readonly ReviewedCall[]): readonly CommonCause[] {
  const groups = new Map<string, { pointer: string; cause: Cause; addresses: string[] }>()
  for (const { address, changes } of calls) {
    for (const { pointer, cause } of changes) {
      if (cause === undefined) continue
      const key = `${pointer}\n${cause.revision} ${formatPlace(cause.place)}`
      const group = groups.get(key) ?? { pointer, cause, addresses: [] }
      group.addresses.push(address)
      groups.set(key, group)
    }
  }
  return [...groups.values()].sort(byCount)
}

/** Groups of one size stay in the order of calls and properties. */
const byCount = (left: CommonCause, right: CommonCause): number =>
  right.addresses.length - left.addresses.length
