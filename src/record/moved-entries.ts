import { keyOfAddress } from '../model/address.js'
import { type AddressIndex, indexKeys } from '../model/address-index.js'
import type { Attempt } from '../model/attempt.js'
import { RecordError } from '../model/errors.js'
import type { Entry, Lockfile } from '../model/lockfile.js'
import { type AttemptEntry, mergeAlike } from './attempt-entries.js'
import { refuseContradictions } from './contradictions.js'
import { isAddress } from './forms.js'
import { joinAttempts } from './join-attempts.js'

// Renamed calls. The entry goes to the new address and keeps, as `movedFrom`, the names that it had. Attempts on
// disk have the old name for ever: which of them are the new address's is told by their ids, so that the old name
// may be defined anew and dialed.

/**
 * joinAttempts, for a lockfile in which calls may have been renamed. The one way in which every command reads a
 * lockfile: what contradicts itself, or the attempts, is refused.
 */
export function joinRecord(lockfile: Lockfile, attempts: readonly Attempt[]): Lockfile {
  refuseContradictions(lockfile, attempts)
  if (listMoved(lockfile).length === 0) return joinAttempts(lockfile, attempts)
  const whole = foldMoved(lockfile)
  return joinAttempts(whole, moveAttempts(whole, attempts))
}

/** The lockfile with entries under new addresses; the same object when nothing moves. Keys of `moves` are the new ones. */
export function moveEntries(lockfile: Lockfile, moves: ReadonlyMap<string, string>): Lockfile {
  const calls: Record<string, Entry> = Object.assign(Object.create(null), lockfile.calls)
  let hasMoved = false
  for (const [address, old] of moves) {
    const entry = calls[old]
    if (entry === undefined || calls[address] !== undefined) continue
    delete calls[old]
    calls[address] = { ...entry, movedFrom: [...new Set([...namesBefore(old, entry), old])] }
    hasMoved = true
  }
  return hasMoved ? { ...lockfile, calls } : lockfile
}

/** The attempts as joinAttempts has to see them: those of a moved entry under its new address, before its own. */
export function moveAttempts(lockfile: Lockfile, attempts: readonly Attempt[]): readonly Attempt[] {
  const owners = indexMoved(lockfile)
  if (owners.size === 0) return attempts
  return attempts.map((attempt) => {
    const owner = owners.get(keyOfAddress(attempt.address))?.get(attempt.attemptId)
    return owner === undefined ? attempt : { ...attempt, ...owner }
  })
}

/**
 * A merge of branches may bring an old address back beside its new one: where the new one knows all of its
 * attempts, both are the same call, and the further state of each attempt wins.
 */
export function foldMoved(lockfile: Lockfile): Lockfile {
  const calls: Record<string, Entry> = Object.assign(Object.create(null), lockfile.calls)
  let hasFolded = false
  const moved = listMoved(lockfile)
  if (moved.length === 0) return lockfile
  const index = indexKeys(lockfile.calls)
  refuseCircles(lockfile, moved, index)
  for (const [address, entry] of moved) {
    // Folded into a later name already.
    if (calls[address] === undefined) continue
    for (const old of spellingsBefore(address, entry, index)) {
      const twin = calls[old]
      if (twin === undefined || !knowsAll(entry, twin)) continue
      calls[address] = foldInto(address, calls[address]!, twin)
      delete calls[old]
      hasFolded = true
    }
  }
  return hasFolded ? { ...lockfile, calls } : lockfile
}

/** Two entries that each were the other before, or more in a ring: branches that renamed a call there and back. */
function refuseCircles(
  { calls }: Lockfile,
  moved: readonly (readonly [string, Entry])[],
  index: AddressIndex,
): void {
  const olds = new Map(
    moved.map(([address, entry]) => [
      address,
      spellingsBefore(address, entry, index).filter((old) => knowsAll(entry, calls[old]!)),
    ]),
  )
  for (const [address] of moved) {
    const seen = new Set<string>()
    const left = [...(olds.get(address) ?? [])]
    for (let old = left.pop(); old !== undefined; old = left.pop()) {
      if (old === address) throw circle(address, olds.get(address) ?? [])
      if (seen.has(old)) continue
      seen.add(old)
      for (const older of olds.get(old) ?? []) left.push(older)
    }
  }
}

const circle = (address: string, others: readonly string[]): RecordError =>
  new RecordError(
    `${address}: its entry and that of ${others.join(', ')} each say that they were the other before`,
    'It is one call, renamed on one branch and back on another: keep the entry of the name that is defined, with its attempts, and take the other out of the lockfile.',
  )

/** The entries of the names that an entry had, in whatever spelling they stand there. */
const spellingsBefore = (address: string, entry: Entry, index: AddressIndex): readonly string[] =>
  namesBefore(address, entry)
    .flatMap((old) => index.spellingsOf(old))
    .filter((old) => old !== address)

/** Most lockfiles have none, and may be long: neither a list nor a copy is made of all entries. */
function listMoved({ calls }: Lockfile): readonly (readonly [string, Entry])[] {
  const moved: [string, Entry][] = []
  for (const address in calls) {
    const entry = calls[address]!
    if (hasNote(entry) || entry.attempts?.some(hasNote)) moved.push([address, entry])
  }
  return moved
}

const hasNote = (attempt: Entry | AttemptEntry): boolean => attempt['movedFrom'] !== undefined

const idsOf = (entry: Entry): readonly string[] => [
  ...(entry.attempts ?? []).map(({ attempt }) => attempt),
  entry.attempt,
]

const knowsAll = (entry: Entry, twin: Entry): boolean => {
  const known = new Set(idsOf(entry))
  return idsOf(twin).every((id) => known.has(id))
}

function foldInto(address: string, entry: Entry, { attempts: earlier = [], ...newest }: Entry): Entry {
  const twins = new Map([...earlier, newest as AttemptEntry].map((attempt) => [attempt.attempt, attempt]))
  const fold = <Each extends AttemptEntry>(attempt: Each): Each => {
    const twin = twins.get(attempt.attempt)
    return twin === undefined ? attempt : (mergeAlike(address, attempt, twin) as Each)
  }
  const { attempts, ...own } = entry
  const folded = fold(own as Entry)
  return attempts === undefined ? folded : { ...folded, attempts: attempts.map(fold) }
}

type Owner = Pick<Attempt, 'address' | 'number'>

/** Key of the old address → attempt id → the new address, and a number that keeps the order of the entry's history. */
function indexMoved(lockfile: Lockfile): ReadonlyMap<string, ReadonlyMap<string, Owner>> {
  const owners = new Map<string, Map<string, Owner>>()
  for (const [address, entry] of listMoved(lockfile)) {
    const ids = idsOf(entry)
    for (const old of namesBefore(address, entry)) {
      const index = owners.get(keyOfAddress(old)) ?? new Map<string, Owner>()
      for (const [place, id] of ids.entries())
        if (id !== '') index.set(id, { address, number: place - ids.length })
      owners.set(keyOfAddress(old), index)
    }
  }
  return owners
}

/** A list that cannot be read would bring the old names back to life. */
export function namesBefore(address: string, entry: Entry): readonly string[] {
  // A redial leaves the note with the attempt that was the newest when the entry moved.
  const notes = [...(entry.attempts ?? []), entry].map((attempt) => attempt['movedFrom'] ?? [])
  if (notes.every((names) => Array.isArray(names) && names.every(isAddress))) {
    return [...new Set(notes.flat() as string[])].filter((name) => name !== address)
  }
  throw new RecordError(
    `${address}: \`movedFrom\` in the lockfile is no list of addresses`,
    'Restore it with git.',
  )
}
