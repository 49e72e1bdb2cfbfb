import { lstatSync, mkdirSync, readdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { RecordError } from '../model/errors.js'
import { encodeName } from './names.js'

/** A compiled call, as far as its file is concerned. */
export interface PayloadFile {
  readonly address: string
  readonly text: string
}

export interface StaleFile {
  readonly name: string
  readonly problem: 'missing' | 'changed' | 'stale'
}

/**
 * Makes each `DIR/ADDRESS.json` hold its payload, and removes those of calls that are no longer defined. Files with the
 * right text are not touched, nor are those of calls that are defined and not among these.
 */
export function writePayloadFiles(
  folder: string,
  payloads: readonly PayloadFile[],
  defined?: ReadonlySet<string>,
) {
  try {
    mkdirSync(folder, { recursive: true })
    const stale = comparePayloadFiles(folder, payloads, defined)
    const texts = textsOf(payloads)
    for (const { name, problem } of stale) {
      if (problem === 'stale') unlinkSync(join(folder, name))
      else writeFileSync(join(folder, name), texts.get(name)!)
    }
    const removed = stale.filter((file) => file.problem === 'stale').length
    const written = stale.length - removed
    return { written, removed, unchanged: payloads.length - written }
  } catch (cause) {
    throw new RecordError(`${folder} cannot be written: ${(cause as Error).message}`, undefined, { cause })
  }
}

/**
 * What `--out` would write, rewrite or remove. Stale are `.json` files of no defined address; where it is not known which
 * are defined, none are.
 */
export function comparePayloadFiles(
  folder: string,
  payloads: readonly PayloadFile[],
  defined?: ReadonlySet<string>,
): readonly StaleFile[] {
  const texts = textsOf(payloads)
  const present = new Set(namesIn(folder))
  const wanted = [...texts].flatMap(([name, text]): StaleFile[] => {
    if (!present.has(name)) return [{ name, problem: 'missing' }]
    return isText(join(folder, name), text) ? [] : [{ name, problem: 'changed' }]
  })
  const known = new Set([...(defined ?? [])].map(nameOf))
  const isStale = (name: string): boolean => name.endsWith('.json') && !texts.has(name) && !known.has(name)
  const stale = defined === undefined ? [] : [...present].filter(isStale)
  return [...wanted, ...stale.map((name): StaleFile => ({ name, problem: 'stale' }))]
}

const textsOf = (payloads: readonly PayloadFile[]): ReadonlyMap<string, string> =>
  new Map(payloads.map(({ address, text }) => [nameOf(address), text]))

const nameOf = (address: string): string => `${encodeName(address)}.json`

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** Compared by size first: most unchanged files are told from changed ones without reading either. */
function isText(path: string, text: string): boolean {
  const bytes = Buffer.from(text)
  const status = lstatSync(path)
  return status.isFile() && status.size === bytes.length && readFileSync(path).equals(bytes)
}
