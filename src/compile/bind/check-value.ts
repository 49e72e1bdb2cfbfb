import { quote, type Words } from '../../model/diagnostics/wording.js'
import { isJsonObject, type JsonValue } from '../../model/json.js'
import type { SchemaType, VariableSchema } from '../../model/language/template.js'
import { costs } from '../base/costs.js'
import { holdsStandIn, isPlaceholder } from '../yaml/placeholders.js'

/** What is wrong with a value, and where inside it. */
export interface ValueProblem {
  readonly path: readonly (string | number)[]
  readonly message: Words
}

/** Checks a variable's value against its declaration. One message for one mistake, and so many for one value. */
export function checkValue(
  value: JsonValue,
  schema: VariableSchema,
  spend: Spend = () => {},
): readonly ValueProblem[] {
  const checked: Checking = { path: [], problems: [], spend }
  check(value, schema, checked)
  return checked.problems
}

const mostProblems = 1000

/** Counts work of the run. */
type Spend = (steps: number) => void

interface Checking {
  /** To the value that is checked: changed on the way down and back, so whoever keeps it copies it. */
  readonly path: (string | number)[]
  readonly problems: ValueProblem[]
  readonly spend: Spend
}

function check(value: JsonValue, schema: VariableSchema, checking: Checking): void {
  checking.spend(costs.value)
  const message = typeProblem(value, schema) ?? contentProblem(value, schema, checking.spend)
  if (message !== undefined) addProblem(message, checking)
  else if (Array.isArray(value)) checkItems(value, schema, checking)
  else if (isJsonObject(value)) checkProperties(value, schema, checking)
}

function addProblem(message: Words, { path, problems }: Checking, ...more: Checking['path']): void {
  if (problems.length < mostProblems) problems.push({ path: [...path, ...more], message })
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

function contentProblem(value: JsonValue, schema: VariableSchema, spend: Spend): string | undefined {
  // What it will be is not known here.
  if (typeof value === 'string' && holdsStandIn(value)) return undefined
  if (schema.enum !== undefined && !isListed(value, schema.enum, spend))
    return `must be ${describeChoices(schema.enum)}`
  if (typeof value === 'string') return textProblem(value, schema, spend)
  if (typeof value === 'number') return numberProblem(value, schema)
  return undefined
}

function isListed(value: JsonValue, choices: readonly unknown[], spend: Spend): boolean {
  spend(choices.length * costs.value)
  if (typeof value !== 'object' || value === null) return choices.includes(value)
  const text = JSON.stringify(value)
  return choices.some((each) => {
    if (typeof each !== 'object' || each === null) return false
    spend(text.length)
    return JSON.stringify(each) === text
  })
}

const shownChoices = 12

function describeChoices(choices: readonly unknown[]): string {
  const shown = choices.slice(0, shownChoices).map((each) => JSON.stringify(each))
  const more = choices.length - shown.length
  return more > 0 ? `${shown.join(' or ')}, or one of ${more} more` : shown.join(' or ')
}

function textProblem(value: string, schema: VariableSchema, spend: Spend): string | undefined {
  // What is not known yet, or may not be looked at, is not measured.
  if (isPlaceholder(value)) return undefined
  // Units are no fewer than characters, and no more than twice as many.
  const { minLength = 0, maxLength = value.length } = schema
  const isPlainlyWithin = value.length >= 2 * minLength && value.length <= maxLength
  const length = isPlainlyWithin ? value.length : [...value].length
  if (length < minLength) return `must have at least ${minLength} characters, not ${length}`
  if (length > maxLength) return `must have at most ${maxLength} characters, not ${length}`
  spend(value.length)
  if (schema.pattern?.test(value, spend) === false) return `must match ${schema.pattern.source}`
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

function checkItems(values: readonly JsonValue[], schema: VariableSchema, checking: Checking): void {
  const { minItems = 0, maxItems = values.length } = schema
  if (values.length < minItems)
    addProblem(`must have at least ${minItems} items, not ${values.length}`, checking)
  if (values.length > maxItems)
    addProblem(`must have at most ${maxItems} items, not ${values.length}`, checking)
  const seen = schema.uniqueItems === true ? new Set<string>() : undefined
  for (const [index, value] of values.entries()) {
    if (seen !== undefined) {
      const text = JSON.stringify(value)
      checking.spend(text.length + costs.uniqueItem)
      if (seen.has(text)) addProblem('stands in the list already', checking, index)
      seen.add(text)
    }
    if (schema.items !== undefined) checkInside(index, value, schema.items, checking)
  }
}

function checkInside(
  step: string | number,
  value: JsonValue,
  schema: VariableSchema,
  checking: Checking,
): void {
  checking.path.push(step)
  check(value, schema, checking)
  checking.path.pop()
}

function checkProperties(
  value: Readonly<Record<string, JsonValue>>,
  schema: VariableSchema,
  checking: Checking,
): void {
  const { required = [], properties = {}, additionalProperties } = schema
  const names = Object.keys(value)
  checking.spend((required.length + names.length) * costs.value)
  for (const name of required)
    if (!Object.hasOwn(value, name)) addProblem(quote`needs the property ${name}`, checking)
  for (const name of names) {
    const known = Object.hasOwn(properties, name) ? properties[name] : undefined
    const rule = known ?? additionalProperties
    if (rule === false) addProblem(quote`has no property ${name}`, checking, name)
    else if (typeof rule === 'object') checkInside(name, value[name]!, rule, checking)
  }
}
