import { join } from 'node:path'
import { RecordError } from '../../model/errors.js'
import type { RecordedRing, RingClaim, RingOutcome } from '../../model/operation.js'
import { errorCode, type FileSystem, readFile } from '../disk/file-system.js'
import { isFileNameOf, readFileName } from '../disk/names.js'
import { claimFileSize, lineSize } from './attempt-record.js'
import { readRingClaim, readRingRescue, readRingSlot } from './ring-record.js'

export const rescuePath = (folder: string, name: string): string => join(folder, `${name}.rescue.json`)

/** Every ring of a folder. Throws RecordError where one cannot be read for now. */
export function listRings(folder: string, files: FileSystem): readonly RecordedRing[] {
  return listFolder(folder, files)
    .filter((name) => /^[^.].*@\d+$/.test(name))
    .map((name) => readRing(folder, name, files))
}

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
export function readRing(folder: string, name: string, files: FileSystem): RecordedRing {
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
