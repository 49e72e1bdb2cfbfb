import { dirname, join } from 'node:path'
import { RecordError } from '../../model/errors.js'
import type { FileStatus, FileSystem } from '../disk/file-system.js'
import { closeQuietly, ensureFolder, errorCode, readFile, syncFolder } from '../disk/file-system.js'
import { isUuid } from '../disk/forms.js'
import { isFileNameOf } from '../disk/names.js'
import { writeNewFile } from '../disk/write-new-file.js'
import type { RecordPlace } from '../folders/folders.js'
import { formatRescue, lineSize, readRescue } from './claim-file.js'
import type { AnyOutcome, ClaimForm, Numbered } from './claim-form.js'
import { findFileName } from './old-names.js'

// Where an outcome goes when its slot cannot be written: a file in the record, else one in the system's folder
// for temporary files. An existing rescue file is never overwritten.

export interface Rescue<Claim extends Numbered, End extends AnyOutcome> {
  readonly claim: Claim
  readonly outcome: End
}

const longestRescue = 16 * lineSize

/** Keeps the outcome in the first place that takes it; returns that path, or undefined. */
export function keepRescue<Claim extends Numbered, End extends AnyOutcome>(
  form: ClaimForm<Claim, End>,
  files: FileSystem,
  place: RecordPlace,
  { claim, outcome }: Rescue<Claim, End>,
): string | undefined {
  const bytes = formatRescue(form, claim, outcome)
  return rescuePaths(files, place, claim, form.idOf(claim)).find((path) => {
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

function rescuePaths(files: FileSystem, place: RecordPlace, claim: Numbered, id: string): readonly string[] {
  const name = findFileName(place.attempts, claim, files)
  const own = ['', '.2', '.3', '.4'].map((suffix) => join(place.rescue, `${name}${suffix}.json`))
  return isUuid(id) ? [...own, temporaryPath(place, id)] : own
}

const temporaryPath = (place: RecordPlace, id: string): string =>
  join(place.temporary, `callctl-rescue-${id}.json`)

/** The record's rescue files by the name of the claim that they belong to; undefined for one that is unreadable. */
export function readRescues<Claim extends Numbered, End extends AnyOutcome>(
  form: ClaimForm<Claim, End>,
  files: FileSystem,
  place: RecordPlace,
): ReadonlyMap<string, readonly (Rescue<Claim, End> | undefined)[]> {
  const rescues = new Map<string, (Rescue<Claim, End> | undefined)[]>()
  const add = (claimName: string, path: string): void => {
    const rescue = readOne(form, files, path)?.rescue
    const isOwn = rescue !== undefined && isFileNameOf(claimName, rescue.claim)
    rescues.set(claimName, [...(rescues.get(claimName) ?? []), isOwn ? rescue : undefined])
  }
  for (const name of listNames(files, place.rescue).toSorted()) {
    const claimName = /^(.+@\d+)(?:\.\d)?\.json$/.exec(name)?.[1]
    if (claimName !== undefined) add(claimName, join(place.rescue, name))
  }
  const { besideSuffix } = form
  if (besideSuffix === undefined) return rescues
  for (const name of listNames(files, place.attempts)) {
    if (name.endsWith(besideSuffix)) add(name.slice(0, -besideSuffix.length), join(place.attempts, name))
  }
  return rescues
}

function listNames(files: FileSystem, folder: string): readonly string[] {
  try {
    return files.readdirSync(folder)
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return []
    throw new RecordError(`${folder} cannot be read (${errorCode(cause)})`, undefined, { cause })
  }
}

/** The rescue file in the folder for temporary files, where strangers write too: only the claim's owner counts. */
export function readTemporaryRescue<Claim extends Numbered, End extends AnyOutcome>(
  form: ClaimForm<Claim, End>,
  files: FileSystem,
  place: RecordPlace,
  { id, owner }: { readonly id: string; readonly owner: number },
): Rescue<Claim, End> | undefined {
  if (!isUuid(id)) return undefined
  const found = readOne(form, files, temporaryPath(place, id))
  if (found === undefined || found.status.uid !== owner || (found.status.mode & 0o022) !== 0) return undefined
  return found.rescue
}

function readOne<Claim extends Numbered, End extends AnyOutcome>(
  form: ClaimForm<Claim, End>,
  files: FileSystem,
  path: string,
): { readonly rescue: Rescue<Claim, End> | undefined; readonly status: FileStatus } | undefined {
  try {
    const { bytes, status } = readFile(files, path, longestRescue)
    return { rescue: readRescue(form, bytes), status }
  } catch {
    return undefined
  }
}
