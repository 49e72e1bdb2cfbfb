import { closeSync, constants, fstatSync, openSync, readFileSync, realpathSync } from 'node:fs'
import { join, sep } from 'node:path'
import { createDiagnostic, type Diagnostic } from '../model/diagnostic.js'
import type { Source } from '../model/source.js'

const maximumBytes = 8 * 1024 * 1024

/** One file of the workspace as text, or why it cannot be read. */
export function readSource(root: string, path: string): Source | Diagnostic {
  try {
    const target = realpathSync(join(root, path))
    if (!target.startsWith(root + sep)) return refuse('file/unreadable', path, 'leads out of the workspace')
    return readText(target, path)
  } catch (error) {
    return refuse(
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
    return refuse(
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
    if (!stats.isFile()) return refuse('file/unreadable', path, 'is no regular file')
    if (stats.size > maximumBytes) return refuse('file/too-large', path, 'is over 8 MiB')
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(file))
    return { path, text }
  } catch (error) {
    if (error instanceof TypeError) return refuse('file/encoding', path, 'is not UTF-8')
    throw error
  } finally {
    closeSync(file)
  }
}

const refuse = (
  code: 'file/unreadable' | 'file/too-large' | 'file/encoding',
  path: string,
  why: string,
): Diagnostic => createDiagnostic(code, `${path} ${why}.`, { range: { source: path, start: 0, end: 0 } })
