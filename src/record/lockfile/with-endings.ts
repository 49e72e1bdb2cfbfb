import type { EarlierAttempt, Entry, Lockfile } from '../../model/record/lockfile.js'
import type { SharedEnding } from '../../model/record/shared-record.js'

/** The lockfile with the calls ended that another runner saw end; the same object when nothing changes. */
export function withEndings(lockfile: Lockfile, endings: readonly SharedEnding[] | undefined): Lockfile {
  if (endings === undefined || endings.length === 0) return lockfile
  const ended = new Map(endings.map(({ attemptId, at }) => [attemptId, at]))
  const end = <Each extends Entry | EarlierAttempt>(each: Each): Each => {
    const at = each.state === 'placed' ? ended.get(each.attempt) : undefined
    return at === undefined ? each : { ...each, state: 'ended', endedAt: at }
  }
  const changed: Record<string, Entry> = {}
  for (const [address, entry] of Object.entries(lockfile.calls)) {
    const { attempts } = entry
    const next = attempts === undefined ? end(entry) : { ...end(entry), attempts: attempts.map(end) }
    if (
      next.state !== entry.state ||
      attempts?.some(({ state }, index) => next.attempts![index]!.state !== state)
    )
      changed[address] = next
  }
  if (Object.keys(changed).length === 0) return lockfile
  return { ...lockfile, calls: Object.assign(Object.create(null), lockfile.calls, changed) }
}
