import type { CallShapes, TypeShape } from '../../schema/shapes.generated.js'
import { isJsonObject, type JsonObject, type JsonValue } from '../model/json.js'

/** The call with its properties in schema order; those that the schema does not know come last, as they stood. */
export const orderCall = (call: JsonObject, schema: CallShapes): JsonObject =>
  orderObject(call, schema.types[schema.root], schema)

function orderObject(value: JsonObject, shape: TypeShape | undefined, schema: CallShapes): JsonObject {
  const concrete = concreteShape(value, shape, schema)
  if (concrete === undefined) return value
  const { properties } = concrete
  const ordered: Record<string, JsonValue> = {}
  for (const name of Object.keys(properties)) {
    if (!Object.hasOwn(value, name)) continue
    const type = properties[name]!.type
    ordered[name] = orderValue(value[name]!, type === undefined ? undefined : schema.types[type], schema)
  }
  for (const name of Object.keys(value)) if (!Object.hasOwn(properties, name)) ordered[name] = value[name]!
  return ordered
}

function orderValue(value: JsonValue, shape: TypeShape | undefined, schema: CallShapes): JsonValue {
  if (Array.isArray(value)) return value.map((item) => orderValue(item, shape, schema))
  return isJsonObject(value) ? orderObject(value, shape, schema) : value
}

/** The type that an object's `@odata.type` names, or else the declared one. */
export function concreteShape(
  value: JsonObject,
  shape: TypeShape | undefined,
  schema: CallShapes,
): TypeShape | undefined {
  const tag = value['@odata.type']
  if (shape?.derived === undefined || typeof tag !== 'string') return shape
  const derived = shape.derived[tag.replace(/^#/, '').replace(/^microsoft\.graph\./, '')]
  return derived === undefined ? shape : schema.types[derived]
}

/** What reviewers read and what is sent: two spaces, a newline at the end. */
export const formatCall = (call: JsonObject): string => `${JSON.stringify(call, null, 2)}\n`

/** SHA-256 (hex) of the RFC 8785 form. */
export function digestOf(value: JsonValue): string {
  const { sha256 } = require('./hash.js') as typeof import('./hash.js')
  return sha256(canonicalText(value))
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

const quote = (text: string): string => (plain.test(text) ? `"${text}"` : JSON.stringify(text))
