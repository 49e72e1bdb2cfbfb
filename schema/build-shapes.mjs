// Turns the call schemas into tables of types for run-time use without ajv. Pure.
import { withCallTypes } from './build-operations.mjs'

const NAMESPACE = /^#?microsoft\.graph\./

/** The statement that exports the types of a version's call as `shapes`. */
export function exportShapes(schema) {
  return exportConstant('shapes', { root: 'call', types: typeTable(schema.definitions, schema) })
}

/** The statement that exports, as `bodyTypes`, version to the types of operations' bodies, without those of calls. */
export function exportBodyTypes(schemas, operations) {
  const bodies = withCallTypes(operations, schemas)
  const tables = Object.entries(operations).map(([version, { definitions }]) => [
    version,
    typeTable(definitions, bodies[version]),
  ])
  return exportConstant('bodyTypes', Object.fromEntries(tables))
}

// JavaScript reads a string many times faster than so many objects.
const exportConstant = (name, value) =>
  `export const ${name}=JSON.parse('${JSON.stringify(value).replace(/[\\']/g, '\\$&')}')\n`

function typeTable(own, { definitions }) {
  const objects = Object.entries(own).filter(([, definition]) => definition.enum === undefined)
  return Object.fromEntries(
    objects.map(([name, definition]) => [name, typeShape(name, definition, definitions)]),
  )
}

// An abstract type is a bare oneOf; a concrete one with derivations has itself in `else`.
function typeShape(name, definition, definitions) {
  const branches = definition.oneOf ?? definition.then?.oneOf
  const own = definition.else ?? definition
  return {
    properties: mapValues(own.properties ?? {}, (property) => propertyShape(property, definitions)),
    ...(branches ? { derived: derivedTypes(name, branches, definitions) } : {}),
    ...(definition.oneOf ? { abstract: true } : {}),
  }
}

function derivedTypes(name, branches, definitions) {
  const others = branches.map(typeName).filter((branch) => branch !== name)
  return Object.fromEntries(
    others.flatMap((other) => tagNames(definitions[other]).map((tag) => [tag, other])),
  )
}

function tagNames(definition) {
  const { properties } = definition.else ?? definition
  return [...new Set(properties['@odata.type'].enum.map((tag) => tag.replace(NAMESPACE, '')))]
}

function propertyShape(property, definitions) {
  const value = property.items ?? property
  const ref = value.$ref ?? value.else?.$ref ?? value.allOf?.[0].$ref
  const target = ref === undefined ? undefined : definitions[typeName({ $ref: ref })]
  return {
    ...(target && !target.enum ? { type: typeName({ $ref: ref }) } : {}),
    ...(property.items ? { list: true } : {}),
    ...(property.readOnly ? { readOnly: true } : {}),
    ...(property['x-callctl-person'] ? { person: property['x-callctl-person'] } : {}),
    ...(target?.enum ? { values: target.enum } : {}),
  }
}

// '#/definitions/identity/else' is the type identity without its derivations.
function typeName({ $ref }) {
  return $ref.split('/')[2]
}

function mapValues(record, change) {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]))
}
