// Parsed files of earlier runs, to start faster. Whatever is odd about a cache is as if there were none: nothing here
// decides what compiles, and no text of a workspace is believed from it.

import { createHash } from 'node:crypto'
import {
  closeSync,
  lstatSync,
  openSync,
  readdirSync,
  realpathSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { platform } from 'node:os'
import { basename, dirname, isAbsolute, join, sep } from 'node:path'
import { findRepository } from '../../git/find-repository.js'
import type { Environment } from '../../model/environment.js'
import type { Document, KnownDocuments } from '../../model/language/document.js'
import type { Source } from '../../model/language/source.js'
import { ensureFolder, errorCode, nodeFileSystem, readFile, removeQuietly } from '../disk/file-system.js'
import { findOwnUser } from '../disk/own-user.js'
import { formatParts, parseParts } from './document-form.js'

export interface CacheUse {
  readonly root: string
  readonly environment: Environment
  /** Differs wherever the same text could be parsed otherwise. */
  readonly fingerprint: string
  readonly processId: number
}

export interface DocumentCache extends KnownDocuments {
  has(source: Source): boolean
  /** As `keep`, of a document as `formatParts` writes it. */
  keepParts(source: Source, parts: string): void
  /** Writes what is new; what was not asked for since it was opened is dropped. */
  save(): void
}

/** Of a cache file, but for its first line. */
const mostBytes = 64 * 1024 * 1024
const longestHead = 256
const mostFiles = 32
const keyLength = 43

/**
 * Parsed files of earlier runs, one file for a workspace, in the user's own cache folder. It is a matter of speed
 * alone: undefined where there is no folder to trust, and whatever is wrong with it, it is as if it were empty.
 */
export function openDocumentCache(use: CacheUse): DocumentCache | undefined {
  try {
    const path = findPlace(use)
    return path === undefined ? undefined : new CacheFile(path, use)
  } catch {
    return undefined
  }
}

class CacheFile implements DocumentCache {
  readonly #known: ReadonlyMap<string, string>
  readonly #kept = new Map<string, string>()
  readonly #keys = new Map<Source, string>()
  #isNew = false
  /** In bytes, of what is kept. */
  #size = 0

  constructor(
    private readonly path: string,
    private readonly use: CacheUse,
  ) {
    this.#known = loadEntries(path, use.fingerprint)
  }

  has(source: Source): boolean {
    return this.#known.has(this.#keyOf(source))
  }

  find(source: Source): Document | undefined {
    const key = this.#keyOf(source)
    const text = this.#known.get(key)
    const document = text === undefined ? undefined : parseParts(text, source)
    if (document !== undefined) this.#keep(key, text!)
    return document
  }

  keep(source: Source, document: Document): void {
    const parts = formatParts(document)
    if (parts !== undefined) this.keepParts(source, parts)
  }

  keepParts(source: Source, parts: string): void {
    if (this.#keep(this.#keyOf(source), parts)) this.#isNew = true
  }

  /** False where the file would be too large. */
  #keep(key: string, text: string): boolean {
    const size = keyLength + Buffer.byteLength(text) + 1
    if (this.#kept.has(key) || this.#size + size > mostBytes) return false
    this.#size += size
    this.#kept.set(key, text)
    return true
  }

  #keyOf(source: Source): string {
    const known = this.#keys.get(source)
    if (known !== undefined) return known
    const key = keyOf(source)
    this.#keys.set(source, key)
    return key
  }

  save(): void {
    if (!this.#isNew) return
    const body = Buffer.allocUnsafe(this.#size)
    let length = 0
    for (const [key, text] of this.#kept) length += body.write(`${key}${text}\n`, length)
    replaceQuietly(this.path, body.subarray(0, length - 1), this.use)
  }
}

/** Exact even for halves of surrogate pairs, which UTF-8 cannot tell apart. The path does not matter to the parser. */
const keyOf = ({ text }: Source): string => createHash('sha256').update(text, 'utf16le').digest('base64url')

const headOf = (body: Uint8Array, fingerprint: string): string =>
  `callctl documents 1 ${fingerprint} ${createHash('sha256').update(body).digest('base64url')}\n`

function loadEntries(path: string, fingerprint: string): ReadonlyMap<string, string> {
  const entries = new Map<string, string>()
  const bytes = readOwn(path)
  const headEnd = bytes === undefined ? -1 : bytes.indexOf('\n') + 1
  if (bytes === undefined || headEnd === 0) return entries
  const body = bytes.subarray(headEnd)
  if (bytes.toString('utf8', 0, headEnd) !== headOf(body, fingerprint)) return entries
  for (const line of body.toString().split('\n')) entries.set(line.slice(0, keyLength), line.slice(keyLength))
  return entries
}

function readOwn(path: string): Buffer | undefined {
  try {
    const longest = longestHead + mostBytes
    const { bytes, status } = readFile(nodeFileSystem, path, longest)
    return status.size < longest && status.uid === findOwnUser() ? bytes : undefined
  } catch {
    return undefined
  }
}

/** Runs at the same time each replace the whole: the last one stays. Nothing is synced, for the checksum tells. */
function replaceQuietly(path: string, body: Uint8Array, { fingerprint, processId }: CacheUse): void {
  const temporary = `${path}.${processId}.tmp`
  try {
    dropOldest(path)
    const file = openSync(temporary, 'wx', 0o600)
    try {
      for (const piece of [headOf(body, fingerprint), body]) writeFileSync(file, piece)
    } finally {
      closeSync(file)
    }
    renameSync(temporary, path)
  } catch {
    removeQuietly(nodeFileSystem, temporary)
  }
}

/** What else lies in the folder is not callctl's. */
const ownName = /^[0-9a-f]{64}\.documents(?:\.\d+\.tmp)?$/

/** A cache of workspaces that are gone must not grow for ever. */
function dropOldest(path: string): void {
  const folder = dirname(path)
  const others = readdirSync(folder).filter((name) => ownName.test(name) && name !== basename(path))
  const aged = others.map((name) => {
    const other = join(folder, name)
    return { other, time: statSync(other, { throwIfNoEntry: false })?.mtimeMs ?? 0 }
  })
  aged.sort((a, b) => b.time - a.time)
  for (const { other } of aged.slice(mostFiles - 1)) removeQuietly(nodeFileSystem, other)
}

/** The cache file of a workspace. The folder is made when it is not there, and refused unless it is the user's alone. */
function findPlace({ root, environment }: CacheUse): string | undefined {
  const base = findBase(environment)
  // Windows has no owners and modes by which to trust a folder.
  if (base === undefined || platform() === 'win32') return undefined
  const folder = realPath(join(base, 'callctl'))
  const workspace = realpathSync.native(root)
  const committed = findRepository(workspace)?.top ?? workspace
  // Whoever can commit a file must not be able to say what a definition reads like.
  if (isInside(folder, workspace) || isInside(folder, committed)) return undefined
  ensureFolder(nodeFileSystem, folder)
  const status = lstatSync(folder)
  if (!status.isDirectory() || status.uid !== findOwnUser() || (status.mode & 0o077) !== 0) return undefined
  return join(folder, `${createHash('sha256').update(workspace).digest('hex')}.documents`)
}

function findBase({ XDG_CACHE_HOME: chosen, HOME: home }: CacheUse['environment']): string | undefined {
  if (chosen !== undefined && isAbsolute(chosen)) return chosen
  return home !== undefined && isAbsolute(home) ? join(home, '.cache') : undefined
}

/** Without links, even where the end of the path does not exist yet. */
function realPath(path: string): string {
  try {
    return realpathSync.native(path)
  } catch (cause) {
    if (errorCode(cause) !== 'ENOENT' || dirname(path) === path) throw cause
    return join(realPath(dirname(path)), basename(path))
  }
}

const isInside = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`)
