// A finished call as JSON: its order, its canonical text and digest, what Graph's schema and the lints say of it, and
// whom it touches. Knows nothing of the files that it came from: whoever calls finds the lines.

import type { CallShapes, TypeShape } from '../../../schema/shapes.js'
import { isJsonObject, type JsonObject, type JsonValue } from '../../model/json.js'

/** The type that an object's `@odata.type` names, or else the declared one. */
export function concreteShape(
  value: JsonObject,
  shape: TypeShape | undefined,
  schema: CallShapes,
): TypeShape | undefined {
  const name = shape?.derived && concreteName(value, shape.derived)
  return name === undefined ? shape : schema.types[name]
}

/** The name of that type; undefined when the tag is none of a table's. */
export function concreteName(
  value: JsonObject,
  derived: Readonly<Record<string, string>>,
): string | undefined {
  const tag = value['@odata.type']
  if (typeof tag !== 'string') return undefined
  const name = tag.replace(/^#?(?:microsoft\.graph\.)?/, '')
  return Object.hasOwn(derived, name) ? derived[name] : undefined
}

/** What reviewers read and what is sent: two spaces, a newline at the end. */
export const formatCall = (call: JsonObject): string => `${JSON.stringify(call, null, 2)}\n`

/** SHA-256 (hex) of the RFC 8785 form. */
export const digestOf = (value: JsonValue): string => digestOfText(canonicalText(value))

export function digestOfText(canonical: string): string {
  const { sha256 } = require('../base/hash.js') as typeof import('../base/hash.js')
  return sha256(canonical)
}

/** RFC 8785: names sorted by UTF-16 code unit, no white space; JavaScript's own forms of numbers and text. */
export function canonicalText(value: JsonValue): string {
  if (typeof value === 'string') return quote(value)
  if (Array.isArray(value)) return canonicalList(value)
  if (!isJsonObject(value)) return JSON.stringify(value)
  let text = ''
  for (const name of Object.keys(value).sort()) {
    text += `${text === '' ? '{' : ','}${quote(name)}:${canonicalText(value[name]!)}`
  }
  return text === '' ? '{}' : `${text}}`
}

function canonicalList(items: readonly JsonValue[]): string {
  let text = ''
  for (const item of items) text += `${text === '' ? '[' : ','}${canonicalText(item)}`
  return text === '' ? '[]' : `${text}]`
}

/** Printable ASCII without quote and backslash, which JSON writes as it stands. */
const plain = /^[ !#-[\]-~]*$/

export const quote = (text: string): string => (plain.test(text) ? `"${text}"` : JSON.stringify(text))
