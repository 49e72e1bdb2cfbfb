import { printParseErrorCode, visit } from 'jsonc-parser'
import type { JsonValue } from '../json.js'

// JSON as JSON.parse does not read it: without duplicate keys and `__proto__`, and with the place of each key.

export class JsonTextError extends Error {
  constructor(
    message: string,
    /** In UTF-16 units. */
    readonly offset: number,
  ) {
    super(message)
    this.name = 'JsonTextError'
  }
}

export interface JsonText {
  readonly value: JsonValue
  /** Where a key of an object, or an item of a list, stands in the text. */
  placeOf(holder: object, key: string): number | undefined
}

/** Throws JsonTextError. Nesting is limited to 64 levels. */
export function parseJsonText(text: string): JsonText {
  const places = new Map<object, Map<string, number>>()
  const root: JsonValue[] = []
  const open: Holder[] = [{ value: root, key: '0' }]
  places.set(root, new Map())
  visitJson(text, 64, {
    onBegin: (value, offset) => {
      put(value, offset, open, places)
      places.set(value, new Map())
      open.push({ value, key: '' })
    },
    onKey: (key, offset) => {
      const holder = open.at(-1)!
      const keys = places.get(holder.value)!
      if (key === '__proto__') throw new JsonTextError('the key "__proto__" is not allowed', offset)
      if (keys.has(key)) throw new JsonTextError(`the key ${JSON.stringify(key)} stands twice`, offset)
      keys.set(key, offset)
      holder.key = key
    },
    onEnd: () => open.pop(),
    onScalar: (value, offset) => put(value, offset, open, places),
  })
  return { value: root[0]!, placeOf: (holder, key) => places.get(holder)?.get(key) }
}

/** A list or object that is being read, and the key of what comes next in an object. */
interface Holder {
  readonly value: JsonValue[] | Record<string, JsonValue>
  key: string
}

function put(
  value: JsonValue,
  offset: number,
  open: readonly Holder[],
  places: ReadonlyMap<object, Map<string, number>>,
): void {
  const { value: holder, key } = open.at(-1)!
  if (!Array.isArray(holder)) holder[key] = value
  else {
    places.get(holder)?.set(String(holder.length), offset)
    holder.push(value)
  }
}

/** Where a text stops being JSON; its end where it is JSON, or ends too early. A byte order mark may begin it. */
export function findJsonFault(text: string): number {
  const start = text.startsWith('\ufeff') ? 1 : 0
  try {
    visitJson(text.slice(start), 512, {})
    return text.length
  } catch (error) {
    if (error instanceof JsonTextError) return start + error.offset
    throw error
  }
}

interface Visitor {
  readonly onBegin?: (value: JsonValue[] | Record<string, JsonValue>, offset: number) => void
  readonly onKey?: (key: string, offset: number) => void
  readonly onEnd?: () => void
  readonly onScalar?: (value: JsonValue, offset: number) => void
}

/** The parser goes on after a fault, and calls itself for each level: both end here, at the first. */
function visitJson(text: string, deepest: number, { onBegin, onKey, onEnd, onScalar }: Visitor): void {
  let depth = 0
  let isWhole = false
  const begin = (value: JsonValue[] | Record<string, JsonValue>, offset: number): void => {
    depth += 1
    if (depth > deepest) throw new JsonTextError(`nested deeper than ${deepest} levels`, offset)
    onBegin?.(value, offset)
  }
  const end = (): void => {
    depth -= 1
    isWhole = depth === 0
    onEnd?.()
  }
  visit(
    text,
    {
      onObjectBegin: (offset) => begin({}, offset),
      onArrayBegin: (offset) => begin([], offset),
      onObjectProperty: (key, offset) => onKey?.(key, offset),
      onObjectEnd: end,
      onArrayEnd: end,
      onLiteralValue: (value: JsonValue, offset) => {
        isWhole = depth === 0
        onScalar?.(value, offset)
      },
      onError: (code, offset) => {
        const message = isWhole
          ? 'something follows the end'
          : describe(printParseErrorCode(code), text[offset])
        throw new JsonTextError(message, offset)
      },
    },
    { disallowComments: true },
  )
}

const wanted: Readonly<Record<string, string>> = {
  PropertyNameExpected: 'a key in quotes',
  ColonExpected: '":"',
  CommaExpected: '"," or an end',
  CloseBraceExpected: '"," or "}"',
  CloseBracketExpected: '"," or "]"',
}

function describe(code: string, found: string | undefined): string {
  if (code === 'UnexpectedEndOfString') return 'a text never ends'
  if (/^Invalid(?:Character|Unicode|Escape)/.test(code))
    return 'a text has a character or escape that JSON does not allow'
  const what = wanted[code] ?? 'a value'
  return found === undefined
    ? `the file ends where ${what} should stand`
    : `${JSON.stringify(found)} where ${what} should stand`
}
