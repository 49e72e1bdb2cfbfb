import type { Entry, Lockfile } from '../model/lockfile.js'
import type { GuardChange } from '../model/review.js'

/** Beyond so many they are counted. */
const mostNamed = 10

/** What a lockfile says of an address keeps it from being rung: entries that are gone, or that say now that nothing rang. */
export function compareLockfiles(base: Lockfile, head: Lockfile): readonly GuardChange[] {
  const moved = namesBefore(head)
  const lost = Object.keys(base.calls)
    .sort()
    .flatMap((address): readonly GuardChange[] => {
      const before = base.calls[address]!
      const after = Object.hasOwn(head.calls, address) ? head.calls[address] : undefined
      if (!hasRung(before) || hasRung(after) || moved.has(address)) return []
      const now = after === undefined ? {} : { after: after.state }
      return [{ name: 'lockfile', address, before: before.state, ...now, isLooser: true }]
    })
  if (lost.length <= mostNamed) return lost
  return [{ name: 'lockfile', before: `${lost.length} entries of calls that rang`, isLooser: true }]
}

const hasRung = (entry: Entry | undefined): boolean => entry !== undefined && entry.state !== 'failed'

/** An entry that was taken over keeps the names that it had. */
const namesBefore = ({ calls }: Lockfile): ReadonlySet<unknown> =>
  new Set(Object.values(calls).flatMap(({ movedFrom }) => (Array.isArray(movedFrom) ? movedFrom : [])))
