import { indexKeys } from '../../model/record/address-index.js'
import type { Entry, ForgottenAttempt, Lockfile } from '../../model/record/lockfile.js'
import { type AttemptEntry, arrangeEntry, listAttempts } from './attempt-entries.js'
import { forgottenIds } from './forget-address.js'
import { mayHaveRung, mergeAttempts, notIn } from './merge-attempts.js'
import { groupSpellings, mergeSpellings } from './merge-spellings.js'
import { foldMoved } from './moved-entries.js'

/** One address that both sides dialed, neither knowing of the other: it rang twice, or may have. */
export interface DoubleClaim {
  /** Several where the sides spell it differently. */
  readonly addresses: readonly string[]
  readonly ours: AttemptEntry
  readonly theirs: AttemptEntry
}

export interface Merge {
  readonly lockfile: Lockfile
  readonly doubles: readonly DoubleClaim[]
  /** Addresses that stay in several spellings, since each has a call of its own: none of them is dialed. */
  readonly twins: readonly (readonly string[])[]
  /** Addresses that one side forgot while the other had them as live: they stay, in the further state. */
  readonly kept: readonly string[]
}

/**
 * Two lockfiles of one lineage as one: the union of addresses, in whatever spelling, of attempts and of what is
 * forgotten; of one attempt the further state wins. Nothing is ever taken away, so what both grew from does not matter. Throws RecordError when
 * one attempt has two call ids.
 *
 * What one side has forgotten stays so, but for what the other side has as live: such an entry is never dropped, since
 * the word of one side alone would free it. It is known as ended then, and may be forgotten again.
 */
export function mergeLockfiles(mine: Lockfile, others: Lockfile): Merge {
  const kept = [...new Set([...findLive(mine, others), ...findLive(others, mine)])].sort()
  const [ours, theirs] = [remember(mine, others, kept), remember(others, mine, kept)]
  return { ...mergeSides(ours, theirs), kept }
}

/** Addresses with an attempt that is live here and forgotten there. */
function findLive(here: Lockfile, there: Lockfile): readonly string[] {
  const gone = forgottenIds(there)
  if (gone.size === 0) return []
  const isLive = ({ attempt, state }: AttemptEntry): boolean =>
    gone.has(attempt) && (state === 'placed' || state === 'uncertain')
  return Object.keys(here.calls).filter((address) => attemptsOf(here, address).some(isLive))
}

/** The side as it was before it forgot what the other one keeps of these addresses. */
function remember(side: Lockfile, other: Lockfile, kept: readonly string[]): Lockfile {
  if (kept.length === 0 || side.forgotten === undefined) return side
  const calls: Record<string, Entry> = Object.assign(Object.create(null), side.calls)
  const forgotten: Record<string, readonly ForgottenAttempt[]> = Object.create(null)
  const owners = new Map(
    kept.flatMap((address) => attemptsOf(other, address).map(({ attempt }) => [attempt, address] as const)),
  )
  const back = new Map<string, AttemptEntry[]>()
  for (const [address, list] of Object.entries(side.forgotten)) {
    const left = list.filter(({ attempt }) => !owners.has(attempt))
    if (left.length > 0) forgotten[address] = left
    for (const { forgottenAt: _, forgottenBy: __, ...attempt } of list) {
      const owner = owners.get((attempt as AttemptEntry).attempt)
      if (owner === undefined) continue
      const known = back.get(owner)
      if (known === undefined) back.set(owner, [attempt as AttemptEntry])
      else known.push(attempt as AttemptEntry)
    }
  }
  for (const [owner, attempts] of back)
    calls[owner] = arrangeEntry([...attemptsOf(side, owner), ...attempts])!
  const { forgotten: _, ...rest } = side
  return { ...rest, calls, ...(Object.keys(forgotten).length > 0 && { forgotten }) }
}

function mergeSides(ours: Lockfile, theirs: Lockfile): Omit<Merge, 'kept'> {
  const calls: Record<string, Entry> = Object.create(null)
  const doubles: DoubleClaim[] = []
  const twins: (readonly string[])[] = []
  const forgotten = mergeForgotten(ours, theirs)
  const gone = forgottenIds(forgotten === undefined ? ours : { ...ours, forgotten })
  const known = (side: Lockfile, address: string): readonly AttemptEntry[] =>
    attemptsOf(side, address).filter(({ attempt }) => !gone.has(attempt))
  for (const spellings of groupSpellings([ours.calls, theirs.calls])) {
    const mine = spellings.flatMap((address) => known(ours, address))
    const other = spellings.flatMap((address) => known(theirs, address))
    const spelled = spellings.map((address) => ({
      address,
      attempts: mergeAttempts(address, known(ours, address), known(theirs, address)),
    }))
    const whole = (spelled.length === 1 ? spelled : mergeSpellings(spelled)).filter(
      ({ attempts }) => attempts.length > 0,
    )
    for (const { address, attempts } of whole) calls[address] = arrangeEntry(attempts)!
    const addresses = whole.map(({ address }) => address)
    if (isNew(addresses, ours, theirs)) twins.push(addresses)
    const double = findDouble(addresses, mine, other)
    if (double !== undefined) doubles.push(double)
  }
  const lockfile: Lockfile = { ...theirs, ...ours, calls, ...(forgotten === undefined ? {} : { forgotten }) }
  return { lockfile: foldMoved(lockfile), doubles, twins }
}

const attemptsOf = ({ calls }: Lockfile, address: string): readonly AttemptEntry[] =>
  Object.hasOwn(calls, address) ? listAttempts(calls[address]!) : []

/** Whether an address stands in several spellings now, and on neither side did so before. */
const isNew = (addresses: readonly string[], ...sides: readonly Lockfile[]): boolean =>
  addresses.length > 1 &&
  !sides.some(({ calls }) => addresses.every((address) => Object.hasOwn(calls, address)))

function findDouble(
  addresses: readonly string[],
  ours: readonly AttemptEntry[],
  theirs: readonly AttemptEntry[],
): DoubleClaim | undefined {
  const mine = notIn(ours, theirs).findLast(mayHaveRung)
  const other = notIn(theirs, ours).findLast(mayHaveRung)
  return mine === undefined || other === undefined ? undefined : { addresses, ours: mine, theirs: other }
}

function mergeForgotten(ours: Lockfile, theirs: Lockfile): Lockfile['forgotten'] {
  if (ours.forgotten === undefined) return theirs.forgotten
  const merged: Record<string, readonly ForgottenAttempt[]> = Object.assign(
    Object.create(null),
    ours.forgotten,
  )
  groupSpellings([ours.forgotten, theirs.forgotten ?? {}])
  const index = indexKeys(ours.forgotten)
  for (const [address, attempts] of Object.entries(theirs.forgotten ?? {})) {
    const known = index.spellingsOf(address).flatMap((spelling) => merged[spelling]!)
    const news = notIn(attempts, known) as readonly ForgottenAttempt[]
    if (news.length > 0) merged[address] = [...(merged[address] ?? []), ...news]
  }
  return merged
}
