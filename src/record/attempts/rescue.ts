import { dirname, join } from 'node:path'
import { RecordError } from '../../model/errors.js'
import type { Claim, Outcome } from '../../model/record/attempt.js'
import type { FileStatus, FileSystem } from '../disk/file-system.js'
import { closeQuietly, ensureFolder, errorCode, readFile, syncFolder } from '../disk/file-system.js'
import { isUuid } from '../disk/forms.js'
import { isFileNameOf } from '../disk/names.js'
import { writeNewFile } from '../disk/write-new-file.js'
import type { RecordPlace } from '../folders/folders.js'
import { formatRescue, lineSize, readRescue } from './attempt-record.js'
import { findFileName } from './old-names.js'

// Where an outcome goes when its slot cannot be written: a file in the record, else one in the system's folder
// for temporary files. An existing rescue file is never overwritten.

export interface Rescue {
  readonly claim: Claim
  readonly outcome: Outcome
}

const longestRescue = 16 * lineSize

/** Keeps the outcome in the first place that takes it; returns that path, or undefined. */
export function keepRescue(
  files: FileSystem,
  place: RecordPlace,
  claim: Claim,
  outcome: Outcome,
): string | undefined {
  const bytes = formatRescue(claim, outcome)
  return rescuePaths(files, place, claim).find((path) => {
    try {
      if (dirname(path) === place.rescue) ensureFolder(files, place.rescue)
      closeQuietly(files, writeNewFile(files, path, [bytes], 0o600))
      syncFolder(files, dirname(path))
      return true
    } catch {
      return false
    }
  })
}

function rescuePaths(files: FileSystem, place: RecordPlace, claim: Claim): readonly string[] {
  const name = findFileName(place.attempts, claim, files)
  const own = ['', '.2', '.3', '.4'].map((suffix) => join(place.rescue, `${name}${suffix}.json`))
  return isUuid(claim.attemptId) ? [...own, temporaryPath(place, claim.attemptId)] : own
}

const temporaryPath = (place: RecordPlace, attemptId: string): string =>
  join(place.temporary, `callctl-rescue-${attemptId}.json`)

/** The record's rescue files by the name of the claim that they belong to; undefined for one that is unreadable. */
export function readRescues(
  files: FileSystem,
  place: RecordPlace,
): ReadonlyMap<string, readonly (Rescue | undefined)[]> {
  const rescues = new Map<string, (Rescue | undefined)[]>()
  for (const name of listRescues(files, place).toSorted()) {
    const claimName = /^(.+@\d+)(?:\.\d)?\.json$/.exec(name)?.[1]
    if (claimName === undefined) continue
    const rescue = readOne(files, join(place.rescue, name))?.rescue
    const isOwn = rescue !== undefined && isFileNameOf(claimName, rescue.claim)
    rescues.set(claimName, [...(rescues.get(claimName) ?? []), isOwn ? rescue : undefined])
  }
  return rescues
}

function listRescues(files: FileSystem, place: RecordPlace): readonly string[] {
  try {
    return files.readdirSync(place.rescue)
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return []
    throw new RecordError(`${place.rescue} cannot be read (${errorCode(cause)})`, undefined, { cause })
  }
}

/** The rescue file in the folder for temporary files, where strangers write too: only the claim's owner counts. */
export function readTemporaryRescue(
  files: FileSystem,
  place: RecordPlace,
  claim: Claim,
  owner: number,
): Rescue | undefined {
  if (!isUuid(claim.attemptId)) return undefined
  const found = readOne(files, temporaryPath(place, claim.attemptId))
  if (found === undefined || found.status.uid !== owner || (found.status.mode & 0o022) !== 0) return undefined
  return found.rescue
}

function readOne(
  files: FileSystem,
  path: string,
): { readonly rescue: Rescue | undefined; readonly status: FileStatus } | undefined {
  try {
    const { bytes, status } = readFile(files, path, longestRescue)
    return { rescue: readRescue(bytes), status }
  } catch {
    return undefined
  }
}
