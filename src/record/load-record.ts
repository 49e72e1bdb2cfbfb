// The only writer of callctl's own files: attempts, lockfile, lineage. This folder decides nothing: it never plans,
// sends or asks. What has returned, or whose promise is fulfilled, is on the disk. The rooms below know one kind of
// file each; here lockfile and attempts are loaded as one record, checked against git's history, and settled by a
// person's word.

import { isAscii } from 'node:buffer'
import { basename, dirname, join } from 'node:path'
import { InternalError, RecordError } from '../model/errors.js'
import type { Attempt } from '../model/record/attempt.js'
import type { Lockfile } from '../model/record/lockfile.js'
import { attemptForm } from './attempts/attempt-form.js'
import { hasAttempts, readAttempts } from './attempts/attempts.js'
import { withShared } from './attempts/with-shared.js'
import type { FileSystem } from './disk/file-system.js'
import { closeQuietly, ensureFolder, errorCode, nodeFileSystem, readFile } from './disk/file-system.js'
import { orRefuse, publishFile } from './disk/publish-file.js'
import { replaceFile } from './disk/replace-file.js'
import type { RecordPlace } from './folders/folders.js'
import { ensureLineage, readLineage, refuseForeign } from './folders/lineage.js'
import { formatLockfile } from './lockfile/format-lockfile.js'
import { formatFitting } from './lockfile/lockfile-room.js'
import { joinRecord } from './lockfile/moved-entries.js'
import { longestLockfile, parseLockfile } from './lockfile/parse-lockfile.js'
import { withEndings } from './lockfile/with-endings.js'
import { refuseMissing } from './refuse-missing.js'

export interface LoadedRecord {
  /** What the committed lockfile and the attempts know together. */
  readonly lockfile: Lockfile
  readonly attempts: readonly Attempt[]
  /** False before the first apply: then `lockfile` is empty and has no lineage. */
  readonly exists: boolean
}

/** Reads lockfile and attempts, joined. Writes nothing; refuses whatever could hide that a call was placed. */
export function loadRecord(place: RecordPlace, files: FileSystem = nodeFileSystem): LoadedRecord {
  const { lineage, attempts } = readFolder(place, files)
  const lockfile = readLockfile(place, files)
  if (lockfile === undefined) {
    refuseMissing(place, lineage, attempts.length > 0)
    return { lockfile: emptyLockfile(''), attempts, exists: false }
  }
  refuseForeign(place, lockfile.lineage, files)
  refuseUnshared(place, lockfile)
  const joined = joinRecord(lockfile, attempts)
  return { lockfile: withEndings(joined, place.shared?.rows().endings), attempts, exists: true }
}

/**
 * Makes sure, at the start of an apply, that there is a lockfile and that the attempts folder knows its lineage,
 * so that a later run can tell a missing or foreign lockfile from a first one. `lineage` is a new UUID, for a
 * new lockfile.
 */
export function createLockfile(
  place: RecordPlace,
  lineage: string,
  files: FileSystem = nodeFileSystem,
): Lockfile {
  const before = readLineage(place, files)
  const isKnown = hasAttempts(place, files)
  let lockfile = readLockfile(place, files)
  if (lockfile === undefined) {
    refuseMissing(place, before, isKnown)
    publishLockfile(place, emptyLockfile(lineage), files)
    lockfile = readLockfile(place, files)
  }
  if (lockfile === undefined) throw new RecordError(`${place.lockfile} vanished while it was created`)
  ensureLineage(place, lockfile.lineage, lineage, files)
  return lockfile
}

/** Writes the lockfile in its normal form; false when it has these bytes already. */
export function saveLockfile(
  place: RecordPlace,
  lockfile: Lockfile,
  files: FileSystem = nodeFileSystem,
): boolean {
  const text = formatFitting(place.shared === undefined ? lockfile : asShared(lockfile))
  requireReadable(text, place)
  if (readText(place, files) === text) return false
  orRefuse(place.lockfile, () => ensureFolder(files, dirname(place.lockfile)))
  replaceFile(place.lockfile, text, files)
  return true
}

