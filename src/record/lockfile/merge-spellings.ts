import { keyOfAddress } from '../../model/address.js'
import { RecordError } from '../../model/errors.js'
import { mostSpellings } from '../disk/forms.js'
import { type AttemptEntry, mergeAlike } from './attempt-entries.js'
import { mayHaveRung, mergeAttempts, notIn } from './merge-attempts.js'

/** The attempts that an address has in one spelling. */
export interface Spelled {
  readonly address: string
  readonly attempts: readonly AttemptEntry[]
}

/** The addresses that are keys of these objects, by what tells them apart: nearly always one spelling of each. */
export function groupSpellings(objects: readonly object[]): readonly (readonly string[])[] {
  const groups = new Map<string, string[]>()
  for (const address of new Set(objects.flatMap(Object.keys))) {
    const key = keyOfAddress(address)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [address])
    else group.push(address)
  }
  const all = [...groups.values()]
  const many = all.find((group) => group.length > mostSpellings)
  if (many === undefined) return all
  throw new RecordError(
    `${many[0]}: the lockfiles have this address in ${many.length} spellings`,
    'A person must choose: restore the lockfile of the side that has so many.',
  )
}

/**
 * One address in several spellings. Where at most one of two may have rung by what the other does not know, both are
 * one call, and one entry. Where both may have, they are two calls, and keep an entry each: the plan dials neither.
 */
export function mergeSpellings(spelled: readonly Spelled[]): readonly Spelled[] {
  const left = shareStates(spelled).toSorted((a, b) => (a.address < b.address ? -1 : 1))
  for (;;) {
    const pair = findPair(left)
    if (pair === undefined) return left
    const [into, from] = pair
    left[left.indexOf(into)] = {
      address: into.address,
      attempts: mergeAttempts(into.address, into.attempts, from.attempts),
    }
    left.splice(left.indexOf(from), 1)
  }
}

/** One attempt that stands under two spellings is in the further state under both. */
function shareStates(spelled: readonly Spelled[]): readonly Spelled[] {
  const merged = new Map<string, AttemptEntry>()
  for (const { address, attempts } of spelled) {
    for (const each of attempts) {
      const before = merged.get(each.attempt)
      merged.set(each.attempt, before === undefined ? each : mergeAlike(address, before, each))
    }
  }
  return spelled.map(({ address, attempts }) => ({
    address,
    attempts: attempts.map((each) => (each.attempt === '' ? each : merged.get(each.attempt)!)),
  }))
}

function findPair(spelled: readonly Spelled[]): readonly [Spelled, Spelled] | undefined {
  for (const into of spelled) {
    const from = spelled.find((each) => each !== into && addsNoRing(each, into))
    if (from !== undefined) return [into, from]
  }
  return undefined
}

/** A claim that cannot be read has no id: none is known to be another. */
const addsNoRing = ({ attempts }: Spelled, known: Spelled): boolean =>
  !attempts.some(({ attempt }) => attempt === '') && !notIn(attempts, known.attempts).some(mayHaveRung)
