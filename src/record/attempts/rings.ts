// Invitations and transfers ring people, and neither Graph nor the lockfile remembers them: each has a file of its own
// beside the attempts, published before the request and completed after it, as an attempt has.

import { join } from 'node:path'
import type { RecordedRing, RingClaim, RingOutcome, Rings } from '../../model/operation.js'
import { type FileSystem, nodeFileSystem } from '../disk/file-system.js'
import { finishNow } from '../disk/syncing.js'
import type { RecordPlace } from '../folders/folders.js'
import { startClaims } from './claims.js'
import { readClaims } from './read-claims.js'
import { ringForm } from './ring-form.js'
import { withShared } from './with-shared.js'

export interface RecordedRings extends Rings {
  claim(claim: RingClaim): boolean
  settle(claim: RingClaim, outcome: RingOutcome): void
  /** Every ring on disk, sorted by address and number. Throws RecordError where one cannot be read for now. */
  list(): readonly RecordedRing[]
  /** Removes what interrupted runs left half written. Only for the one run that holds the run lock. */
  sweep(): void
}

/** The rings of a workspace. */
export function openRings(record: RecordPlace, files: FileSystem = nodeFileSystem): RecordedRings {
  const place = placeOfRings(record)
  const claims = startClaims(ringForm, place, files)
  const list = (): readonly RecordedRing[] =>
    withShared(ringForm, readClaims(ringForm, place, files), place.shared?.rows().rings)
  const settle = (claim: RingClaim, outcome: RingOutcome): void =>
    finishNow(files, claims.settle(claim, outcome))
  return {
    list,
    claim(claim) {
      if (!finishNow(files, claims.publish(claim))) return false
      if (isAlone(claim, list())) return true
      const reason = 'another request of this call is under way, or its outcome is unknown'
      settle(claim, { kind: 'not-sent', reason, at: claim.claimedAt })
      return false
    },
    isOpen: claims.isOpen,
    settle,
    sweep: claims.sweep,
  }
}

/** Beside the attempts, wherever the record has some. */
export function placeOfRings({ others, ...place }: RecordPlace): RecordPlace {
  const attempts = join(place.attempts, 'rings')
  return {
    ...place,
    attempts,
    rescue: join(attempts, 'rescue'),
    ...(others !== undefined && { others: others.map((each) => join(each, 'rings')) }),
  }
}

/**
 * Whether no other ring of the live call is open. The name of a claim excludes those of one address alone, and a call
 * may have been renamed meanwhile: each looks after it has claimed, so that of two at least one sees the other.
 */
const isAlone = ({ callId, operationId }: RingClaim, rings: readonly RecordedRing[]): boolean =>
  !rings.some((ring) => ring.operationId !== operationId && isOpen(ring) && isSameCallId(ring.callId, callId))

/** Ids are equal whatever their letter case. */
export const isSameCallId = (first: string, second: string): boolean =>
  first.toLowerCase() === second.toLowerCase()

/** Whether nobody knows what became of it. */
export const isOpen = ({ outcome, damage }: RecordedRing): boolean =>
  damage !== undefined || outcome === undefined || outcome.kind === 'uncertain'
