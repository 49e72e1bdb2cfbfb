import type { Witness } from '../model/attempt.js'
import { RecordError, UsageError } from '../model/errors.js'
import type { RecordedRing, RingClaim, RingOutcome } from '../model/operation.js'
import type { RecordPlace } from './folders.js'
import { isOpen, openRings } from './rings.js'

/** The rings of an address whose outcome nobody knows. */
export const openRingsOf = (rings: readonly RecordedRing[], address: string): readonly RecordedRing[] =>
  rings.filter((ring) => ring.address === address && isOpen(ring))

/** Settles every open ring of an address by a person's word. Throws UsageError when there is none. */
export function settleRings(
  place: RecordPlace,
  { address, rang, witness }: { readonly address: string; readonly rang: boolean; readonly witness: Witness },
): readonly RecordedRing[] {
  const record = openRings(place)
  const open = openRingsOf(record.list(), address)
  if (open.length === 0)
    throw new UsageError(`No invitation or transfer of \`${address}\` has an unknown outcome.`)
  const { at } = witness
  const outcome: RingOutcome = rang
    ? { kind: 'accepted', witness, at }
    : { kind: 'not-sent', reason: 'a person says that nobody was rung', witness, at }
  for (const ring of open) {
    if (ring.operationId === '') throw damaged(ring)
    record.settle(ring, outcome)
  }
  return open
}

const damaged = ({ address, number }: RingClaim): RecordError =>
  new RecordError(
    `The record of ring ${number} of ${address} is damaged`,
    'Look at who was rung, then move its file out of the folder `rings` of the record.',
  )
