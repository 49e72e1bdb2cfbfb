import { createHash } from 'node:crypto'
import type { CallShapes, TypeShape } from '../../schema/shapes.generated.js'
import { isJsonObject, type JsonObject, type JsonValue } from '../model/json.js'

/** The call with its properties in schema order; those that the schema does not know come last, as they stood. */
export const orderCall = (call: JsonObject, schema: CallShapes): JsonObject =>
  orderObject(call, schema.types[schema.root], schema)

function orderObject(value: JsonObject, shape: TypeShape | undefined, schema: CallShapes): JsonObject {
  const concrete = concreteShape(value, shape, schema)
  if (concrete === undefined) return value
  const ordered: Record<string, JsonValue> = {}
  for (const [name, property] of Object.entries(concrete.properties)) {
    if (!Object.hasOwn(value, name)) continue
    const type = property.type === undefined ? undefined : schema.types[property.type]
    ordered[name] = orderValue(value[name]!, type, schema)
  }
  for (const [name, each] of Object.entries(value)) if (!Object.hasOwn(ordered, name)) ordered[name] = each
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
export const digestOf = (value: JsonValue): string =>
  createHash('sha256').update(canonicalText(value), 'utf8').digest('hex')

/** RFC 8785: names sorted by UTF-16 code unit, no white space; JavaScript's own forms of numbers and text. */
export function canonicalText(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`
  if (!isJsonObject(value)) return JSON.stringify(value)
  const names = Object.keys(value).sort()
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonicalText(value[name]!)}`).join(',')}}`
}
