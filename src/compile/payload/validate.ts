// This file alone touches ajv's output.

import type { CallShapes } from '../../../schema/shapes.js'
import type { SchemaError, Validate } from '../../../schema/validators.js'
import type { GraphTarget } from '../../model/call.js'
import type { DiagnosticCode } from '../../model/diagnostics/diagnostic-codes.js'
import { plain, quote, type Words } from '../../model/diagnostics/wording.js'
import { isJsonObject, type JsonObject, type JsonValue } from '../../model/json.js'
import { pointerToken, tokensOf } from '../../model/pointer.js'
import { suggestionFor } from '../../model/words/suggest.js'
import { callSchemas, type SchemaName, schemaNameOf } from './call-schemas.js'
import { concreteShape } from './canonical.js'

/** What the schema has against a payload, with the JSON Pointer of the place. */
export interface SchemaProblem {
  readonly code: DiagnosticCode
  readonly pointer: string
  /** Whether the property's name, not its value, is meant. */
  readonly isAboutName: boolean
  readonly message: Words
  readonly hint?: Words
}

export function validate(call: JsonObject, target: GraphTarget): readonly SchemaProblem[] {
  const name = schemaNameOf(target)
  const { validateCall, shapes } = callSchemas[name]()
  return validateWith(validateCall, call, { shapes, words: schemaWords[name] })
}

/** As validate, for another object than a call. */
export function validateWith(
  validator: Validate,
  value: JsonObject,
  schema: NamedSchema,
): readonly SchemaProblem[] {
  if (validator(value)) return []
  return (validator.errors ?? []).map((error) => describe(error, value, schema))
}

export interface NamedSchema {
  readonly shapes: CallShapes
  /** For people: `v1.0`, `beta of 2018`. */
  readonly words: string
}

function describe(error: SchemaError, call: JsonObject, schema: NamedSchema): SchemaProblem {
  const { instancePath: pointer, params } = error
  const plain = { pointer, isAboutName: false }
  switch (error.keyword) {
    case 'additionalProperties':
      return unknownProperty(error, call, schema)
    case 'required':
      return {
        ...plain,
        code: 'schema/required',
        message: quote`The property ${String(params['missingProperty'])} is missing.`,
      }
    case 'discriminator':
      return discriminator(error, call, schema.shapes)
    case 'enum': {
      const values = (params['allowedValues'] as readonly string[]).filter(
        (value) => value !== 'unknownFutureValue',
      )
      const value = String(valueAt(call, pointer))
      const hint =
        suggestionFor(value, values) ?? `It is one of ${values.map((each) => `\`${each}\``).join(', ')}.`
      return {
        ...plain,
        code: 'schema/enum',
        message: quote`Graph does not know the value ${value} here.`,
        hint,
      }
    }
    case 'type':
      return {
        ...plain,
        code: 'schema/type',
        message: `This must be ${typeWords[String(params['type'])] ?? params['type']}.`,
      }
    default:
      return {
        ...plain,
        code: 'schema/range',
        message: `This is limited: ${limitWords[error.keyword] ?? error.keyword} ${params['limit']}.`,
      }
  }
}

const typeWords: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
}

const limitWords: Readonly<Record<string, string>> = {
  minimum: 'at least',
  maximum: 'at most',
  maxItems: 'in number of items at most',
  minItems: 'in number of items at least',
  maxLength: 'in characters at most',
}

function unknownProperty(error: SchemaError, call: JsonObject, schema: NamedSchema): SchemaProblem {
  const name = String(error.params['additionalProperty'])
  const known = Object.keys(typeAt(call, error.instancePath, schema.shapes)?.properties ?? {})
  const hint = suggestionFor(name, known)
  return {
    code: 'schema/unknown-property',
    pointer: `${error.instancePath}/${pointerToken(name)}`,
    isAboutName: true,
    message: quote`Graph has no property ${name} here (${plain(schema.words)}).`,
    ...(hint !== undefined && { hint }),
  }
}

const schemaWords: Readonly<Record<SchemaName, string>> = {
  seed: 'beta of 2018',
  beta: 'beta',
  'v1.0': 'v1.0',
}

function discriminator(error: SchemaError, call: JsonObject, schema: CallShapes): SchemaProblem {
  const types = Object.keys(typeAt(call, error.instancePath, schema)?.derived ?? {})
  const names = types.map((name) => `#microsoft.graph.${name}`)
  const hint = `It is one of ${names.map((name) => `\`${name}\``).join(', ')}.`
  const isAbsent = error.params['error'] === 'tag'
  const value = String(error.params['tagValue'])
  return {
    code: 'schema/discriminator',
    pointer: isAbsent ? error.instancePath : `${error.instancePath}/@odata.type`,
    isAboutName: false,
    message: isAbsent ? 'This object needs `@odata.type`.' : quote`${value} cannot stand here.`,
    hint: isAbsent ? hint : (suggestionFor(value, names) ?? hint),
  }
}

/** The declared type of the object at a pointer, following `@odata.type` on the way. */
function typeAt(call: JsonObject, pointer: string, schema: CallShapes) {
  let shape = schema.types[schema.root]
  let value: JsonValue | undefined = call
  for (const token of tokensOf(pointer)) {
    if (Array.isArray(value)) value = (value as readonly JsonValue[])[Number(token)]
    else if (isJsonObject(value)) {
      const type: string | undefined = concreteShape(value, shape, schema)?.properties[token]?.type
      shape = type === undefined ? undefined : schema.types[type]
      value = value[token]
    }
  }
  const concrete = isJsonObject(value) ? concreteShape(value, shape, schema) : shape
  return concrete
}

function valueAt(call: JsonValue, pointer: string): JsonValue | undefined {
  let value: JsonValue | undefined = call
  for (const token of tokensOf(pointer)) {
    if (Array.isArray(value)) value = (value as readonly JsonValue[])[Number(token)]
    else value = isJsonObject(value) && Object.hasOwn(value, token) ? value[token] : undefined
  }
  return value
}
