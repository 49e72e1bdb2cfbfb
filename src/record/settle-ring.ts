import { keyOfAddress } from '../model/address.js'
import { RecordError, UsageError } from '../model/errors.js'
import type { RecordedRing, RingClaim, RingOutcome } from '../model/operation.js'
import { indexKeys } from '../model/record/address-index.js'
import type { Witness } from '../model/record/attempt.js'
import { entryAt, type Lockfile } from '../model/record/lockfile.js'
import { isOpen, isSameCallId, openRings } from './attempts/rings.js'
import type { RecordPlace } from './folders/folders.js'
import { loadRecord } from './load-record.js'
import { listAttempts } from './lockfile/attempt-entries.js'
import { namesBefore } from './lockfile/moved-entries.js'

/**
 * The rings of an address's calls. A ring is known by its live call's id, whatever name that call had then; by the
 * address only where no entry has that call, or where a damaged record does not tell it.
 */
export function ringsOf(
  rings: readonly RecordedRing[],
  { calls }: Pick<Lockfile, 'calls'>,
  wanted: string,
): readonly RecordedRing[] {
  const address = indexKeys(calls).find(wanted) ?? wanted
  const owners = indexOwners(calls)
  const names = new Set([address, ...formerNames(calls, address)].map(keyOfAddress))
  return rings.filter((ring) => {
    const owner = owners.get(ring.callId.toLowerCase())
    return owner === undefined ? names.has(keyOfAddress(ring.address)) : owner === address
  })
}

/** The rings of a live call, and damaged ones that may be. */
export function ringsOfCall(
  rings: readonly RecordedRing[],
  { calls }: Pick<Lockfile, 'calls'>,
  { address, callId }: Pick<RingClaim, 'address' | 'callId'>,
): readonly RecordedRing[] {
  const names = new Set([address, ...formerNames(calls, address)].map(keyOfAddress))
  return rings.filter((ring) =>
    ring.callId === '' ? names.has(keyOfAddress(ring.address)) : isSameCallId(ring.callId, callId),
  )
}

function formerNames(calls: Lockfile['calls'], address: string): readonly string[] {
  const entry = entryAt({ calls }, address)
  return entry === undefined ? [] : namesBefore(address, entry)
}

/** Call id → the address whose call it is. */
function indexOwners(calls: Lockfile['calls']): ReadonlyMap<string, string> {
  const owners = new Map<string, string>()
  for (const address in calls)
    for (const { callId } of listAttempts(calls[address]!))
      if (callId !== undefined) owners.set(callId.toLowerCase(), address)
  return owners
}

/** The rings of an address whose outcome nobody knows. */
export const openRingsOf = (place: RecordPlace, address: string): readonly RecordedRing[] =>
  ringsOf(openRings(place).list(), loadRecord(place).lockfile, address).filter(isOpen)

/** Settles every open ring of an address by a person's word. Throws UsageError when there is none. */
export async function settleRings(
  place: RecordPlace,
  { address, rang, witness }: { readonly address: string; readonly rang: boolean; readonly witness: Witness },
): Promise<readonly RecordedRing[]> {
  const record = openRings(place)
  const { shared, ...alone } = place
  const own = new Set(
    openRings(alone)
      .list()
      .map(({ operationId }) => operationId),
  )
  const open = openRingsOf(place, address)
  if (open.length === 0)
    throw new UsageError(`No invitation or transfer of \`${address}\` has an unknown outcome.`)
  const { at } = witness
  const outcome: RingOutcome = rang
    ? { kind: 'accepted', witness, at }
    : { kind: 'not-sent', reason: 'a person says that nobody was rung', witness, at }
  for (const ring of open) {
    if (ring.operationId === '') throw damaged(ring)
    if (own.has(ring.operationId)) record.settle(ring, outcome)
    else await shared?.rule(ring, outcome)
  }
  return open
}

const damaged = ({ address, number }: RingClaim): RecordError =>
  new RecordError(
    `The record of ring ${number} of ${address} is damaged`,
    'Look at who was rung, then move its file out of the folder `rings` of the record.',
  )
