// Attempts and rings, one file each: claimed before anything is sent, never rewritten but for the outcome, and read
// whatever state a crash left them in. The file that is made first wins; nobody else sends.

import type { Attempt, Attempts, Claim, Outcome } from '../../model/record/attempt.js'
import { type FileSystem, nodeFileSystem } from '../disk/file-system.js'
import { finishNow, finishTogether } from '../disk/syncing.js'
import type { RecordPlace } from '../folders/folders.js'
import { attemptForm } from './attempt-form.js'
import { startClaims } from './claims.js'
import { hasClaims, readClaims } from './read-claims.js'

export interface RecordedAttempts extends Attempts {
  claim(claim: Claim): boolean
  settle(claim: Claim, outcome: Outcome): void
  /** Every attempt on disk, sorted by address and number. Writes nothing. */
  list(): readonly Attempt[]
  /** Removes what interrupted runs left half written. Only for the one run that holds the run lock. */
  sweep(): void
}

/** The attempts of a workspace. */
export function openAttempts(place: RecordPlace, files: FileSystem = nodeFileSystem): RecordedAttempts {
  const claims = startClaims(attemptForm, place, files)
  return {
    claim: (claim) => finishNow(files, claims.publish(claim)),
    settle: (claim, outcome) => finishNow(files, claims.settle(claim, outcome)),
    list: () => readAttempts(place, files),
    sweep: claims.sweep,
  }
}

/** The attempts for many calls at once: while the disk works for one, the others go on, and one fsync serves several. */
export function openConcurrentAttempts(place: RecordPlace, files: FileSystem = nodeFileSystem): Attempts {
  const claims = startClaims(attemptForm, place, files)
  const finish = finishTogether(files)
  return {
    claim: (claim) => finish(claims.publish(claim)),
    settle: (claim, outcome) => finish(claims.settle(claim, outcome)),
    isOpen: claims.isOpen,
  }
}

/** Every attempt on disk, sorted by address and number. What cannot be read is `damage`, never left out. */
export const readAttempts = (place: RecordPlace, files: FileSystem = nodeFileSystem): readonly Attempt[] =>
  readClaims(attemptForm, place, files)

/** Whether there is any attempt, without reading them all. */
export const hasAttempts = (place: RecordPlace, files: FileSystem): boolean =>
  hasClaims(attemptForm, place, files)
