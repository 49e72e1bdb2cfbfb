// The lockfile as text and as what it says: parsed, formatted, merged, and compared with attempts and older versions.
// Pure, but for the merge of files that git asks for.

import { RecordError } from '../../model/errors.js'
import { isJsonObject } from '../../model/json.js'
import type { JsonText } from '../../model/language/json-text.js'
import type { Lockfile } from '../../model/record/lockfile.js'
import { findFault } from './lockfile-faults.js'

/** In bytes; over 100,000 entries. */
export const longestLockfile = 64 * 1024 * 1024

/** Reads a lockfile's text. Throws RecordError with file, line and column for anything in doubt. */
export function parseLockfile(text: string, path: string): Lockfile {
  if (text.length > longestLockfile) throw new RecordError(`${path}: the lockfile is over 64 MiB`)
  return parseQuickly(text) ?? parseCarefully(text, path)
}

/**
 * JSON.parse keeps silent about duplicate keys and says little about places, but is many times faster. A text
 * without backslashes has two quotes a key and two a string, so a count shows that no key was dropped.
 */
function parseQuickly(text: string): Lockfile | undefined {
  if (text.includes('\\') || text.includes('__proto__')) return undefined
  try {
    const lockfile = JSON.parse(text) as Lockfile
    let texts = 0
    const fault = findFault(lockfile, (entry) => {
      texts += 1 + countTexts(entry)
    })
    if (fault !== undefined) return undefined
    const { calls: _, ...rest } = lockfile
    texts += 1 + countTexts(rest)
    return countQuotes(text) === 2 * texts ? withoutPrototype(lockfile) : undefined
  } catch {
    return undefined
  }
}

function countQuotes(text: string): number {
  let count = 0
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at + 1)) count++
  return count
}

function countTexts(value: unknown): number {
  if (typeof value === 'string') return 1
  if (typeof value !== 'object' || value === null) return 0
  let count = 0
  const perKey = Array.isArray(value) ? 0 : 1
  for (const key in value) {
    const part = (value as Record<string, unknown>)[key]
    count += perKey + (typeof part === 'string' ? 1 : countTexts(part))
  }
  return count
}

function parseCarefully(text: string, path: string): Lockfile {
  refuseConflict(text, path)
  const { value, placeOf } = readText(text, path)
  const fault = findFault(value)
  if (fault === undefined) return withoutPrototype(value as unknown as Lockfile)
  const offset = placeOf(fault.holder, fault.key) ?? 0
  throw new RecordError(`${formatPlace(text, path, offset)}: ${fault.message}`, fault.hint)
}

/** Few lockfiles need it: those with odd texts or faults. */
const loadReader = () =>
  require('../../model/language/json-text.js') as typeof import('../../model/language/json-text.js')

function readText(text: string, path: string): JsonText {
  const { JsonTextError, parseJsonText } = loadReader()
  try {
    return parseJsonText(text)
  } catch (cause) {
    if (!(cause instanceof JsonTextError)) throw cause
    const message = `${formatPlace(text, path, cause.offset)}: ${cause.message}`
    throw new RecordError(
      message,
      'The lockfile is cut off or damaged: restore it with git. One that git does not have, such as a simulator’s, is moved away; `callctl lock rebuild` makes it anew.',
      { cause },
    )
  }
}

/** No line of JSON can begin like this, since a string holds no line break. */
function refuseConflict(text: string, path: string): void {
  const offset = text.search(/^(?:<{7}|\|{7}|={7}|>{7})(?:[ \r\n]|$)/m)
  if (offset === -1) return
  throw new RecordError(
    `${formatPlace(text, path, offset)}: git conflict markers`,
    'Keep the entries of both sides; where both have the same address, a person must look at both calls.',
  )
}

/** `path:line:column`, both from 1. */
function formatPlace(text: string, path: string, offset: number): string {
  const lines = text.slice(0, offset).split('\n')
  return `${path}:${lines.length}:${(lines.at(-1)?.length ?? 0) + 1}`
}

/** So that an address such as `constructor` is only there when it is. */
function withoutPrototype(lockfile: Lockfile): Lockfile {
  for (const byAddress of [lockfile.calls, lockfile.forgotten]) {
    if (isJsonObject(byAddress)) Object.setPrototypeOf(byAddress, null)
  }
  return lockfile
}
