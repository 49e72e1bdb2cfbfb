import type { JsonValue } from '../json.js'
import type { MapNode, Node, ScalarNode } from './document.js'
import type { TargetSettings } from './settings.js'
import type { Range } from './source.js'

/** A call template, read. `call` still holds expressions and directives. */
export interface Template {
  readonly name: string
  readonly source: string
  readonly description?: string
  readonly variables: readonly VariableDeclaration[]
  readonly target: TargetSettings
  /** Name of the template whose variables it inherits and over whose call its own is merged. */
  readonly extends?: ScalarNode
  /** Absent only where `extends` is given. */
  readonly call?: MapNode
}

export interface VariableDeclaration {
  readonly name: string
  readonly range: Range
  readonly schema: VariableSchema
  /** May hold no expression. */
  readonly default?: Node
  readonly defaultValue?: JsonValue
  /** Whether its value may stand in no output, file, log or digest. */
  readonly isSecret: boolean
}

/** The part of JSON Schema in which variables are declared. */
export interface VariableSchema {
  readonly types?: readonly SchemaType[]
  readonly enum?: readonly unknown[]
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly exclusiveMaximum?: number
  readonly multipleOf?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: TextPattern
  readonly format?: string
  readonly minItems?: number
  readonly maxItems?: number
  readonly uniqueItems?: boolean
  readonly items?: VariableSchema
  readonly properties?: Readonly<Record<string, VariableSchema>>
  readonly required?: readonly string[]
  /** False forbids, a schema describes, properties that `properties` does not name. */
  readonly additionalProperties?: boolean | VariableSchema
}

/** A regular expression whose time follows the length of the text. */
export interface TextPattern {
  readonly source: string
  /** Tells what it costs before it does it. */
  test(text: string, spend: (steps: number) => void): boolean
}

export type SchemaType = 'string' | 'number' | 'integer' | 'boolean' | 'null' | 'array' | 'object'
