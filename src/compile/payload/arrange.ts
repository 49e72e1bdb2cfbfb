import type { CallShapes, PropertyShape } from '../../../schema/shapes.js'
import type { JsonObject, JsonValue } from '../../model/json.js'
import { maximumDepth } from '../yaml/parse-text.js'
import { CallTexts } from './call-texts.js'
import { concreteName } from './canonical.js'

/** An object in canonical order, with what the same walk saw. */
export interface Arranged {
  /** Properties in schema order; those that the schema does not know come last, as they stood. */
  readonly value: JsonObject
  /** No fewer than its formatted text has, in UTF-8. */
  readonly maximumBytes: number
  /** Characters of its texts and names, and some for each value. */
  readonly size: number
  /** Whether a text or name holds a parenthesis, as every placeholder does. */
  readonly mayHoldPlaceholder: boolean
  /** Whether a property stands there that the service sets. */
  readonly holdsReadOnly: boolean
}

/** A value's quotes, indentation and check, in characters. */
const sizeOfValue = 10

/** What a walk counts. */
interface Counts {
  /** Characters of texts and names, and one for each other value. */
  size: number
  values: number
  /** Of objects and lists inside one another. */
  levels: number
  mayHoldPlaceholder: boolean
  holdsReadOnly: boolean
}

/** An object or list that never changes, arranged once. */
interface Constant {
  readonly declared: string | undefined
  readonly value: JsonValue
  readonly counts: Counts
}

interface ArrangedType {
  readonly properties: ReadonlyMap<string, PropertyShape & { readonly position: number }>
  readonly derived?: Readonly<Record<string, string>>
}

/** Arranges the objects of one schema. What is the same in every call, and so the same object, is arranged once. */
export class Arranger {
  readonly #types = new Map<string, ArrangedType>()
  readonly #arranged = new Map<JsonValue, Constant>()
  #counts = startCounts()
  readonly texts = new CallTexts()

  constructor(
    private readonly schema: CallShapes,
    /** In characters of texts and names, and one for each other value. */
    private readonly maximumSize: number,
    private readonly constants: ReadonlySet<JsonValue> = new Set(),
  ) {}

  /**
   * Undefined when it is too large, what it shares counted each time, or too deep: values that hold one another could
   * otherwise unfold without end when they are written out.
   */
  arrange(object: JsonObject): Arranged | undefined {
    this.#counts = startCounts()
    const value = this.#value(object, this.schema.root, 1) as JsonObject
    const { size, values, mayHoldPlaceholder, holdsReadOnly } = this.#counts
    if (this.#isTooLarge()) return undefined
    const maximumBytes = maximumBytesOf(size, values)
    return { value, maximumBytes, size: size + values * sizeOfValue, mayHoldPlaceholder, holdsReadOnly }
  }

  #isTooLarge(): boolean {
    return this.#counts.size > this.maximumSize || this.#counts.levels > maximumDepth
  }

