import type { JsonObject, JsonValue } from '../model/json.js'
import { isJsonObject } from '../model/json.js'
import { maskName, maskNumber } from '../model/mask.js'
import type { UnwrittenPayload } from '../model/payload.js'
import { personalForm } from '../model/personal-form.js'
import { tokensOf } from '../model/pointer.js'
import type { Replacement } from './replace-texts.js'
import type { ReviewInput, Revision } from './revision.js'

/** All that must not be shown of the people of two revisions. */
export interface Personal {
  readonly replacements: readonly Replacement[]
  /** Lines of files (`base FILE:LINE`) from which a name or number comes. */
  readonly lines: ReadonlySet<string>
  /** Whose lines are all about people, as far as anybody can tell. */
  readonly dataFiles: ReadonlySet<string>
}

/** Of all calls of both revisions, changed or not: a name may stand in the subject of another call. */
export function findPersonal({ base, head }: ReviewInput, lines: ReadonlySet<string>): Personal {
  const names = new Set<string>()
  const numbers = new Set<string>()
  const ids = new Set<string>()
  const seen = new Set<string>()
  for (const revision of [base, head]) {
    for (const payload of revision.payloads) {
      if (seen.has(payload.digest)) continue
      seen.add(payload.digest)
      collect(payload, revision, { name: names, number: numbers, id: ids })
    }
    for (const number of numbersTyped(revision)) numbers.add(number)
  }
  // A name that is an id, for want of a better one, says no more than the id.
  const shown = [...names].filter((name) => !ids.has(name) && !isPlaceholder(name) && name !== '')
  return {
    replacements: [
      ...shown.map((text) => ({ text, by: maskName(text) })),
      ...[...numbers].flatMap(spellings).map((text) => ({ text, by: maskNumber(text) })),
    ],
    lines,
    dataFiles: new Set([...base.dataFiles, ...head.dataFiles]),
  }
}

type Texts = Readonly<Record<'name' | 'number' | 'id', Set<string>>>

/** As the schema marks them; and whoever would be rung by an identity that it does not know. */
function collect(payload: UnwrittenPayload, revision: Revision, texts: Texts): void {
  const { people, numbers } = payload.touches
  for (const { pointer, kind } of revision.personalOf(payload)) {
    const value = valueAt(payload.call, pointer)
    if (typeof value === 'string') texts[kind].add(value)
  }
  for (const { name } of [...people, ...numbers]) if (name !== undefined) texts.name.add(name)
  for (const { id } of people) texts[kindOfId(id)].add(id)
  for (const { id } of numbers) texts.number.add(id)
}

/** An address or a number is no id, wherever it stands. */
function kindOfId(id: string): 'id' | 'name' | 'number' {
  const form = personalForm(id)
  if (form === undefined) return 'id'
  return form === 'number' ? 'number' : 'name'
}

const valueAt = (call: JsonObject, pointer: string): JsonValue | undefined =>
  tokensOf(pointer).reduce<JsonValue | undefined>((value, name) => {
    if (Array.isArray(value)) return value[Number(name)]
    return isJsonObject(value) ? value[name] : undefined
  }, call)

/** What stands for a secret or for what another call will yield is nobody's name. */
const isPlaceholder = (text: string): boolean => /^\((?:secret|env|known after apply)\b.*\)$/.test(text)

/** A number may stand in a text without its plus sign. */
function spellings(number: string): readonly string[] {
  const bare = number.replace(/^\+/, '')
  const isPlain = bare !== number && bare.length >= 7
  return number === '' || isPlaceholder(number) ? [] : isPlain ? [number, bare] : [number]
}

/** Complaints about numbers without quotes are the only ones that repeat what was typed; nothing was compiled of it. */
function numbersTyped({ diagnostics, sources }: Revision): readonly string[] {
  return diagnostics.flatMap(({ code, range }) => {
    if (code !== 'yaml/unquoted-number' || range === undefined) return []
    const typed = sources.get(range.source)?.slice(range.start, range.end) ?? ''
    return typed === '' ? [] : [typed, String(Number(typed))]
  })
}
