// Invitations and transfers ring people, and neither Graph nor the lockfile remembers them: each has a file of its own
// beside the attempts, published before the request and completed after it, by the same means as an attempt's.

import { join } from 'node:path'
import { RecordError } from '../../model/errors.js'
import type { RecordedRing, RingClaim, RingOutcome, Rings } from '../../model/operation.js'
import {
  closeQuietly,
  errorCode,
  type FileSystem,
  makeFolder,
  nodeFileSystem,
  removeQuietly,
  rewriteFlags,
  syncFolder,
  writeAll,
} from '../disk/file-system.js'
import { formatFileName } from '../disk/names.js'
import { publishFile } from '../disk/publish-file.js'
import { writeNewFile } from '../disk/write-new-file.js'
import { type RecordPlace, singlePlaces } from '../folders/folders.js'
import { lineSize } from './attempt-record.js'
import { type HeldClaim, isUntouched, keepHeld } from './held-claim.js'
import { findFileName } from './old-names.js'
import { listRings, readRing, rescuePath } from './read-rings.js'
import { formatRingFile, formatRingRescue, formatRingSlot, isRingClaim } from './ring-record.js'
import { isFurtherRing, readStanding } from './standing-ring.js'

export interface RecordedRings extends Rings {
  /** Every ring on disk, sorted by address and number. Throws RecordError where one cannot be read for now. */
  list(): readonly RecordedRing[]
}

/** The rings of a workspace. Nothing is created before the first claim. */
export function openRings(place: RecordPlace, files: FileSystem = nodeFileSystem): RecordedRings {
  const folder = join(place.attempts, 'rings')
  const folders = singlePlaces(place).map(({ attempts }) => join(attempts, 'rings'))
  const claimed = new Map<string, HeldClaim>()
  return {
    list: () => folders.flatMap((each) => listRings(each, files)).toSorted(byAddressAndNumber),
    claim(claim) {
      const held = publishRing(folder, files, claim)
      if (held === undefined) return false
      if (isAlone(claim, folders, files)) {
        claimed.set(claim.operationId, held)
        return true
      }
      const reason = 'another request of this call is under way, or its outcome is unknown'
      settleRing({
        folder,
        files,
        held,
        claim,
        outcome: { kind: 'not-sent', reason, at: claim.claimedAt },
      })
      return false
    },
    isOpen: (claim) => {
      const held = claimed.get(claim.operationId)
      return held !== undefined && isUntouched(files, held)
    },
    settle(claim, outcome) {
      const held = claimed.get(claim.operationId)
      claimed.delete(claim.operationId)
      settleRing({
        folder: held === undefined ? homeOf(folders, files, claim) : folder,
        files,
        held,
        claim,
        outcome,
      })
    },
  }
}

/**
 * Whether no other ring of the live call is open. The name of a claim excludes those of one address alone, and a call
 * may have been renamed meanwhile: each looks after it has claimed, so that of two at least one sees the other.
 */
function isAlone({ callId, operationId }: RingClaim, folders: readonly string[], files: FileSystem): boolean {
  const isOther = (ring: RecordedRing): boolean =>
    ring.operationId !== operationId && isOpen(ring) && isSameCallId(ring.callId, callId)
  return !folders.some((folder) => listRings(folder, files).some(isOther))
}

/** Ids are equal whatever their letter case. */
export const isSameCallId = (first: string, second: string): boolean =>
  first.toLowerCase() === second.toLowerCase()

function publishRing(folder: string, files: FileSystem, claim: RingClaim): HeldClaim | undefined {
  const refuse = (reason: string, cause?: unknown): RecordError =>
    new RecordError(
      `${claim.address}: the ${claim.operation} is not claimed, nothing was sent: ${reason}`,
      'Check the disk and its permissions.',
      { cause },
    )
  if (!isRingClaim(claim)) throw refuse('the claim has no valid address, number or id')
  try {
    makeFolder(files, folder)
    const path = join(folder, formatFileName(claim))
    const bytes = formatRingFile(claim)
    const temporary = join(folder, `.claim-${claim.operationId}`)
    const file = publishFile(files, { path, temporary, bytes, mode: 0o600 })
    return file === undefined ? undefined : { path, file, bytes }
  } catch (cause) {
    throw refuse(errorCode(cause), cause)
  }
}

