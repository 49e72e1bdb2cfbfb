import { UsageError } from '../../model/errors.js'
import type { RecordedRing, RingClaim } from '../../model/operation.js'
import type { Lockfile } from '../../model/record/lockfile.js'
import { isOpen } from '../../record/attempts/rings.js'
import { ringsOfCall } from '../../record/settle-ring.js'

/** What is to be rung now. */
export type WantedRing = Pick<RingClaim, 'address' | 'callId' | 'operation' | 'digest' | 'once'>

export type Earlier =
  | { readonly kind: 'none' }
  /** Nobody knows whom an earlier one of this call rang. */
  | { readonly kind: 'unknown' }
  /** The same was accepted before. */
  | { readonly kind: 'done'; readonly ring: RecordedRing }

/**
 * Whether a ring of this live call was done before, under whatever name the call had then: by the user's own word where there is one, else by what is sent. While the outcome of
 * one is unknown, no other one of that call is sent. Throws UsageError for a word that stands for something else.
 */
export function findEarlier(
  rings: readonly RecordedRing[],
  lockfile: Pick<Lockfile, 'calls'>,
  wanted: WantedRing,
): Earlier {
  const { address, operation, digest, once } = wanted
  const own = ringsOfCall(rings, lockfile, wanted)
  if (own.some(isOpen)) return { kind: 'unknown' }
  const accepted = own.filter((ring) => ring.outcome?.kind === 'accepted')
  const isSame = (ring: RecordedRing): boolean => ring.operation === operation && ring.digest === digest
  if (once === undefined) {
    const ring = accepted.findLast(isSame)
    return ring === undefined ? { kind: 'none' } : { kind: 'done', ring }
  }
  const ring = accepted.find((each) => each.once === once)
  if (ring === undefined) return { kind: 'none' }
  if (isSame(ring)) return { kind: 'done', ring }
  throw new UsageError(
    `\`--once ${once}\` was used for another ${ring.operation} of \`${address}\`.`,
    'Give a word of its own.',
  )
}
