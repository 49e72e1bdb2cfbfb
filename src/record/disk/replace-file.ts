import { basename, dirname, join } from 'node:path'
import { RecordError } from '../../model/errors.js'
import type { FileSystem } from './file-system.js'
import { closeQuietly, errorCode, nodeFileSystem, removeQuietly, syncFolder } from './file-system.js'
import { writeNewFile } from './write-new-file.js'

/** Each killed run may leave one temporary file behind; it may be removed by hand. */
const mostTemporaries = 50

/**
 * Replaces a file as a whole, or leaves it as it was: temporary file in the same folder, fsync, rename, fsync of
 * the folder. The common packages for this lose data on a full disk.
 */
export function replaceFile(
  path: string,
  text: string | readonly Uint8Array[],
  files: FileSystem = nodeFileSystem,
): void {
  try {
    const mode = existingMode(files, path)
    const temporary = writeTemporary(files, path, typeof text === 'string' ? [Buffer.from(text)] : text, mode)
    try {
      files.renameSync(temporary, path)
    } catch (cause) {
      removeQuietly(files, temporary)
      throw cause
    }
    syncFolder(files, dirname(path))
  } catch (cause) {
    if (cause instanceof RecordError) throw cause
    throw new RecordError(
      `${path} cannot be written (${errorCode(cause)})`,
      'Check the disk and its permissions.',
      { cause },
    )
  }
}

function existingMode(files: FileSystem, path: string): number | undefined {
  try {
    const status = files.lstatSync(path)
    if (status.isFile()) return status.mode & 0o777
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return undefined
    throw cause
  }
  throw new RecordError(`${path} is no regular file`, 'Remove the link or folder of that name.')
}

/** Numbered names: one fixed name could be another process's file half written, or a leftover for ever in the way. */
function writeTemporary(
  files: FileSystem,
  path: string,
  pieces: readonly Uint8Array[],
  mode: number | undefined,
): string {
  for (let number = 1; number <= mostTemporaries; number++) {
    const temporary = join(dirname(path), `.${basename(path)}.${number}.tmp`)
    try {
      const file = writeNewFile(files, temporary, pieces, mode ?? 0o666)
      if (mode !== undefined) setMode(files, temporary, file, mode)
      closeQuietly(files, file)
      return temporary
    } catch (cause) {
      if (errorCode(cause) !== 'EEXIST') throw cause
    }
  }
  const leftovers = join(dirname(path), `.${basename(path)}.*.tmp`)
  throw new RecordError(`interrupted runs left too many temporary files`, `Remove ${leftovers}.`)
}

/** The mode of creation is cut by the umask. */
function setMode(files: FileSystem, path: string, file: number, mode: number): void {
  try {
    files.fchmodSync(file, mode)
  } catch (cause) {
    closeQuietly(files, file)
    removeQuietly(files, path)
    throw cause
  }
}
