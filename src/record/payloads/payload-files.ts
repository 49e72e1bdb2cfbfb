// The folder that `compile --out` writes: a file for each payload, and no stale one. Files that callctl did not write
// stay.

import { lstatSync, mkdirSync, readdirSync, readFileSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'
import { RecordError, UsageError } from '../../model/errors.js'
import { closeQuietly, newFileFlags, nodeFileSystem, readFile, writeAll } from '../disk/file-system.js'
import { encodeName } from '../disk/names.js'
import { HeldText } from '../held/held-text.js'

export interface StaleFile {
  readonly name: string
  readonly problem: 'missing' | 'changed' | 'stale'
}

export interface Written {
  readonly written: number
  readonly unchanged: number
  /** Names of files. */
  readonly removed: readonly string[]
}

/**
 * A folder that holds each payload as `ADDRESS.json`. Payloads are compared as they come, and only what differs is held:
 * nothing is written before `write`. Its other `.json` files must be callctl's own: what somebody else keeps there is
 * neither overwritten nor removed.
 */
export class PayloadFolder {
  readonly #present: ReadonlySet<string>
  readonly #taken = new Set<string>()
  readonly #different: (StaleFile & { readonly length: number })[] = []
  readonly #texts = new HeldText()

  /** `folder` is a real path; `isOwn` tells a text that callctl compiled, now or earlier. */
  constructor(
    private readonly folder: string,
    private readonly isOwn: (text: string) => boolean,
  ) {
    this.#present = new Set(namesIn(folder))
  }

  take(address: string, text: string): void {
    const name = nameOf(address)
    this.#taken.add(name)
    const isPresent = this.#present.has(name)
    if (isPresent && this.#holds(name, text)) return
    const { length } = this.#texts.add(text)
    this.#different.push({ name, problem: isPresent ? 'changed' : 'missing', length })
  }

  /**
   * What would be written, rewritten or removed. Stale are `.json` files of no defined address; where it is not known
   * which are defined, none are. Throws UsageError as `write` does.
   */
  compare(defined: ReadonlySet<string> | undefined): readonly StaleFile[] {
    const stale = this.#stale(defined)
    this.#refuseForeign(stale)
    return [
      ...this.#different.map(({ name, problem }) => ({ name, problem })),
      ...stale.map((name): StaleFile => ({ name, problem: 'stale' })),
    ]
  }

  /**
   * Files with the right text are not touched, nor are those of calls that are defined and were not taken. Throws
   * UsageError, with nothing written, where the folder holds a `.json` file that callctl did not write.
   */
  write(defined: ReadonlySet<string> | undefined): Written {
    const stale = this.#stale(defined)
    this.#refuseForeign(stale)
    try {
      mkdirSync(this.folder, { recursive: true })
      for (const name of stale) unlinkSync(join(this.folder, name))
      this.#writeDifferent()
      const written = this.#different.length
      return { written, removed: stale, unchanged: this.#taken.size - written }
    } catch (cause) {
      throw new RecordError(`${this.folder} cannot be written: ${(cause as Error).message}`, undefined, {
        cause,
      })
    }
  }

  #refuseForeign(stale: readonly string[]): void {
    const changed = this.#different.filter(({ problem }) => problem === 'changed').map(({ name }) => name)
    const foreign = [...changed, ...stale].sort().find((name) => !this.#isCompiled(name))
    if (foreign === undefined) return
    throw new UsageError(
      `${this.folder} holds ${foreign}, which callctl did not compile.`,
      'Give payloads a folder of their own, or remove that file.',
    )
  }

  #isCompiled(name: string): boolean {
    try {
      const { bytes, status } = readFile(nodeFileSystem, join(this.folder, name), longestPayload)
      return status.size <= longestPayload && this.isOwn(bytes.toString('utf8'))
    } catch {
      return false
    }
  }

  /** Each as a new file: another name for the old one, if there is any, keeps the old text. */
  #writeDifferent(): void {
    const files = this.#different.values()
    for (const bytes of this.#texts.pieces()) {
      for (let at = 0; at < bytes.length; ) {
        const { name, length, problem } = files.next().value!
        const path = join(this.folder, name)
        if (problem === 'changed') unlinkSync(path)
        this.#writeNew(path, bytes.subarray(at, at + length))
        at += length
      }
    }
  }

  #writeNew(path: string, bytes: Uint8Array): void {
    const file = nodeFileSystem.openSync(path, newFileFlags, 0o666)
    try {
      writeAll(nodeFileSystem, file, bytes, 0)
    } finally {
      closeQuietly(nodeFileSystem, file)
    }
  }

  #stale(defined: ReadonlySet<string> | undefined): readonly string[] {
    if (defined === undefined) return []
    const known = new Set([...defined].map(nameOf))
    return [...this.#present].filter(
      (name) => name.endsWith('.json') && !this.#taken.has(name) && !known.has(name),
    )
  }

  /** Compared by size first: most changed files are told from unchanged ones without being read. */
  #holds(name: string, text: string): boolean {
    const path = join(this.folder, name)
    try {
      const status = lstatSync(path)
      const bytes = Buffer.from(text)
      return status.isFile() && status.size === bytes.length && readFileSync(path).equals(bytes)
    } catch (cause) {
      throw new RecordError(`${path} cannot be read: ${(cause as Error).message}`, undefined, { cause })
    }
  }
}

/** Far more than a payload has. */
const longestPayload = 4 * 1024 * 1024

const nameOf = (address: string): string => `${encodeName(address)}.json`

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
