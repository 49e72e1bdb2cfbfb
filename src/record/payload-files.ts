import { lstatSync, mkdirSync, readdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { RecordError } from '../model/errors.js'
import { HeldText } from './held-text.js'
import { encodeName } from './names.js'

export interface StaleFile {
  readonly name: string
  readonly problem: 'missing' | 'changed' | 'stale'
}

/**
 * A folder that holds each payload as `ADDRESS.json`. Payloads are compared as they come, and only what differs is held:
 * nothing is written before `write`.
 */
export class PayloadFolder {
  readonly #present: ReadonlySet<string>
  readonly #taken = new Set<string>()
  readonly #different: (StaleFile & { readonly length: number })[] = []
  readonly #texts = new HeldText()

  constructor(private readonly folder: string) {
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
   * which are defined, none are.
   */
  compare(defined: ReadonlySet<string> | undefined): readonly StaleFile[] {
    return [
      ...this.#different.map(({ name, problem }) => ({ name, problem })),
      ...this.#stale(defined).map((name): StaleFile => ({ name, problem: 'stale' })),
    ]
  }

  /** Files with the right text are not touched, nor are those of calls that are defined and were not taken. */
  write(defined: ReadonlySet<string> | undefined) {
    try {
      mkdirSync(this.folder, { recursive: true })
      const stale = this.#stale(defined)
      for (const name of stale) unlinkSync(join(this.folder, name))
      this.#writeDifferent()
      const written = this.#different.length
      return { written, removed: stale.length, unchanged: this.#taken.size - written }
    } catch (cause) {
      throw new RecordError(`${this.folder} cannot be written: ${(cause as Error).message}`, undefined, {
        cause,
      })
    }
  }

  #writeDifferent(): void {
    const files = this.#different.values()
    for (const bytes of this.#texts.pieces()) {
      for (let at = 0; at < bytes.length; ) {
        const { name, length } = files.next().value!
        writeFileSync(join(this.folder, name), bytes.subarray(at, at + length))
        at += length
      }
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

const nameOf = (address: string): string => `${encodeName(address)}.json`

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
