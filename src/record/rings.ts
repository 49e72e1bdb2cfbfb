// Invitations and transfers ring people, and neither Graph nor the lockfile remembers them: each has a file of its own
// beside the attempts, published before the request and completed after it, by the same means as an attempt's.

import { join } from 'node:path'
import { RecordError } from '../model/errors.js'
import type { RecordedRing, RingClaim, RingOutcome, Rings } from '../model/operation.js'
import { claimFileSize, lineSize } from './attempt-record.js'
import {
  closeQuietly,
  errorCode,
  type FileSystem,
  makeFolder,
  nodeFileSystem,
  readFile,
  removeQuietly,
  rewriteFlags,
  syncFolder,
  writeAll,
} from './file-system.js'
import { type RecordPlace, singlePlaces } from './folders.js'
import { formatFileName, isFileNameOf, readFileName } from './names.js'
import { findFileName } from './old-names.js'
import { publishFile } from './publish-file.js'
import {
  formatRingFile,
  formatRingRescue,
  formatRingSlot,
  isRingClaim,
  readRingClaim,
  readRingRescue,
  readRingSlot,
} from './ring-record.js'
import { writeNewFile } from './write-new-file.js'

export interface RecordedRings extends Rings {
  /** Every ring on disk, sorted by address and number. Throws RecordError where one cannot be read for now. */
  list(): readonly RecordedRing[]
}

/** The rings of a workspace. Nothing is created before the first claim. */
export function openRings(place: RecordPlace, files: FileSystem = nodeFileSystem): RecordedRings {
  const folder = join(place.attempts, 'rings')
  const folders = singlePlaces(place).map(({ attempts }) => join(attempts, 'rings'))
  const claimed = new Map<string, number>()
  return {
    list: () => folders.flatMap((each) => listRings(each, files)).toSorted(byAddressAndNumber),
    claim(claim) {
      const file = publishRing(folder, files, claim)
      if (file === undefined) return false
      if (isAlone(claim, folders, files)) {
        claimed.set(claim.operationId, file)
        return true
      }
      const reason = 'another request of this call is under way, or its outcome is unknown'
      settleRing({
        folder,
        files,
        held: file,
        claim,
        outcome: { kind: 'not-sent', reason, at: claim.claimedAt },
      })
      return false
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

const rescuePath = (folder: string, name: string): string => join(folder, `${name}.rescue.json`)

function publishRing(folder: string, files: FileSystem, claim: RingClaim): number | undefined {
  const refuse = (reason: string, cause?: unknown): RecordError =>
    new RecordError(
      `${claim.address}: the ${claim.operation} is not claimed, nothing was sent: ${reason}`,
      'Check the disk and its permissions.',
      { cause },
    )
  if (!isRingClaim(claim)) throw refuse('the claim has no valid address, number or id')
  try {
    makeFolder(files, folder)
    return publishFile(files, {
      path: join(folder, formatFileName(claim)),
      temporary: join(folder, `.claim-${claim.operationId}`),
      bytes: formatRingFile(claim),
      mode: 0o600,
    })
  } catch (cause) {
    throw refuse(errorCode(cause), cause)
  }
}

interface Settling {
  readonly folder: string
  readonly files: FileSystem
  /** The claim's file, where this process published it. */
  readonly held: number | undefined
  readonly claim: RingClaim
  readonly outcome: RingOutcome
}

function settleRing(settling: Settling): void {
  const { folder, files, held, claim, outcome } = settling
  try {
    writeSlot(files, held ?? reopen(settling), formatRingSlot(claim, outcome))
  } catch (cause) {
    const path = rescuePath(folder, findFileName(folder, claim, files))
    const fate = keepRescue(settling, path) ? `KEPT IN ${path}` : 'NOT RECORDED'
    const words = `callctl: ${outcome.kind.toUpperCase()} ${claim.operation} address=${claim.address} operation=${claim.operationId}`
    const hint = 'The record cannot be written: repair the disk before the next run.'
    throw new RecordError(`${words} ${fate} (${errorCode(cause)})`, hint, { cause })
  }
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

function listRings(folder: string, files: FileSystem): readonly RecordedRing[] {
  return listFolder(folder, files)
    .filter((name) => /^[^.].*@\d+$/.test(name))
    .map((name) => readRing(folder, name, files))
}

const byAddressAndNumber = (a: RingClaim, b: RingClaim): number =>
  a.address < b.address ? -1 : a.address > b.address ? 1 : a.number - b.number

function listFolder(folder: string, files: FileSystem): readonly string[] {
  try {
    return files.readdirSync(folder)
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return []
    throw unreadable(folder, cause)
  }
}

const unreadable = (path: string, cause: unknown): RecordError =>
  new RecordError(
    `${path} cannot be read (${errorCode(cause)})`,
    'Without it nobody knows whom an invitation or transfer rang: repair the disk or its permissions.',
    { cause },
  )

/** What cannot be understood is `damage`, never left out. */
function readRing(folder: string, name: string, files: FileSystem): RecordedRing {
  const path = join(folder, name)
  try {
    const { bytes } = readFile(files, path, claimFileSize)
    const claim = readRingClaim(bytes.subarray(0, lineSize))
    if (claim === undefined || !isFileNameOf(name, claim))
      return { ...unknownRing(name), damage: 'the claim cannot be read' }
    const slot = readRingSlot(bytes.subarray(lineSize))
    const rescued = readRescue(rescuePath(folder, name), files)
    if (slot.kind === 'written' && slot.operationId === claim.operationId)
      return { ...claim, outcome: slot.outcome }
    if (rescued !== undefined) return { ...claim, outcome: rescued }
    return slot.kind === 'blank' ? claim : { ...claim, damage: 'the outcome cannot be read' }
  } catch (cause) {
    throw unreadable(path, cause)
  }
}

function readRescue(path: string, files: FileSystem): RingOutcome | undefined {
  try {
    return readRingRescue(readFile(files, path, 16 * lineSize).bytes)
  } catch {
    return undefined
  }
}

const unknownRing = (name: string): RingClaim => ({
  ...readFileName(name),
  operationId: '',
  operation: 'invite',
  callId: '',
  digest: '',
  rings: 0,
  route: '',
  cloud: '',
  claimedAt: '',
})

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
