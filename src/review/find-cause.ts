import { isJsonObject, type JsonObject, type JsonValue } from '../model/json.js'
import type { Range } from '../model/language/source.js'
import type { Origin } from '../model/payload.js'
import { pointerToken } from '../model/pointer.js'
import type { Cause, CauseVariable, Location } from '../model/review.js'
import type { ValueChange } from './compare-values.js'
import { Places } from './places.js'
import type { Revision } from './revision.js'

export type Trace = (pointer: string) => Origin | undefined

/** Of a change of an item or object, so many values within are looked at. */
const mostLeaves = 24

/** A longer line is named and not repeated: behind a hundred thousand changes it would fill the memory. */
const longestLine = 2000

/** Finds the line behind a change of a value. The same line is the same object, however many calls it changed. */
export class Causes {
  readonly base: Places
  readonly head: Places
  readonly #known = new Map<string, Cause>()
  /** By line: one line may be all of a file, and stand behind every call. */
  readonly #touched = new Map<string, boolean>()

  constructor(base: Pick<Revision, 'sources'>, head: Pick<Revision, 'sources'>) {
    this.base = new Places(base.sources)
    this.head = new Places(head.sources)
  }

  /** `trace` is of the revision that has the value: base for what is gone, else head. */
  find(change: ValueChange, trace: Trace): Cause | undefined {
    const revision = change.kind === 'removed' ? 'base' : 'head'
    const value = change.kind === 'removed' ? change.before! : change.after!
    const origins: Origin[] = []
    for (const pointer of pointersIn(change.pointer, value)) {
      const origin = trace(pointer)
      if (origin === undefined) continue
      const touched = rangesOf(origin).find((range) => this.#isTouched(range, revision))
      if (touched !== undefined) return this.#create(origin, touched, revision)
      origins.push(origin)
    }
    return this.#guess(origins, value, revision)
  }

  /** Where no line was touched, as when one was copied or moved: of an item that came of a list, the line in the list. */
  #guess(origins: readonly Origin[], value: JsonValue, revision: Cause['revision']): Cause | undefined {
    const [own] = origins
    const spelled = isNested(value) ? origins.find(({ variables }) => variables.at(-1)?.range) : undefined
    const range = spelled?.variables.at(-1)?.range ?? own?.range
    return own && range && this.#create(spelled ?? own, range, revision)
  }

  /** The lines through which the values at these pointers came. */
  linesOf(pointers: readonly string[], trace: Trace, revision: Cause['revision']): readonly string[] {
    const origins = pointers.map(trace).filter((origin) => origin !== undefined)
    return origins.flatMap(rangesOf).map((range) => keyOfLine(revision, this[revision].placeOf(range)))
  }

  /** Whether the line is one that the other revision's file does not have. */
  #isTouched(range: Range, revision: Cause['revision']): boolean {
    const [own, other] = revision === 'head' ? [this.head, this.base] : [this.base, this.head]
    const place = own.placeOf(range)
    const key = keyOfLine(revision, place)
    const isTouched = this.#touched.get(key) ?? !other.hasLine(range.source, own.lineAt(place))
    this.#touched.set(key, isTouched)
    return isTouched
  }

  #create({ variables }: Origin, range: Range, revision: Cause['revision']): Cause {
    const places = this[revision]
    const place = places.placeOf(range)
    const chain = variables.map(
      ({ name, level, range: at }): CauseVariable => ({
        name,
        level,
        ...(at !== undefined && { place: places.placeOf(at) }),
      }),
    )
    const key = [revision, formatPlace(place), ...chain.map(describeVariable)].join('\n')
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const text = places.lineAt(place)
    const isShort = text.length <= longestLine
    const cause: Cause = { revision, place, ...(isShort && { text }), variables: chain }
    this.#known.set(key, cause)
    return cause
  }
}

const rangesOf = ({ range, variables }: Origin): readonly Range[] => [
  range,
  ...variables.flatMap((variable) => variable.range ?? []),
]

const isNested = (value: JsonValue): value is JsonObject | readonly JsonValue[] =>
  Array.isArray(value) || isJsonObject(value)

/** The value's own pointer, then those of the first values in it. */
function pointersIn(pointer: string, value: JsonValue): readonly string[] {
  const found: string[] = [pointer]
  const visit = (at: string, each: JsonValue): void => {
    if (found.length > mostLeaves) return
    if (!isNested(each)) {
      if (at !== pointer) found.push(at)
      return
    }
    for (const [name, inner] of Object.entries(each)) {
      visit(`${at}/${pointerToken(name)}`, inner as JsonValue)
    }
  }
  visit(pointer, value)
  return found
}

/** `base calls/a.yaml:3`. */
export const keyOfLine = (revision: Cause['revision'], { file, line }: Location): string =>
  `${revision} ${file}:${line}`

export const formatPlace = ({ file, line, column }: Location): string => `${file}:${line}:${column}`

const describeVariable = ({ name, level, place }: CauseVariable): string =>
  `${name} ${level} ${place === undefined ? '' : formatPlace(place)}`
