import { dirname } from 'node:path'
import { RecordError } from '../../model/errors.js'
import type { FileSystem } from './file-system.js'
import { closeQuietly, errorCode, removeQuietly } from './file-system.js'
import { finishNow, type Syncing } from './syncing.js'
import { writingNewFile } from './write-new-file.js'

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
export const publishFile = (files: FileSystem, publication: Publication): number | undefined =>
  finishNow(files, publishingFile(files, publication))

export function* publishingFile(files: FileSystem, publication: Publication): Syncing<number | undefined> {
  const { path, temporary, bytes, mode } = publication
  let file: number
  try {
    file = yield* writingNewFile(files, temporary, [bytes], mode)
  } catch (cause) {
    throw refusal(temporary, cause)
  }
  try {
    files.linkSync(temporary, path)
  } catch (cause) {
    closeQuietly(files, file)
    removeQuietly(files, temporary)
    if (errorCode(cause) === 'EEXIST') return undefined
    if (noHardLinks.has(errorCode(cause))) return yield* publishingWithoutLink(files, publication)
    throw refusal(path, cause)
  }
  removeQuietly(files, temporary)
  return yield* syncingName(files, path, file)
}

function* publishingWithoutLink(
  files: FileSystem,
  { path, bytes, mode }: Publication,
): Syncing<number | undefined> {
  let file: number
  try {
    file = yield* writingNewFile(files, path, [bytes], mode)
  } catch (cause) {
    if (errorCode(cause) === 'EEXIST') return undefined
    throw refusal(path, cause)
  }
  return yield* syncingName(files, path, file)
}

/** What the system refuses becomes a RecordError, which says so in words. */
export function orRefuse<Value>(path: string, work: () => Value): Value {
  try {
    return work()
  } catch (cause) {
    throw refusal(path, cause)
  }
}

function* syncingName(files: FileSystem, path: string, file: number): Syncing<number> {
  try {
    yield { folder: dirname(path) }
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
