import { closeSync, constants, fstatSync, openSync, readFileSync, realpathSync } from 'node:fs'
import { join, sep } from 'node:path'
import { createDiagnostic, type Diagnostic } from '../model/diagnostic.js'
import type { Source } from '../model/source.js'

/** In bytes. */
export const largestFile = 8 * 1024 * 1024

/** One file of the workspace as text, or why it cannot be read. */
export function readSource(root: string, path: string): Source | Diagnostic {
  try {
    const target = realpathSync(join(root, path))
    if (!target.startsWith(root + sep))
      return refuseFile('file/unreadable', path, 'leads out of the workspace')
    return readText(target, path)
  } catch (error) {
    return refuseFile(
      'file/unreadable',
      path,
      `cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`,
    )
  }
}

/** A file that the command line names, wherever it lies. */
export function readNamedFile(absolute: string, path: string): Source | Diagnostic {
  try {
    return readText(realpathSync(absolute), path)
  } catch (error) {
    return refuseFile(
      'file/unreadable',
      path,
      `cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`,
    )
  }
}

/** Without blocking on a pipe or device, and without following a link put there meanwhile. */
function readText(absolute: string, path: string): Source | Diagnostic {
  const file = openSync(absolute, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW)
  try {
    const stats = fstatSync(file)
    if (!stats.isFile()) return refuseFile('file/unreadable', path, 'is no regular file')
    if (stats.size > largestFile) return refuseFile('file/too-large', path, 'is over 8 MiB')
    const text = decodeText(readFileSync(file))
    return text === undefined ? refuseFile('file/encoding', path, 'is not UTF-8') : { path, text }
  } finally {
    closeSync(file)
  }
}

/** Undefined for what is not UTF-8. */
export function decodeText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** Why a file is not read. */
export const refuseFile = (
  code: 'file/unreadable' | 'file/too-large' | 'file/encoding',
  path: string,
  why: string,
): Diagnostic => createDiagnostic(code, `${path} ${why}.`, { range: { source: path, start: 0, end: 0 } })
