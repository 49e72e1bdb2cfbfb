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
import type { SeenLockfile } from './folders/seen-record.js'
import { markLockfile, markOf } from './folders/unchanged-lockfile.js'
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
  const lockfile = readLockfile(place, files) ?? createFirst(place, lineage, files)
  ensureLineage(place, lockfile.lineage, lineage, files)
  return lockfile
}

/** The notes before the lockfile, as readFolder does. */
function createFirst(place: RecordPlace, lineage: string, files: FileSystem): Lockfile {
  const before = readLineage(place, files)
  const isKnown = hasAttempts(place, files)
  const meanwhile = readLockfile(place, files)
  if (meanwhile !== undefined) return meanwhile
  refuseMissing(place, before, isKnown)
  publishLockfile(place, emptyLockfile(lineage), files)
  const lockfile = readLockfile(place, files)
  if (lockfile === undefined) throw new RecordError(`${place.lockfile} vanished while it was created`)
  return lockfile
}

/** For a lockfile that was just read: makes sure that the attempts folder, and this path, know its lineage. */
export const noteLineage = (place: RecordPlace, { lineage }: Lockfile): void =>
  ensureLineage(place, lineage, lineage, nodeFileSystem)

/**
 * Writes the lockfile in its normal form; false when it has these bytes already. One that is not as this run last read
 * it is not replaced: git or a person has written it meanwhile.
 */
export function saveLockfile(
  place: RecordPlace,
  lockfile: Lockfile,
  files: FileSystem = nodeFileSystem,
): boolean {
  const text = formatFitting(place.shared === undefined ? lockfile : asShared(lockfile))
  const bytes = Buffer.from(text)
  const mark = markOf(bytes)
  const { seen } = place
  if (seen?.lockfile?.mark === mark) return false
  const written = requireReadable(text, place)
  const before = markLockfile(place, files)
  if (before === mark) return false
  if (seen?.lockfile !== undefined && seen.lockfile.mark !== before) throw changed(place)
  orRefuse(place.lockfile, () => ensureFolder(files, dirname(place.lockfile)))
  replaceFile(place.lockfile, [bytes], files)
  keep(place, { mark, lockfile: written })
  return true
}

const changed = ({ lockfile }: RecordPlace): RecordError =>
  new RecordError(
    `${lockfile} has changed since it was read, and was not replaced`,
    'Run it again: what the lockfile says now is then taken in.',
  )

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
  const bytes = readBytes(place, files)
  if (bytes !== undefined) return parseBytes(bytes, place)
  keep(place, { mark: undefined })
  return undefined
}

function parseBytes(bytes: Buffer, place: RecordPlace): Lockfile {
  const { keeps = false, lockfile: seen } = place.seen ?? {}
  const mark = keeps ? markOf(bytes) : undefined
  if (seen?.lockfile !== undefined && seen.mark === mark) return seen.lockfile
  const lockfile = parseLockfile(decode(bytes, place), place.lockfile)
  keep(place, { mark, lockfile })
  return lockfile
}

function keep({ seen }: RecordPlace, lockfile: SeenLockfile): void {
  if (seen?.keeps === true) seen.lockfile = lockfile
}

/** Text and what it says, for whoever compares lockfiles; empty, and without a text, when there is none. */
export function readLockfileText(
  place: RecordPlace,
  files: FileSystem = nodeFileSystem,
): { readonly lockfile: Lockfile; readonly text?: string } {
  const bytes = readBytes(place, files)
  if (bytes === undefined) return { lockfile: emptyLockfile('') }
  return { lockfile: parseBytes(bytes, place), text: decode(bytes, place) }
}

function readBytes(place: RecordPlace, files: FileSystem): Buffer | undefined {
  try {
    const { bytes, status } = readFile(files, place.lockfile, longestLockfile)
    if (status.size > longestLockfile) throw new Error('over 64 MiB')
    return bytes
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return undefined
    throw unreadable(place, cause)
  }
}

const unreadable = ({ lockfile }: RecordPlace, cause: unknown): RecordError =>
  new RecordError(`${lockfile}: the lockfile cannot be read (${errorCode(cause)})`, 'Restore it with git.', {
    cause,
  })

/** Most lockfiles are ASCII, which needs no decoding: that takes a fifth of the time to read a long one. */
function decode(bytes: Buffer, place: RecordPlace): string {
  if (isAscii(bytes)) return bytes.toString('latin1')
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (cause) {
    throw unreadable(place, cause)
  }
}

function publishLockfile(place: RecordPlace, lockfile: Lockfile, files: FileSystem): void {
  const text = formatLockfile(lockfile)
  requireReadable(text, place)
  orRefuse(place.lockfile, () => ensureFolder(files, dirname(place.lockfile)))
  const temporary = join(dirname(place.lockfile), `.${basename(place.lockfile)}.${lockfile.lineage}.tmp`)
  const file = publishFile(files, { path: place.lockfile, temporary, bytes: Buffer.from(text), mode: 0o666 })
  if (file !== undefined) closeQuietly(files, file)
}

/** What the next run could not read must not replace what it can. */
function requireReadable(text: string, place: RecordPlace): Lockfile {
  try {
    return parseLockfile(text, place.lockfile)
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
