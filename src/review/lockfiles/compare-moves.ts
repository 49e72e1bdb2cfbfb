import { keyOfAddress } from '../../model/address.js'
import { attemptsOf } from '../../model/record/attempt-evidence.js'
import type { EarlierAttempt, Lockfile } from '../../model/record/lockfile.js'
import type { KnownAttempt } from './attempt-index.js'
import type { Definitions } from './definitions.js'
import type { Judged } from './judged.js'

export interface Moves {
  /** An attempt's way from one address to another; told once for both. */
  judge(from: string, to: string): readonly Judged[]
  /** What an attempt says of the names that its call had. */
  compareNotes(before: KnownAttempt | undefined, after: KnownAttempt): readonly Judged[]
}

interface Sides {
  readonly base: Lockfile
  readonly head: Lockfile
  readonly definitions: { readonly base: Definitions; readonly head: Definitions }
}

/**
 * Renamed calls. An entry may say that it was another address when base has its attempts there, all of them have come
 * with it, and a definition says the same.
 */
export function createMoves(sides: Sides): Moves {
  const told = new Set<string>()
  return {
    judge(from, to) {
      const key = JSON.stringify([from, to])
      if (told.has(key)) return []
      told.add(key)
      return [describeMove(from, to, sides)]
    },
    compareNotes(before, after) {
      const known = new Set([...namesOf(before?.attempt), ...(before === undefined ? [] : [before.address])])
      const names = namesOf(after.attempt)
      const isMoved = before !== undefined && before.address !== after.address
      const unknown = names.filter((name) => !known.has(name))
      const left = unknown.length === 0 ? [] : namesLeft(after.address, sides)
      const added = unknown.filter((name) => !left.includes(name))
      const lost = namesOf(before?.attempt).filter((name) => name !== after.address && !names.includes(name))
      if (added.length === 0 && (lost.length === 0 || isMoved)) return []
      const message =
        added.length > 0
          ? 'says that it was another address, which base’s lockfile does not bear out'
          : 'no longer says which address it was'
      return [{ kind: 'moved', address: after.address, after: { movedFrom: names }, isEdit: true, message }]
    },
  }
}

function describeMove(from: string, to: string, sides: Sides): Judged {
  if (keyOfAddress(from) === keyOfAddress(to)) {
    const addresses = { before: { address: from }, after: { address: to } }
    return { kind: 'moved', address: to, ...addresses, isEdit: false, message: `was spelled ${from}` }
  }
  const fault = findFault(from, to, sides)
  return {
    kind: 'moved',
    address: to,
    before: { address: from },
    after: { address: to },
    isEdit: fault !== undefined,
    message: `renamed from ${from}${fault === undefined ? '' : `, but ${fault}`}`,
  }
}

function findFault(from: string, to: string, { base, head, definitions }: Sides): string | undefined {
  const now = at(head, to)
  const ids = new Set(now.map(({ attempt }) => attempt))
  if (!now.some((attempt) => namesOf(attempt).includes(from))) return 'its entry does not say so'
  if (!at(base, from).every(({ attempt }) => ids.has(attempt)))
    return 'not all of its attempts have come along'
  const isRenamed = [definitions.base, definitions.head].some((each) => each.isRenamed(to, from))
  if (!isRenamed) return 'no definition has that `movedFrom`'
  return definitions.head.isDefined(from) === false ? undefined : 'that address is still defined'
}

/** Names that `forget` leaves to the attempts that stay, of those that it took out of an address. */
function namesLeft(address: string, { base, head }: Sides): readonly string[] {
  const forgotten = at({ ...head, calls: {} }, address)
  const gone = new Set(forgotten.map(({ attempt }) => attempt))
  return at(base, address)
    .filter(({ attempt }) => gone.has(attempt))
    .flatMap(namesOf)
}

const at = ({ calls, forgotten = {} }: Lockfile, address: string): readonly EarlierAttempt[] => [
  ...(Object.hasOwn(calls, address) ? attemptsOf(calls[address]!) : []),
  ...(Object.hasOwn(forgotten, address) ? forgotten[address]! : []),
]

const namesOf = (attempt: EarlierAttempt | undefined): readonly string[] => {
  const names = attempt?.['movedFrom']
  return Array.isArray(names) ? names.filter((name): name is string => typeof name === 'string') : []
}
