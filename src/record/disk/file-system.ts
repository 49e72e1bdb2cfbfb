// What all of callctl's own files have in common: how they are named, published, replaced and synced, where a path
// really leads, and the forms of values in them. Knows nothing of calls.

import * as fs from 'node:fs'
import { platform } from 'node:os'
import { dirname } from 'node:path'
import { promisify } from 'node:util'

/** The calls of node:fs that write or read our files, so that tests can make them fail. */
export interface FileSystem {
  openSync(path: string, flags: number, mode?: number): number
  closeSync(file: number): void
  readSync(file: number, bytes: Uint8Array, offset: number, length: number, position: number): number
  writeSync(file: number, bytes: Uint8Array, offset: number, length: number, position: number): number
  fsyncSync(file: number): void
  /** As openSync and fsyncSync, without keeping others waiting. */
  open(path: string, flags: number, mode: number): Promise<number>
  fsync(file: number): Promise<void>
  fstatSync(file: number): FileStatus
  fchmodSync(file: number, mode: number): void
  lstatSync(path: string): FileStatus
  linkSync(from: string, to: string): void
  unlinkSync(path: string): void
  renameSync(from: string, to: string): void
  mkdirSync(path: string, mode: number): void
  readdirSync(path: string): readonly string[]
}

export interface FileStatus {
  readonly size: number
  readonly mode: number
  readonly uid: number
  /** With `dev`, which file of the machine it is. */
  readonly ino: number
  readonly dev: number
  isFile(): boolean
  isDirectory(): boolean
  isSymbolicLink(): boolean
}

export const nodeFileSystem: FileSystem = {
  ...fs,
  open: promisify(fs.open),
  fsync: promisify(fs.fsync),
}

const { O_CREAT, O_EXCL, O_RDWR } = fs.constants
// Absent on Windows.
const { O_NOFOLLOW = 0, O_NONBLOCK = 0 } = fs.constants as Partial<typeof fs.constants>
/** Follows no link, and does not wait on a pipe. */
export const readFlags = fs.constants.O_RDONLY | O_NOFOLLOW | O_NONBLOCK
export const rewriteFlags = O_RDWR | O_NOFOLLOW
export const newFileFlags = O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW

/** `ENOSPC` and the like, or the message of an error without a code. */
export function errorCode(cause: unknown): string {
  if (!(cause instanceof Error)) return 'unknown error'
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message
}

/** Writes all bytes: a full disk shows as a short count first. */
export function writeAll(files: FileSystem, file: number, bytes: Uint8Array, position: number): void {
  for (let written = 0; written < bytes.length; ) {
    const count = files.writeSync(file, bytes, written, bytes.length - written, position + written)
    if (count <= 0) throw new Error('nothing could be written')
    written += count
  }
}

/** A regular file's bytes, at most `limit` of them, with its status. */
export function readFile(
  files: FileSystem,
  path: string,
  limit: number,
): { readonly bytes: Buffer; readonly status: FileStatus } {
  const file = files.openSync(path, readFlags)
  try {
    const status = files.fstatSync(file)
    if (!status.isFile()) throw new Error('not a regular file')
    const bytes = Buffer.allocUnsafe(Math.min(status.size, limit))
    let length = 0
    while (length < bytes.length) {
      const count = files.readSync(file, bytes, length, bytes.length - length, length)
      if (count === 0) break
      length += count
    }
    return { bytes: bytes.subarray(0, length), status }
  } finally {
    closeQuietly(files, file)
  }
}

/** Makes the names in a folder durable. Windows does so by itself and has no such call. */
export function syncFolder(files: FileSystem, path: string): void {
  const folder = openFolder(files, path)
  if (folder === undefined) return
  try {
    files.fsyncSync(folder)
  } finally {
    closeQuietly(files, folder)
  }
}

/** Undefined on Windows. */
export const openFolder = (files: FileSystem, path: string): number | undefined =>
  platform() === 'win32' ? undefined : files.openSync(path, fs.constants.O_RDONLY)

/** Creates a folder and its parents, private to the user, and makes their names durable. */
export function makeFolder(files: FileSystem, path: string): void {
  try {
    files.mkdirSync(path, 0o700)
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT' && dirname(path) !== path) {
      makeFolder(files, dirname(path))
      makeFolder(files, path)
      return
    }
    if (errorCode(cause) !== 'EEXIST' || !files.lstatSync(path).isDirectory()) throw cause
  }
  syncFolder(files, dirname(path))
}

/** As makeFolder, but leaves alone what is there. */
export function ensureFolder(files: FileSystem, path: string): void {
  try {
    files.lstatSync(path)
  } catch {
    makeFolder(files, path)
  }
}

export function closeQuietly(files: FileSystem, file: number): void {
  try {
    files.closeSync(file)
  } catch {
    // What matters was synced before.
  }
}

export function removeQuietly(files: FileSystem, path: string): void {
  try {
    files.unlinkSync(path)
  } catch {
    // A leftover temporary file is harmless.
  }
}
