// The nouns of callctl: types and tiny constructors. This folder imports nothing and does nothing.

import { tokensOf } from './pointer.js'

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject
export interface JsonObject {
  readonly [key: string]: JsonValue
}

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether a JSON Pointer leads to a value. */
export function hasValueAt(root: JsonValue, pointer: string): boolean {
  let value: JsonValue | undefined = root
  for (const name of tokensOf(pointer)) {
    const isHolder = Array.isArray(value) ? /^(?:0|[1-9]\d*)$/.test(name) : isJsonObject(value)
    if (!isHolder || !Object.hasOwn(value as object, name)) return false
    value = (value as JsonObject)[name]
  }
  return true
}