  #value(value: JsonValue, declared: string | undefined, level: number): JsonValue {
    const counts = this.#counts
    if (typeof value === 'object' && value !== null)
      return this.constants.has(value)
        ? this.#constant(value, declared, level)
        : this.#container(value, declared, level)
    counts.values += 1
    counts.size += typeof value === 'string' ? value.length : 1
    if (typeof value === 'string' && value.includes('(')) counts.mayHoldPlaceholder = true
    return value
  }

  #container(
    value: JsonObject | readonly JsonValue[],
    declared: string | undefined,
    level: number,
  ): JsonValue {
    return isList(value) ? this.#list(value, declared, level) : this.#object(value, declared, level)
  }

  #constant(
    given: JsonObject | readonly JsonValue[],
    declared: string | undefined,
    level: number,
  ): JsonValue {
    let constant = this.#arranged.get(given)
    if (constant === undefined || constant.declared !== declared) {
      const outer = this.#counts
      this.#counts = startCounts()
      const value = this.#container(given, declared, 1)
      constant = { declared, value, counts: this.#counts }
      this.#arranged.set(given, constant)
      this.texts.expect(value)
      this.#counts = outer
    }
    this.#add(constant.counts, level)
    return constant.value
  }

  #enter(level: number): void {
    const counts = this.#counts
    counts.values += 1
    counts.size += 1
    if (level > counts.levels) counts.levels = level
  }

  #list(items: readonly JsonValue[], type: string | undefined, level: number): readonly JsonValue[] {
    this.#enter(level)
    let copy: JsonValue[] | undefined
    for (let index = 0; index < items.length && !this.#isTooLarge(); index += 1) {
      const item = this.#value(items[index]!, type, level + 1)
      if (item === items[index]) continue
      copy ??= [...items]
      copy[index] = item
    }
    return copy ?? items
  }

  #add(more: Counts, level: number): void {
    const counts = this.#counts
    counts.size += more.size
    counts.values += more.values
    counts.levels = Math.max(counts.levels, level + more.levels - 1)
    counts.mayHoldPlaceholder ||= more.mayHoldPlaceholder
    counts.holdsReadOnly ||= more.holdsReadOnly
  }

  #object(value: JsonObject, declared: string | undefined, level: number): JsonObject {
    this.#enter(level)
    const type = declared === undefined ? undefined : this.#concrete(value, declared)
    const found: Positioned[] = []
    let last = 0
    let isAsItStands = true
    for (const name of Object.keys(value)) {
      if (this.#isTooLarge()) return value
      const property = type?.properties.get(name)
      const position = property?.position ?? atTheEnd
      this.#countName(name, property)
      const arranged = this.#value(value[name]!, property?.type, level + 1)
      if (position < last || arranged !== value[name]) isAsItStands = false
      last = position
      found.push({ name, position, value: arranged })
    }
    return isAsItStands ? value : inOrder(found)
  }

  #countName(name: string, property: PropertyShape | undefined): void {
    const counts = this.#counts
    counts.size += name.length
    if (property?.readOnly === true) counts.holdsReadOnly = true
    else if (property === undefined && name.includes('(')) counts.mayHoldPlaceholder = true
  }

  #concrete(value: JsonObject, declared: string): ArrangedType {
    const type = this.#typeOf(declared)
    const name = type.derived && concreteName(value, type.derived)
    return name === undefined ? type : this.#typeOf(name)
  }

  #typeOf(name: string): ArrangedType {
    const known = this.#types.get(name)
    if (known !== undefined) return known
    const { properties = {}, derived } = this.schema.types[name] ?? {}
    const entries = Object.entries(properties).map(
      ([key, each], position) => [key, { ...each, position }] as const,
    )
    const type = { properties: new Map(entries), ...(derived !== undefined && { derived }) }
    this.#types.set(name, type)
    return type
  }
}

const atTheEnd = Number.MAX_SAFE_INTEGER

interface Positioned {
  readonly name: string
  readonly position: number
  readonly value: JsonValue
}

/** Objects have few properties, often nearly in order. */
function inOrder(found: Positioned[]): JsonObject {
  for (let index = 1; index < found.length; index += 1) {
    const each = found[index]!
    let at = index
    for (; at > 0 && found[at - 1]!.position > each.position; at -= 1) found[at] = found[at - 1]!
    found[at] = each
  }
  const ordered: Record<string, JsonValue> = {}
  for (const { name, value } of found) ordered[name] = value
  return ordered
}

const startCounts = (): Counts => ({
  size: 0,
  values: 0,
  levels: 0,
  mayHoldPlaceholder: false,
  holdsReadOnly: false,
})

/** A character is written as `\u0000` at the longest; a value has a line of its own, and perhaps one that closes it. */
const maximumBytesOf = (size: number, values: number): number =>
  6 * size + values * 2 * (2 * maximumDepth + 32)

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value)
