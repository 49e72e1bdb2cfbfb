import { searchViews } from './spellings.js'

/** A text that nothing may repeat, and what stands in its place. */
export interface Secret {
  readonly value: string
  readonly placeholder: string
}

/** Anything shorter would be found in every other text, unless somebody said that it is a secret. */
const shortestUnnamed = 6
/** So much of a secret at the end of a text is a secret that was cut. */
const shortestStart = 6

/** Secrets without a name of their own, such as tokens. */
export const unnamed = (values: readonly string[]): readonly Secret[] =>
  values.filter((value) => value.length >= shortestUnnamed).map((value) => ({ value, placeholder: '***' }))

interface Found {
  readonly start: number
  readonly end: number
  readonly placeholder: string
}

/**
 * Takes secrets out of a text that may repeat what was sent, in whatever spelling: JSON escapes, also of a text inside a
 * text, percent-encoding, entities, base64, hexadecimal, and these inside each other. A secret that is told in several
 * texts, a part in each, is not found.
 */
export function redact(text: string, secrets: readonly Secret[]): string {
  const wanted = secrets.filter(({ value }) => value !== '')
  if (wanted.length === 0 || text === '') return withoutBearer(text)
  const found: Found[] = []
  const shortest = Math.min(shortestStart, ...wanted.map(({ value }) => value.length))
  searchViews(text, shortest, (view) => {
    for (const { value, placeholder } of wanted) {
      for (const needle of view.isBytes ? [value, bytesOf(value)] : [value]) {
        for (const [from, to] of occurrences(view.text, needle)) {
          found.push({ start: view.startOf(from), end: view.endOf(to - 1), placeholder })
        }
      }
    }
  })
  return withoutBearer(replaceAll(text, found))
}

/** Each secret one code unit a byte, as views of bytes have them. */
const bytesOf = (value: string): string => Buffer.from(value, 'utf8').toString('latin1')

function* occurrences(text: string, needle: string): Generator<readonly [number, number]> {
  for (let at = text.indexOf(needle); at !== -1; at = text.indexOf(needle, at + 1)) {
    yield [at, at + needle.length]
  }
  const least = Math.min(shortestStart, Math.ceil(needle.length / 2))
  if (needle.length < 4) return
  const lead = needle.slice(0, least)
  const window = Math.max(0, text.length - needle.length + 1)
  for (let at = text.indexOf(lead, window); at !== -1; at = text.indexOf(lead, at + 1)) {
    if (needle.startsWith(text.slice(at))) yield [at, text.length]
  }
}

function replaceAll(text: string, found: readonly Found[]): string {
  if (found.length === 0) return text
  let result = ''
  let end = 0
  for (const each of found.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (each.start >= end) result += text.slice(end, each.start) + each.placeholder
    end = Math.max(end, each.end)
  }
  return result + text.slice(end)
}

const withoutBearer = (text: string): string => text.replace(/\bbearer\s+[\w.~+/=-]+/gi, 'Bearer ***')

/** Most texts of a call are such ids: there is no room in one for another spelling. */
const isPlainId = (text: string, secrets: readonly Secret[]): boolean =>
  /^[0-9a-f-]{36}$/i.test(text) && !secrets.some(({ value }) => text.includes(value))

/** Whether an id is an echo of a secret; digits of a short one are in many ids. */
export const holdsSecret = (id: string, secrets: readonly Secret[]): boolean =>
  secrets.some(({ value }) => id === value) ||
  redact(
    id,
    secrets.filter(({ value }) => value.length >= shortestUnnamed),
  ) !== id

/** Longer texts of an answer are read by nobody. */
const longestText = 16 * 1024

/** All texts of a JSON value, names included. */
export function redactValue<Value>(value: Value, secrets: readonly Secret[]): Value {
  const visit = (each: unknown): unknown => {
    if (typeof each === 'string')
      return isPlainId(each, secrets) ? each : redact(each.slice(0, longestText), secrets)
    if (Array.isArray(each)) return each.map(visit)
    if (typeof each !== 'object' || each === null) return each
    return Object.fromEntries(Object.entries(each).map(([name, one]) => [visit(name), visit(one)]))
  }
  return visit(value) as Value
}
