import { keyOfAddress } from '../../model/address.js'
import { RecordError } from '../../model/errors.js'
import { type AddressIndex, indexKeys } from '../../model/record/address-index.js'
import type { Attempt } from '../../model/record/attempt.js'
import type { Entry, Lockfile } from '../../model/record/lockfile.js'
import { isAddress, mostSpellings } from '../disk/forms.js'
import { type AttemptEntry, listAttempts, mergeAlike } from './attempt-entries.js'
import { refuseContradictions } from './contradictions.js'
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
  const moved = attempts.length === 0 ? undefined : indexMoved(lockfile)
  if (moved === undefined || moved.size === 0) return attempts
  return attempts.map((attempt) => {
    const key = keyOfAddress(attempt.address)
    const found = moved.get(attempt.attemptId)?.findLast(({ keys }) => keys.has(key))
    return found === undefined ? attempt : { ...attempt, ...found.owner }
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
  const twins = new Map(
    moved.map(([address, entry]) => [address, findTwins(address, entry, { index, calls })]),
  )
  refuseCircles(twins)
  for (const [address, olds] of twins) {
    // Folded into a later name already.
    if (calls[address] === undefined) continue
    const left = olds.filter((old) => calls[old] !== undefined)
    if (left.length === 0) continue
    calls[address] = foldInto(
      address,
      calls[address],
      left.map((old) => calls[old]!),
    )
    for (const old of left) delete calls[old]
    hasFolded = true
  }
  return hasFolded ? { ...lockfile, calls } : lockfile
}

/** Two entries that each were the other before, or more in a ring: branches that renamed a call there and back. */
function refuseCircles(twins: ReadonlyMap<string, readonly string[]>): void {
  const done = new Set<string>()
  for (const start of twins.keys()) {
    const path: { readonly address: string; readonly olds: Iterator<string> }[] = []
    const onPath = new Set<string>()
    const enter = (address: string): void => {
      if (onPath.has(address)) throw circle(address, twins.get(address) ?? [])
      if (done.has(address)) return
      onPath.add(address)
      path.push({ address, olds: (twins.get(address) ?? []).values() })
    }
    enter(start)
    for (let last = path.at(-1); last !== undefined; last = path.at(-1)) {
      const { value, done: isOver } = last.olds.next()
      if (isOver !== true) enter(value)
      else {
        done.add(last.address)
        onPath.delete(last.address)
        path.pop()
      }
    }
  }
}

const circle = (address: string, others: readonly string[]): RecordError =>
  new RecordError(
    `${address}: its entry and that of ${others.join(', ')} each say that they were the other before`,
    'It is one call, renamed on one branch and back on another: keep the entry of the name that is defined, with its attempts, and take the other out of the lockfile.',
  )

interface Known {
  readonly index: AddressIndex
  readonly calls: Readonly<Record<string, Entry>>
}

/** The entries of the names that an entry had, in whatever spelling they stand there, of which it knows all. */
function findTwins(address: string, entry: Entry, { index, calls }: Known): readonly string[] {
  const ids = new Set(idsOf(entry))
  const keys = new Set(namesBefore(address, entry).map(keyOfAddress))
  return [...keys]
    .flatMap((key) => refuseMany(index.spellingsOf(key)))
    .filter((old) => old !== address && knowsAll(ids, calls[old]!))
}

/** Each would be held against every entry that had its name. */
function refuseMany(spellings: readonly string[]): readonly string[] {
  if (spellings.length <= mostSpellings) return spellings
  throw new RecordError(
    `${spellings[0]}: the lockfile has this address in ${spellings.length} spellings, and entries that had it before`,
    'Restore it with git.',
  )
}

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

function* idsOf({ attempts = [], attempt }: Entry): Generator<string> {
  for (const earlier of attempts) yield earlier.attempt
  yield attempt
}

function knowsAll(ids: ReadonlySet<string>, twin: Entry): boolean {
  for (const id of idsOf(twin)) if (!ids.has(id)) return false
  return true
}

function foldInto(address: string, entry: Entry, others: readonly Entry[]): Entry {
  const twins = new Map<string, AttemptEntry[]>()
  for (const twin of others.flatMap(listAttempts)) {
    const known = twins.get(twin.attempt)
    if (known === undefined) twins.set(twin.attempt, [twin])
    else known.push(twin)
  }
  const fold = <Each extends AttemptEntry>(attempt: Each): Each =>
    (twins.get(attempt.attempt) ?? []).reduce<AttemptEntry>(
      (folded, twin) => mergeAlike(address, folded, twin),
      attempt,
    ) as Each
  const { attempts, ...own } = entry
  const folded = fold(own as Entry)
  return attempts === undefined ? folded : { ...folded, attempts: attempts.map(fold) }
}

type Owner = Pick<Attempt, 'address' | 'number'>

interface Moved {
  readonly keys: ReadonlySet<string>
  readonly owner: Owner
}

/** By attempt id: the keys of the old addresses, the new one, and a number that keeps the order of its history. */
function indexMoved(lockfile: Lockfile): ReadonlyMap<string, readonly Moved[]> {
  const moved = new Map<string, Moved[]>()
  for (const [address, entry] of listMoved(lockfile)) {
    const ids = [...idsOf(entry)]
    const keys = new Set(namesBefore(address, entry).map(keyOfAddress))
    for (const [place, id] of ids.entries()) {
      if (id === '') continue
      const found = { keys, owner: { address, number: place - ids.length } }
      const known = moved.get(id)
      if (known === undefined) moved.set(id, [found])
      else known.push(found)
    }
  }
  return moved
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
