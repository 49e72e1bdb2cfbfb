import type { JsonValue } from '../../model/json.js'

// A JSON reader that JSON.parse is not: it refuses duplicate keys and `__proto__`, and knows where each key stands.

export class JsonTextError extends Error {
  constructor(
    message: string,
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

const deepest = 64
const scalarForm = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y
const spaceForm = /[ \t\r\n]*/y

interface Cursor {
  readonly text: string
  offset: number
  readonly places: Map<object, Map<string, number>>
}

/** Throws JsonTextError. */
export function parseJsonText(text: string): JsonText {
  const cursor: Cursor = { text, offset: 0, places: new Map() }
  const value = readValue(cursor, 0)
  if (peek(cursor) !== undefined) throw new JsonTextError('something follows the end', cursor.offset)
  return { value, placeOf: (holder, key) => cursor.places.get(holder)?.get(key) }
}

function readValue(cursor: Cursor, depth: number): JsonValue {
  if (depth > deepest) throw new JsonTextError(`nested deeper than ${deepest} levels`, cursor.offset)
  const next = peek(cursor)
  if (next === '{') return readObject(cursor, depth)
  if (next === '[') return readList(cursor, depth)
  if (next === '"') return readString(cursor)
  scalarForm.lastIndex = cursor.offset
  const token = scalarForm.exec(cursor.text)?.[0]
  if (token === undefined) throw unexpected(cursor, 'a value')
  cursor.offset += token.length
  return JSON.parse(token) as JsonValue
}

function readObject(cursor: Cursor, depth: number): JsonValue {
  const object: Record<string, JsonValue> = {}
  const places = new Map<string, number>()
  cursor.places.set(object, places)
  readItems(cursor, '}', () => {
    if (peek(cursor) !== '"') throw unexpected(cursor, 'a key in quotes')
    const start = cursor.offset
    const key = readString(cursor)
    if (key === '__proto__') throw new JsonTextError('the key "__proto__" is not allowed', start)
    if (places.has(key)) throw new JsonTextError(`the key ${JSON.stringify(key)} stands twice`, start)
    places.set(key, start)
    take(cursor, ':')
    object[key] = readValue(cursor, depth + 1)
  })
  return object
}

function readList(cursor: Cursor, depth: number): JsonValue {
  const list: JsonValue[] = []
  const places = new Map<string, number>()
  cursor.places.set(list, places)
  readItems(cursor, ']', () => {
    peek(cursor)
    places.set(String(list.length), cursor.offset)
    list.push(readValue(cursor, depth + 1))
  })
  return list
}

/** The items between brackets; `readItem` reads one. */
function readItems(cursor: Cursor, close: string, readItem: () => void): void {
  cursor.offset++
  if (peek(cursor) === close) {
    cursor.offset++
    return
  }
  for (;;) {
    readItem()
    const next = peek(cursor)
    if (next !== ',' && next !== close) throw unexpected(cursor, `"," or "${close}"`)
    cursor.offset++
    if (next === close) return
  }
}

function readString(cursor: Cursor): string {
  const start = cursor.offset
  let end = start + 1
  while (end < cursor.text.length && cursor.text[end] !== '"') end += cursor.text[end] === '\\' ? 2 : 1
  cursor.offset = end + 1
  try {
    return JSON.parse(cursor.text.slice(start, end + 1)) as string
  } catch {
    const message =
      end >= cursor.text.length
        ? 'a text never ends'
        : 'a text has a character or escape that JSON does not allow'
    throw new JsonTextError(message, start)
  }
}

function take(cursor: Cursor, character: string): void {
  if (peek(cursor) !== character) throw unexpected(cursor, `"${character}"`)
  cursor.offset++
}

/** The next character that is no space; undefined at the end. */
function peek(cursor: Cursor): string | undefined {
  spaceForm.lastIndex = cursor.offset
  cursor.offset += spaceForm.exec(cursor.text)?.[0].length ?? 0
  return cursor.text[cursor.offset]
}

function unexpected(cursor: Cursor, wanted: string): JsonTextError {
  const found = cursor.text[cursor.offset]
  return found === undefined
    ? new JsonTextError(`the file ends where ${wanted} should stand`, cursor.offset)
    : new JsonTextError(`${JSON.stringify(found)} where ${wanted} should stand`, cursor.offset)
}
