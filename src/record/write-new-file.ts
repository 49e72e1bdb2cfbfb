import type { FileSystem } from './file-system.js'
import { closeQuietly, removeQuietly, writeAll } from './file-system.js'
import { finishNow, type Syncing } from './syncing.js'

/** Creates a file that must not exist yet, durable but for its name. Nothing of it stays on failure. */
export const writeNewFile = (files: FileSystem, path: string, bytes: Uint8Array, mode: number): number =>
  finishNow(files, writingNewFile(files, path, bytes, mode))

export function* writingNewFile(
  files: FileSystem,
  path: string,
  bytes: Uint8Array,
  mode: number,
): Syncing<number> {
  const file = yield { create: path, mode }
  try {
    writeAll(files, file, bytes, 0)
    yield { file }
    return file
  } catch (cause) {
    closeQuietly(files, file)
    removeQuietly(files, path)
    throw cause
  }
}
