import { createHash } from 'node:crypto'
import { RecordError } from '../../model/errors.js'
import { errorCode, type FileSystem, nodeFileSystem, readFile } from '../disk/file-system.js'
import { longestLockfile } from '../lockfile/parse-lockfile.js'
import type { RecordPlace } from './folders.js'
import type { LockfileMark } from './seen-record.js'

// The run lock keeps other runs away, but not git: a pull in another window brings a lockfile with what colleagues
// placed, while this run waits for a person, for a token or for Graph.

export function markLockfile(place: RecordPlace, files: FileSystem = nodeFileSystem): LockfileMark {
  try {
    return markOf(readFile(files, place.lockfile, longestLockfile).bytes)
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return undefined
    throw new RecordError(`${place.lockfile}: the lockfile cannot be read (${errorCode(cause)})`, undefined, {
      cause,
    })
  }
}

/** Of a lockfile with these bytes. */
export const markOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/**
 * Of the lockfile that this run last read or wrote, and so of the one that a plan was made from: what was written in
 * between, be it a moment ago, is not taken for it.
 */
export const markSeen = (place: RecordPlace): LockfileMark =>
  place.seen?.lockfile === undefined ? markLockfile(place) : place.seen.lockfile.mark

/** Before the first claim: what came since may be the very calls that are about to be placed. */
export function requireUnchanged(
  place: RecordPlace,
  mark: LockfileMark,
  files: FileSystem = nodeFileSystem,
): void {
  if (markLockfile(place, files) === mark) return
  throw new RecordError(
    `${place.lockfile} has changed since the plan was made: nothing was sent`,
    'Run it again: the plan is then made from what the lockfile says now.',
  )
}
