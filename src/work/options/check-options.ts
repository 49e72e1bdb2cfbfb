// What a use case is asked for, held against what it takes: another program may hand in anything, and not every one is
// compiled with types. A misspelt `simulator` must not quietly be Graph.

import { loopbackRoot } from '../../graph/wire/roots.js'
import { UsageError } from '../../model/errors.js'
import { isJsonObject } from '../../model/json.js'
import { didYouMean } from '../../model/words/suggest.js'
import { inProcess } from './options.js'

/** Says what an option takes where its value is something else. */
export type Check = (value: unknown) => string | undefined

/** One for each option there is. */
export type Checks<Options> = { readonly [Name in keyof Required<Options>]: Check }

/** A copy, which nobody changes during the run. Throws UsageError for what no command line could say. */
export function requireOptions<Options extends object>(options: Options, checks: Checks<Options>): Options {
  const known: Readonly<Record<string, Check>> = checks
  requirePlain(options)
  const copied = Object.entries(options).map(([name, value]) => {
    const check = Object.hasOwn(known, name) ? known[name] : undefined
    if (check === undefined)
      throw new UsageError(`There is no option \`${name}\` here.`, didYouMean(name, Object.keys(known)))
    const taken = value === undefined ? undefined : check(value)
    if (taken !== undefined) throw new UsageError(`\`${name}\` takes ${taken}.`)
    return [name, Array.isArray(value) ? structuredClone(value) : value] as const
  })
  return Object.fromEntries(copied) as Options
}

/** Throws UsageError. */
export function requirePlain(options: unknown): void {
  if (!isPlain(options)) throw new UsageError('Options are a plain object.')
}

/** What a class keeps behind getters would be overlooked; another realm has another Object. */
function isPlain(value: unknown): boolean {
  if (!isJsonObject(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

const isText = (value: unknown): value is string => typeof value === 'string'
const isTexts = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every(isText)

export const text: Check = (value) => (isText(value) ? undefined : 'text')
export const texts: Check = (value) => (isTexts(value) ? undefined : 'a list of texts')
export const flag: Check = (value) => (typeof value === 'boolean' ? undefined : 'true or false')

/** A list that was computed and came out empty means none; to leave it out means all. */
export const someTexts: Check = (value) =>
  isTexts(value) && value.length > 0 ? undefined : 'a list of one text or more; leave it out for all'

export const allOrSome: Check = (value) =>
  value === 'all' || (isTexts(value) && value.length > 0)
    ? undefined
    : 'one address or more, or `all` (`--all`)'

const day = 86_400_000
/** In milliseconds. Longer, and Node's timers would end at once. */
export const longestTime = 24 * day

export const time: Check = (value) =>
  typeof value === 'number' && value >= 1 && value <= longestTime ? undefined : '1 millisecond to 24 days'

/** Requests in flight at once. */
export const isConcurrency = (value: unknown): boolean =>
  Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 64

export const fraction: Check = (value) =>
  typeof value === 'number' && value >= 0 && value < 1 ? undefined : 'a number from 0 to less than 1'

export const atOnce: Check = (value) => (isConcurrency(value) ? undefined : 'a number from 1 to 64')

export const simulatorChoice: Check = (value) => {
  if (!isText(value)) return '`in-process` or a URL'
  if (value !== inProcess) loopbackRoot(value)
  return undefined
}

export const assignments: Check = (value) =>
  Array.isArray(value) && value.every(isAssignment)
    ? undefined
    : 'a list of `name`, `level` and `value`, with text for the level `--var` and JSON for `--var-file`'

function isAssignment(each: unknown): boolean {
  const { name, level, value } = (each ?? {}) as Readonly<Record<string, unknown>>
  if (!isText(name) || name === '') return false
  return level === '--var' ? isText(value) : level === '--var-file' && isJson(value, 0)
}

const deepest = 100

function isJson(value: unknown, depth: number): boolean {
  if (value === null || isText(value) || typeof value === 'boolean') return true
  if (typeof value === 'number') return Number.isFinite(value)
  if (depth === deepest || (!Array.isArray(value) && !isPlain(value))) return false
  return Object.values(value as object).every((each) => isJson(each, depth + 1))
}
