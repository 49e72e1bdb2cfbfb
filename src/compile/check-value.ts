import { isJsonObject, type JsonValue } from '../model/json.js'
import type { SchemaType, VariableSchema } from '../model/template.js'
import { maximumPatternText } from './pattern.js'
import { isPlaceholder } from './placeholders.js'

/** What is wrong with a value, and where inside it. */
export interface ValueProblem {
  readonly path: readonly (string | number)[]
  readonly message: string
}

/** Checks a variable's value against its declaration. One message for one mistake. */
export function checkValue(value: JsonValue, schema: VariableSchema): readonly ValueProblem[] {
  const problems: ValueProblem[] = []
  check(value, schema, [], problems)
  return problems
}

/** To the value that is checked: changed on the way down and back, so whoever keeps it copies it. */
type Path = (string | number)[]

function check(value: JsonValue, schema: VariableSchema, path: Path, problems: ValueProblem[]): void {
  const message = typeProblem(value, schema) ?? contentProblem(value, schema)
  if (message !== undefined) problems.push({ path: [...path], message })
  else if (Array.isArray(value)) checkItems(value, schema, path, problems)
  else if (isJsonObject(value)) checkProperties(value, schema, path, problems)
}

function typeProblem(value: JsonValue, schema: VariableSchema): string | undefined {
  if (schema.types === undefined || schema.types.some((type) => hasType(value, type))) return undefined
  return `must be ${schema.types.map((type) => typeWords[type]).join(' or ')}, not ${describe(value)}`
}

const typeWords: Record<SchemaType, string> = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  null: 'null',
  array: 'a list',
  object: 'a map',
}

export function hasType(value: JsonValue, type: SchemaType): boolean {
  if (type === 'null') return value === null
  if (type === 'array') return Array.isArray(value)
  if (type === 'object') return isJsonObject(value)
  if (type === 'integer') return Number.isInteger(value)
  return typeof value === type
}

function describe(value: JsonValue): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  return { string: 'text', number: 'a number', boolean: 'true or false' }[typeof value as string] ?? 'a map'
}

function contentProblem(value: JsonValue, schema: VariableSchema): string | undefined {
  if (
    schema.enum !== undefined &&
    !schema.enum.some((each) => JSON.stringify(each) === JSON.stringify(value))
  ) {
    return `must be ${schema.enum.map((each) => JSON.stringify(each)).join(' or ')}`
  }
  if (typeof value === 'string') return textProblem(value, schema)
  if (typeof value === 'number') return numberProblem(value, schema)
  return undefined
}

function textProblem(value: string, schema: VariableSchema): string | undefined {
  // What is not known yet, or may not be looked at, is not measured.
  if (isPlaceholder(value)) return undefined
  // Units are no fewer than characters, and no more than twice as many.
  const { minLength = 0, maxLength = value.length } = schema
  const isPlainlyWithin = value.length >= 2 * minLength && value.length <= maxLength
  const length = isPlainlyWithin ? value.length : [...value].length
  if (length < minLength) return `must have at least ${minLength} characters, not ${length}`
  if (length > maxLength) return `must have at most ${maxLength} characters, not ${length}`
  if (schema.pattern !== undefined) {
    if (value.length > maximumPatternText)
      return `must have at most ${maximumPatternText} characters, as it has a pattern`
    if (!new RegExp(schema.pattern, 'u').test(value)) return `must match ${schema.pattern}`
  }
  const format = schema.format === undefined ? undefined : formatChecks[schema.format]
  return format === undefined || format.test(value) ? undefined : `must be ${format.words}`
}

const formatChecks: Readonly<Record<string, { words: string; test(value: string): boolean }>> = {
  uuid: form('a UUID', /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i),
  uri: { words: 'a URL', test: (value) => URL.canParse(value) },
  email: form('an e-mail address', /^[^\s@]{1,64}@[^\s@]{1,255}$/),
  date: { words: 'a date such as 2026-03-01', test: (value) => isDate(value) },
  'date-time': { words: 'a time such as 2026-03-01T12:00:00Z', test: (value) => isDateTime(value) },
  e164: form('a phone number such as +14255550100', /^\+[1-9]\d{6,14}$/),
}

function form(words: string, pattern: RegExp): { words: string; test(value: string): boolean } {
  return { words, test: (value) => pattern.test(value) }
}

const isDate = (value: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(value) &&
  !Number.isNaN(Date.parse(value)) &&
  new Date(value).toISOString().startsWith(value)

const isDateTime = (value: string): boolean =>
  /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/.test(value) &&
  isDate(value.slice(0, 10)) &&
  !Number.isNaN(Date.parse(value.toUpperCase()))

function numberProblem(value: number, schema: VariableSchema): string | undefined {
  if (value < (schema.minimum ?? value)) return `must be at least ${schema.minimum}`
  if (value > (schema.maximum ?? value)) return `must be at most ${schema.maximum}`
  if (schema.exclusiveMinimum !== undefined && value <= schema.exclusiveMinimum)
    return `must be over ${schema.exclusiveMinimum}`
  if (schema.exclusiveMaximum !== undefined && value >= schema.exclusiveMaximum)
    return `must be under ${schema.exclusiveMaximum}`
  const isOff = schema.multipleOf !== undefined && !Number.isInteger(value / schema.multipleOf)
  return isOff ? `must be a multiple of ${schema.multipleOf}` : undefined
}

function checkItems(
  values: readonly JsonValue[],
  schema: VariableSchema,
  path: Path,
  problems: ValueProblem[],
): void {
  const { minItems = 0, maxItems = values.length } = schema
  if (values.length < minItems)
    problems.push({ path: [...path], message: `must have at least ${minItems} items, not ${values.length}` })
  if (values.length > maxItems)
    problems.push({ path: [...path], message: `must have at most ${maxItems} items, not ${values.length}` })
  const seen = schema.uniqueItems === true ? new Set<string>() : undefined
  for (const [index, value] of values.entries()) {
    if (seen !== undefined) {
      const text = JSON.stringify(value)
      if (seen.has(text)) problems.push({ path: [...path, index], message: 'stands in the list already' })
      seen.add(text)
    }
    if (schema.items === undefined) continue
    path.push(index)
    check(value, schema.items, path, problems)
    path.pop()
  }
}

function checkProperties(
  value: Readonly<Record<string, JsonValue>>,
  schema: VariableSchema,
  path: Path,
  problems: ValueProblem[],
): void {
  for (const name of schema.required ?? []) {
    if (!Object.hasOwn(value, name))
      problems.push({ path: [...path], message: `needs the property \`${name}\`` })
  }
  for (const name of Object.keys(value)) {
    const known =
      schema.properties !== undefined && Object.hasOwn(schema.properties, name)
        ? schema.properties[name]
        : undefined
    const rule = known ?? schema.additionalProperties
    if (rule === false) problems.push({ path: [...path, name], message: `has no property \`${name}\`` })
    else if (typeof rule === 'object') {
      path.push(name)
      check(value[name]!, rule, path, problems)
      path.pop()
    }
  }
}
