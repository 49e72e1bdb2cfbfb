import { isJsonObject, type JsonValue } from '../../model/json.js'
import type { Node } from '../../model/language/document.js'
import type { VariableSchema } from '../../model/language/template.js'
import { hasExpression } from './expression-tree.js'

/** What is known of a value before it exists: enough to check paths into it. */
export type Shape =
  | { readonly kind: 'any' }
  | { readonly kind: 'scalar' }
  | { readonly kind: 'list'; readonly items: Shape }
  | { readonly kind: 'object'; readonly properties: ReadonlyMap<string, Shape> }

export const anyShape: Shape = { kind: 'any' }
const scalarShape: Shape = { kind: 'scalar' }

/** The shape that a declaration promises. An object schema without `properties` says nothing of what is in it. */
export function shapeOfSchema(schema: VariableSchema): Shape {
  const types = (schema.types ?? []).filter((type) => type !== 'null')
  if (types.length !== 1) return anyShape
  if (types[0] === 'array') {
    return { kind: 'list', items: schema.items === undefined ? anyShape : shapeOfSchema(schema.items) }
  }
  if (types[0] !== 'object') return scalarShape
  const isOpen = schema.additionalProperties !== undefined && schema.additionalProperties !== false
  if (schema.properties === undefined || isOpen) return anyShape
  const properties = Object.entries(schema.properties)
  return {
    kind: 'object',
    properties: new Map(properties.map(([name, each]) => [name, shapeOfSchema(each)])),
  }
}

/** The shape of a value that stands in a file. */
export function shapeOfNode(node: Node): Shape {
  if (node.kind === 'scalar') {
    return typeof node.value === 'string' && hasExpression(node.value) ? anyShape : scalarShape
  }
  if (node.kind === 'list') return { kind: 'list', items: joinShapes(node.items.map(shapeOfNode)) }
  if (node.entries.some((entry) => String(entry.key.value).startsWith('$'))) return anyShape
  const properties = node.entries.map((entry) => [String(entry.key.value), shapeOfNode(entry.value)] as const)
  return { kind: 'object', properties: new Map(properties) }
}

/** The shape of a value of data. */
export function shapeOfValue(value: JsonValue): Shape {
  if (Array.isArray(value)) return { kind: 'list', items: joinShapes(value.map(shapeOfValue)) }
  if (!isJsonObject(value)) return scalarShape
  return {
    kind: 'object',
    properties: new Map(Object.entries(value).map(([name, each]) => [name, shapeOfValue(each)])),
  }
}

/** One shape for the items of a list: of objects, every property that any of them has. */
function joinShapes(shapes: readonly Shape[]): Shape {
  const properties = new Map<string, Shape>()
  for (const shape of shapes) {
    if (shape.kind !== 'object')
      return shapes.every((each) => each.kind === 'scalar') ? scalarShape : anyShape
    for (const [name, each] of shape.properties) properties.set(name, each)
  }
  return shapes.length === 0 ? anyShape : { kind: 'object', properties }
}
