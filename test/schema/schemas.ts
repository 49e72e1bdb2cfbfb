// The checked-in schemas as data, read once a test.
import { readJson, type Version } from './bodies.js'

export interface Reference {
  readonly $ref?: string
  readonly type?: string | readonly string[]
}
export interface Property extends Reference {
  readonly description?: string
  readonly readOnly?: boolean
  readonly 'x-callctl-person'?: string
  readonly enum?: readonly string[]
  readonly items?: Reference
  readonly maxItems?: number
  readonly if?: Reference
  readonly else?: Reference
  readonly allOf?: readonly Reference[]
}
export interface ObjectShape {
  readonly properties: Readonly<Record<string, Property>>
  readonly required?: readonly string[]
  readonly additionalProperties: boolean
}
export interface Definition extends Partial<ObjectShape> {
  readonly description?: string
  readonly enum?: readonly string[]
  readonly oneOf?: readonly Reference[]
  readonly then?: { readonly oneOf: readonly Reference[] }
  readonly else?: ObjectShape
}
export interface CallSchema {
  readonly $schema: string
  readonly definitions: Readonly<Record<string, Definition>>
}

export function readSchema(version: Version): CallSchema {
  return readJson<CallSchema>('schema', `call-${version}.json`)
}

/** The properties of a concrete type: of its `else` where derived types can stand in for it. */
export function ownShape(definition: Definition): ObjectShape {
  return definition.else ?? (definition as ObjectShape)
}

export function objectTypes({ definitions }: CallSchema): [string, Definition][] {
  return Object.entries(definitions).filter(([, definition]) => definition.enum === undefined)
}

export function concreteTypes(schema: CallSchema): [string, ObjectShape][] {
  const concrete = objectTypes(schema).filter(([, definition]) => definition.oneOf === undefined)
  return concrete.map(([name, definition]) => [name, ownShape(definition)])
}

export function isListed(property: Property): boolean {
  return property.items !== undefined
}