interface Settling {
  readonly folder: string
  readonly files: FileSystem
  /** The claim's file, where this process published it. */
  readonly held: HeldClaim | undefined
  readonly claim: RingClaim
  readonly outcome: RingOutcome
}

function settleRing(settling: Settling): void {
  const { folder, files, held, claim, outcome } = settling
  try {
    const file = held === undefined ? reopen(settling) : keepFurther(settling, held)
    if (file !== undefined) writeSlot(files, file, formatRingSlot(claim, outcome))
  } catch (cause) {
    if (cause instanceof SettledError) throw cause
    const path = rescuePath(folder, findFileName(folder, claim, files))
    const fate = keepRescue(settling, path) ? `KEPT IN ${path}` : 'NOT RECORDED'
    const words = `callctl: ${outcome.kind.toUpperCase()} ${claim.operation} address=${claim.address} operation=${claim.operationId}`
    const hint = 'The record cannot be written: repair the disk before the next run.'
    throw new RecordError(`${words} ${fate} (${errorCode(cause)})`, hint, { cause })
  }
}

/** The outcome stands already, and another one may not take its place. */
class SettledError extends RecordError {}

/** Somebody may have settled a claim of this process while it stood still: then what tells more stands. */
function keepFurther(settling: Settling, held: HeldClaim): number | undefined {
  const { files, claim, outcome } = settling
  const file = keepHeld(files, held)
  if (file === undefined) return reopen(settling)
  const standing = readStanding(files, file)
  if (standing === undefined || isFurtherRing(outcome, standing)) return file
  closeQuietly(files, file)
  if (standing.kind === outcome.kind) return undefined
  throw new SettledError(`${claim.address}: its ${claim.operation} is already recorded as ${standing.kind}`)
}

/** A settled outcome is never covered by another one. */
function reopen({ folder, files, claim }: Settling): number {
  const name = findFileName(folder, claim, files)
  const found = readRing(folder, name, files)
  if (found.operationId !== claim.operationId) throw new RecordError('its claim is another one’s')
  if (!isOpen(found)) throw new RecordError('its outcome is recorded already')
  return files.openSync(join(folder, name), rewriteFlags)
}

function writeSlot(files: FileSystem, file: number, bytes: Buffer): void {
  try {
    writeAll(files, file, bytes, lineSize)
    files.fsyncSync(file)
  } finally {
    closeQuietly(files, file)
  }
}

function keepRescue({ folder, files, claim, outcome }: Settling, path: string): boolean {
  try {
    closeQuietly(files, writeNewFile(files, path, [formatRingRescue(claim, outcome)], 0o600))
    syncFolder(files, folder)
    return true
  } catch {
    return false
  }
}

/** Whether nobody knows what became of it. */
export const isOpen = ({ outcome, damage }: RecordedRing): boolean =>
  damage !== undefined || outcome === undefined || outcome.kind === 'uncertain'

/** The folder that has the claim. */
const homeOf = (folders: readonly string[], files: FileSystem, claim: RingClaim): string =>
  folders.find((folder) =>
    listRings(folder, files).some(({ operationId }) => operationId === claim.operationId),
  ) ?? folders[0]!

const byAddressAndNumber = (a: RingClaim, b: RingClaim): number =>
  a.address < b.address ? -1 : a.address > b.address ? 1 : a.number - b.number

/** Removes what interrupted runs left half written. Only for the one run that holds the run lock. */
export function sweepRings(place: RecordPlace, files: FileSystem = nodeFileSystem): void {
  const folder = join(place.attempts, 'rings')
  try {
    for (const name of files.readdirSync(folder))
      if (name.startsWith('.claim-')) removeQuietly(files, join(folder, name))
  } catch {
    // Leftovers are harmless, and reading the rings will report a folder that cannot be read.
  }
}