/**
 * `lock rebuild`: the attempts as a lockfile. A lockfile that exists is joined, and refused when it cannot be
 * read: it may hold colleagues' calls. `lineage` is a new UUID, for a record that has none.
 */
export function rebuildLockfile(
  place: RecordPlace,
  lineage: string,
  files: FileSystem = nodeFileSystem,
): Lockfile {
  const folder = readFolder(place, files)
  const before = readLockfile(place, files) ?? emptyLockfile(folder.lineage ?? lineage)
  refuseForeign(place, before.lineage, files)
  const joined = joinRecord(before, folder.attempts)
  const lockfile = withEndings(joined, place.shared?.rows().endings)
  saveLockfile(place, lockfile, files)
  ensureLineage(place, lockfile.lineage, lineage, files)
  return lockfile
}

/** Read before the lockfile, which is created first: so a run that is just beginning is not taken for a loss. */
const readFolder = (place: RecordPlace, files: FileSystem) => ({
  lineage: readLineage(place, files),
  attempts: withShared(attemptForm, readAttempts(place, files), place.shared?.rows().attempts),
})

/** The lockfile as it is, without the attempts; undefined when there is none. */
export function readLockfile(place: RecordPlace, files: FileSystem): Lockfile | undefined {
  const text = readText(place, files)
  return text === undefined ? undefined : parseLockfile(text, place.lockfile)
}

/** Text and what it says, for whoever compares lockfiles; empty, and without a text, when there is none. */
export function readLockfileText(
  place: RecordPlace,
  files: FileSystem = nodeFileSystem,
): { readonly lockfile: Lockfile; readonly text?: string } {
  const text = readText(place, files)
  return text === undefined
    ? { lockfile: emptyLockfile('') }
    : { lockfile: parseLockfile(text, place.lockfile), text }
}

function readText(place: RecordPlace, files: FileSystem): string | undefined {
  try {
    const { bytes, status } = readFile(files, place.lockfile, longestLockfile)
    if (status.size > longestLockfile) throw new Error('over 64 MiB')
    return decode(bytes)
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return undefined
    const message = `${place.lockfile}: the lockfile cannot be read (${errorCode(cause)})`
    throw new RecordError(message, 'Restore it with git.', { cause })
  }
}

/** Most lockfiles are ASCII, which needs no decoding: that takes a fifth of the time to read a long one. */
const decode = (bytes: Buffer): string =>
  isAscii(bytes)
    ? bytes.toString('latin1')
    : new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)

function publishLockfile(place: RecordPlace, lockfile: Lockfile, files: FileSystem): void {
  const text = formatLockfile(lockfile)
  requireReadable(text, place)
  orRefuse(place.lockfile, () => ensureFolder(files, dirname(place.lockfile)))
  const temporary = join(dirname(place.lockfile), `.${basename(place.lockfile)}.${lockfile.lineage}.tmp`)
  const file = publishFile(files, { path: place.lockfile, temporary, bytes: Buffer.from(text), mode: 0o666 })
  if (file !== undefined) closeQuietly(files, file)
}

/** What the next run could not read must not replace what it can. */
function requireReadable(text: string, place: RecordPlace): void {
  try {
    parseLockfile(text, place.lockfile)
  } catch (cause) {
    throw new InternalError('the new lockfile would not be readable; the old one stays', { cause })
  }
}

/** A lockfile that says whose record it shows, so that a runner which knows nothing else of it does not go on alone. */
export const asShared = (lockfile: Lockfile): Lockfile => ({ ...lockfile, record: { kind: 'postgres' } })

function refuseUnshared({ lockfile: path, shared, isEnough }: RecordPlace, { record }: Lockfile): void {
  if (record === undefined || shared !== undefined || isEnough === true) return
  throw new RecordError(
    `${path} says that this workspace’s record is shared, and callctl.yaml does not`,
    'Add `record: { kind: postgres }`. Where it went back to local records (`callctl record export --leave`), take `record` out of the lockfile.',
  )
}

/** As before the first apply. */
export const emptyLockfile = (lineage: string): Lockfile => ({
  lockfileVersion: 1,
  lineage,
  calls: Object.create(null) as Lockfile['calls'],
})
