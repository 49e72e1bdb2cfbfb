import { closeSync, constants, fstatSync, openSync, readFileSync, realpathSync } from 'node:fs'
import { join, sep } from 'node:path'
import { createDiagnostic, type Diagnostic } from '../model/diagnostics/diagnostic.js'
import type { Source } from '../model/language/source.js'

/** In bytes. */
export const largestFile = 8 * 1024 * 1024

/** One file of the workspace as text, or why it cannot be read. */
export function readSource(root: string, path: string): Source | Diagnostic {
  try {
    const target = realpathSync(join(root, path))
    if (!target.startsWith(root + sep))
      return refuseFile('file/unreadable', path, 'leads out of the workspace')
    if (leadsToHidden(path, insideOf(root, target)))
      return refuseFile('file/unreadable', path, 'leads to a hidden file')
    return readText(target, path)
  } catch (error) {
    return refuseFile('file/unreadable', path, `cannot be read (${codeOf(error)})`)
  }
}

/** The same for a list of data, which is there by its own name alone: behind a link could lie what git holds or ignores. */
export function readData(root: string, path: string): Source | Diagnostic {
  try {
    const target = realpathSync.native(join(root, path))
    // Where letter case does not count, the system's spelling may be another.
    if (!target.startsWith(root + sep) || foldName(insideOf(root, target)) !== foldName(path))
      return refuseFile('file/unreadable', path, behindLink)
    return readText(target, path)
  } catch (error) {
    return refuseFile('file/unreadable', path, `cannot be read (${codeOf(error)})`)
  }
}

export const behindLink = 'is behind a link: a list is read from a file of its own'

const insideOf = (root: string, target: string): string =>
  target
    .slice(root.length + 1)
    .split(sep)
    .join('/')

const foldName = (path: string): string => path.normalize('NFC').toLowerCase()
const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'unknown'

export const isHidden = (path: string): boolean => path.split('/').some((name) => name.startsWith('.'))

/** Whether a link makes a file of what the name does not show to be hidden, such as `.git/config` or `.env`. */
export const leadsToHidden = (path: string, real: string): boolean => real !== path && isHidden(real)

/** A file that the command line names, wherever it lies. */
export function readNamedFile(absolute: string, path: string): Source | Diagnostic {
  try {
    return readText(realpathSync(absolute), path)
  } catch (error) {
    return refuseFile('file/unreadable', path, `cannot be read (${codeOf(error)})`)
  }
}

/** Without blocking on a pipe or device, and without following a link put there meanwhile. */
function readText(absolute: string, path: string): Source | Diagnostic {
  const file = openSync(absolute, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW)
  try {
    const stats = fstatSync(file)
    if (!stats.isFile()) return refuseFile('file/unreadable', path, 'is no regular file')
    if (stats.size > largestFile) return refuseFile('file/too-large', path, 'is over 8 MiB')
    const bytes = readFileSync(file)
    const text = decodeText(bytes)
    return text === undefined ? refuseFile('file/encoding', path, describeEncoding(bytes)) : { path, text }
  } finally {
    closeSync(file)
  }
}

/** What a spreadsheet or editor has most likely written instead of UTF-8, and what to do. */
export function describeEncoding(bytes: Uint8Array): string {
  const begins = (...first: readonly number[]): boolean => first.every((byte, index) => bytes[index] === byte)
  if (begins(0xff, 0xfe) || begins(0xfe, 0xff)) return `is UTF-16, not UTF-8: ${saveAnew}`
  if (begins(0x50, 0x4b, 0x03, 0x04) || begins(0xd0, 0xcf, 0x11, 0xe0))
    return 'is a workbook, not text: save its sheet as “CSV UTF-8”'
  if (begins(0x1f, 0x8b)) return 'is compressed (gzip): unpack it'
  return `is not UTF-8, most likely Windows-1252 (“ANSI”): ${saveAnew}`
}

const saveAnew = 'save it as “CSV UTF-8”, or as UTF-8'

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
