import type { JsonObject, JsonValue } from '../../model/json.js'
import { quote } from './canonical.js'

/** A value as JSON without white space. */
export interface Texts {
  /** Properties as they stand: what `JSON.stringify` writes. */
  readonly plain: string
  /** As `canonicalText` writes it. */
  readonly canonical: string
}

/** Writes calls in both forms in one walk. What is the same in every call, and so the same object, is written once. */
export class CallTexts {
  readonly #constants = new Map<JsonValue, Texts | undefined>()
  readonly #names = new Map<string, string>()
  /** Of what was written last. */
  #canonical = ''

  /** Tells of a list or object that will come again. */
  expect(constant: JsonValue): void {
    this.#constants.set(constant, undefined)
  }

  of(call: JsonObject): Texts {
    const plain = this.#write(call)
    return { plain, canonical: this.#canonical }
  }

  #write(value: JsonValue): string {
    if (typeof value === 'object' && value !== null) return this.#writeContainer(value)
    const text = typeof value === 'string' ? quote(value) : JSON.stringify(value)
    this.#canonical = text
    return text
  }

  #writeContainer(value: JsonObject | readonly JsonValue[]): string {
    const known = this.#constants.get(value)
    if (known !== undefined) {
      this.#canonical = known.canonical
      return known.plain
    }
    const plain = isList(value) ? this.#writeList(value) : this.#writeObject(value)
    if (this.#constants.has(value)) this.#constants.set(value, { plain, canonical: this.#canonical })
    return plain
  }

  #writeList(items: readonly JsonValue[]): string {
    let plain = ''
    let canonical = ''
    for (const item of items) {
      const start = plain === '' ? '[' : ','
      plain += start + this.#write(item)
      canonical += start + this.#canonical
    }
    this.#canonical = plain === '' ? '[]' : `${canonical}]`
    return plain === '' ? '[]' : `${plain}]`
  }

  #writeObject(value: JsonObject): string {
    const names = Object.keys(value)
    const parts: string[] = []
    let plain = ''
    for (const name of names) {
      const start = this.#nameText(name)
      plain += (plain === '' ? '{' : ',') + start + this.#write(value[name]!)
      parts.push(start + this.#canonical)
    }
    sortParts(names, parts)
    this.#canonical = `{${parts.join(',')}}`
    return plain === '' ? '{}' : `${plain}}`
  }

  #nameText(name: string): string {
    const known = this.#names.get(name)
    if (known !== undefined) return known
    const text = `${quote(name)}:`
    this.#names.set(name, text)
    return text
  }
}

/** By name, in UTF-16 code units. Objects have few properties, often nearly in order. */
function sortParts(names: string[], parts: string[]): void {
  for (let index = 1; index < names.length; index += 1) {
    const name = names[index]!
    const part = parts[index]!
    let at = index
    for (; at > 0 && names[at - 1]! > name; at -= 1) {
      names[at] = names[at - 1]!
      parts[at] = parts[at - 1]!
    }
    names[at] = name
    parts[at] = part
  }
}

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value)
