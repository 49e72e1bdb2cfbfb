import type { FileSystem } from './file-system.js'
import { closeQuietly, removeQuietly, writeAll } from './file-system.js'
import { finishNow, type Syncing } from './syncing.js'

/**
 * Creates a file that must not exist yet from pieces that are made as they are written, durable but for its name.
 * Nothing of it stays on failure.
 */
export const writeNewFile = (
  files: FileSystem,
  path: string,
  pieces: Iterable<Uint8Array>,
  mode: number,
): number => finishNow(files, writingNewFile(files, path, pieces, mode))

export function* writingNewFile(
  files: FileSystem,
  path: string,
  pieces: Iterable<Uint8Array>,
  mode: number,
): Syncing<number> {
  const file = yield { create: path, mode }
  try {
    let position = 0
    for (const bytes of pieces) {
      writeAll(files, file, bytes, position)
      position += bytes.length
    }
    yield { file }
    return file
  } catch (cause) {
    closeQuietly(files, file)
    removeQuietly(files, path)
    throw cause
  }
}
