// The file of a claim that this process holds open since it published it, and what others did to it meanwhile: the
// process may have stood still for hours, and a person may have settled the claim, moved its file away, or both.

import { closeQuietly, errorCode, type FileSystem } from '../disk/file-system.js'
import { lineSize } from './claim-file.js'

export interface HeldClaim {
  readonly path: string
  readonly file: number
  /** The whole file as it was published, its slot blank. */
  readonly bytes: Buffer
}

/**
 * Whether nothing can have been decided: the name still leads to this file, and it is byte for byte as it was
 * published. Half an outcome, or what cannot be read now, is reason enough not to send.
 */
export function isUntouched(files: FileSystem, { path, file, bytes }: HeldClaim): boolean {
  try {
    return leadsTo(files, path, file) && readHeld(files, file, 0, bytes.length + 1).equals(bytes)
  } catch {
    return false
  }
}

/** The bytes of the outcome's slot. Throws what the system says. */
export const readHeldSlot = (files: FileSystem, file: number): Buffer =>
  readHeld(files, file, lineSize, lineSize)

/** The file, where its claim's outcome belongs; undefined, and closed, where that has to be looked for anew. */
export function keepHeld(files: FileSystem, held: HeldClaim): number | undefined {
  if (isInPlace(files, held)) return held.file
  closeQuietly(files, held.file)
  return undefined
}

/** What the system does not tell is no sign of a change: the outcome has to go somewhere. */
function isInPlace(files: FileSystem, { path, file, bytes }: HeldClaim): boolean {
  try {
    if (!leadsTo(files, path, file)) return false
    return readHeld(files, file, 0, lineSize).equals(bytes.subarray(0, lineSize))
  } catch (cause) {
    return errorCode(cause) !== 'ENOENT'
  }
}

function leadsTo(files: FileSystem, path: string, file: number): boolean {
  const [named, held] = [files.lstatSync(path), files.fstatSync(file)]
  return named.ino === held.ino && named.dev === held.dev
}

function readHeld(files: FileSystem, file: number, position: number, length: number): Buffer {
  const bytes = Buffer.alloc(length)
  return bytes.subarray(0, files.readSync(file, bytes, 0, length, position))
}
