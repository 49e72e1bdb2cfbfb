import { createHash } from 'node:crypto'
import { RecordError } from '../../model/errors.js'
import { errorCode, type FileSystem, nodeFileSystem, readFile } from '../disk/file-system.js'
import { longestLockfile } from '../lockfile/parse-lockfile.js'
import type { RecordPlace } from './folders.js'

// The run lock keeps other runs away, but not git: a pull in another window brings a lockfile with what colleagues
// placed, while this run waits for a person, for a token or for Graph.

/** What tells the lockfile of now from another one; undefined where there is none. */
export type LockfileMark = string | undefined

export function markLockfile(place: RecordPlace, files: FileSystem = nodeFileSystem): LockfileMark {
  try {
    return createHash('sha256')
      .update(readFile(files, place.lockfile, longestLockfile).bytes)
      .digest('hex')
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return undefined
    throw new RecordError(`${place.lockfile}: the lockfile cannot be read (${errorCode(cause)})`, undefined, {
      cause,
    })
  }
}

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
