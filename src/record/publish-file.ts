import { dirname } from 'node:path'
import { RecordError } from '../model/errors.js'
import type { FileSystem } from './file-system.js'
import { closeQuietly, errorCode, removeQuietly, syncFolder, writeNewFile } from './file-system.js'

export interface Publication {
  readonly path: string
  /** In the same folder, and nobody else's. */
  readonly temporary: string
  readonly bytes: Uint8Array
  readonly mode: number
}

const noHardLinks = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'])

/**
 * Publishes a whole file under a name that only one can get, durably. Returns the open file, or undefined when
 * the name is taken. `link(2)` and not an exclusive create, so that nobody ever reads half a file.
 */
export function publishFile(files: FileSystem, publication: Publication): number | undefined {
  const { path, temporary, bytes, mode } = publication
  const file = orRefuse(temporary, () => writeNewFile(files, temporary, bytes, mode))
  try {
    files.linkSync(temporary, path)
  } catch (cause) {
    closeQuietly(files, file)
    removeQuietly(files, temporary)
    if (errorCode(cause) === 'EEXIST') return undefined
    if (noHardLinks.has(errorCode(cause))) return publishWithoutLink(files, publication)
    throw refusal(path, cause)
  }
  removeQuietly(files, temporary)
  return syncName(files, path, file)
}

function publishWithoutLink(files: FileSystem, { path, bytes, mode }: Publication): number | undefined {
  let file: number
  try {
    file = writeNewFile(files, path, bytes, mode)
  } catch (cause) {
    if (errorCode(cause) === 'EEXIST') return undefined
    throw refusal(path, cause)
  }
  return syncName(files, path, file)
}

/** What the system refuses becomes a RecordError, which says so in words. */
export function orRefuse<Value>(path: string, work: () => Value): Value {
  try {
    return work()
  } catch (cause) {
    throw refusal(path, cause)
  }
}

function syncName(files: FileSystem, path: string, file: number): number {
  try {
    syncFolder(files, dirname(path))
    return file
  } catch (cause) {
    closeQuietly(files, file)
    const code = errorCode(cause)
    throw new RecordError(`${path} was written, but may not last (${code})`, 'Check the disk.', { cause })
  }
}

const refusal = (path: string, cause: unknown): RecordError =>
  new RecordError(`${path} cannot be written (${errorCode(cause)})`, 'Check the disk and its permissions.', {
    cause,
  })
