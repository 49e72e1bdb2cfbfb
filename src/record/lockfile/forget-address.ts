import { UsageError } from '../../model/errors.js'
import { type Entry, entryAt, type ForgottenAttempt, type Lockfile } from '../../model/record/lockfile.js'
import { type AttemptEntry, arrangeEntry, listAttempts } from './attempt-entries.js'

/** Ids of the attempts that `forget` took out. Their files stay, so that numbers go on after them. */
export const forgottenIds = ({ forgotten }: Lockfile): ReadonlySet<string> =>
  new Set(Object.values(forgotten ?? {}).flatMap((attempts) => attempts.map(({ attempt }) => attempt)))

export interface Forgetting {
  readonly address: string
  /** ISO 8601, UTC. */
  readonly at: string
  readonly by?: string
  /** The only attempt to take out. */
  readonly attempt?: string
}

/**
 * The lockfile without the address, so that it may be placed anew. Its attempts, by their ids, go to `forgotten`:
 * the attempts folder, other clones and git's history cannot bring them back, and no call id is lost. A lockfile
 * from before makes the address known again, which never dials. With `attempt`, that one alone; the others stay.
 */
export function forgetAddress(lockfile: Lockfile, { address, at, by, attempt }: Forgetting): Lockfile {
  const entry = entryAt(lockfile, address)
  if (entry === undefined) throw new UsageError(`\`${address}\` is not in the lockfile.`)
  const isMeant = (each: AttemptEntry): boolean => attempt === undefined || each.attempt === attempt
  const attempts = listAttempts(entry).filter(isMeant)
  if (attempts.some(({ state }) => state === 'uncertain')) {
    throw new UsageError(
      `\`${address}\` may have rung: an uncertain attempt cannot be forgotten.`,
      'Settle it first: `callctl resolve`.',
    )
  }
  if (attempts.some(({ state }) => state === 'placed')) {
    throw new UsageError(
      `\`${address}\` is placed and may be live: only what has ended or failed can be forgotten.`,
      'End it first: `callctl hangup`, or `callctl status --refresh` when it is over.',
    )
  }
  const calls: Record<string, typeof entry> = Object.assign(Object.create(null), lockfile.calls)
  const left = arrangeEntry(listAttempts(entry).filter((each) => !isMeant(each)))
  if (left === undefined) delete calls[address]
  else calls[address] = withNames(left, attempts)
  const gone = attempts.map(
    (attempt): ForgottenAttempt => ({
      ...attempt,
      // An end that nobody dated is over by now: whoever forgets the call says so.
      ...(attempt.state === 'ended' && attempt.endedAt === undefined ? { endedAt: at } : {}),
      forgottenAt: at,
      ...(by === undefined ? {} : { forgottenBy: by }),
    }),
  )
  const before = lockfile.forgotten ?? {}
  const all = Object.hasOwn(before, address) ? [...before[address]!, ...gone] : gone
  return { ...lockfile, calls, forgotten: Object.assign(Object.create(null), before, { [address]: all }) }
}

/** The names that its call had stay known: attempts of this machine have them for ever. */
function withNames(entry: Entry, gone: readonly AttemptEntry[]): Entry {
  const lists = [...gone, entry].map(({ movedFrom }) => (Array.isArray(movedFrom) ? movedFrom : []))
  const names = [...new Set(lists.flat() as string[])]
  return names.length === 0 ? entry : { ...entry, movedFrom: names }
}
