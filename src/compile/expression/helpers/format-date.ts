import { quote } from '../../../model/diagnostics/wording.js'
import { suggestionFor } from '../../../model/words/suggest.js'
import { HelperProblem } from '../helper-results.js'

/** A date in a zone, by a pattern. Knows no clock and no locale; months and weekdays are English. */
export function formatDate(date: string, pattern: string, zone: string): string {
  const pieces = splitPattern(pattern)
  const fields = readDate(date, zone)
  return pieces.map((piece) => writePiece(piece, fields)).join('')
}

interface Fields {
  readonly year: number
  readonly month: number
  readonly day: number
  /** Absent when the date has no time of day. */
  readonly time?: { readonly hour: number; readonly minute: number; readonly second: number }
}

const dateForm = /^([1-9]\d{3})-(\d\d)-(\d\d)$/
const momentForm = /^(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)?$/

function readDate(date: string, zone: string): Fields {
  const offsetAt = findZone(zone)
  const place = { argument: 0, start: 0, end: date.length }
  const moment = momentForm.exec(date)
  const fields = dateFields(moment?.[1] ?? date)
  if (fields === undefined) {
    const hint = 'It looks like `2026-03-01`, `2026-03-01T09:30:00Z` or `2026-03-01T09:30+01:00`.'
    throw new HelperProblem('this is not an ISO 8601 date', { place, hint })
  }
  if (moment === null) return fields
  if (moment[5] === undefined) {
    const hint = 'End it with `Z` or an offset such as `+01:00`.'
    throw new HelperProblem('a time of day needs its offset from UTC', { place, hint })
  }
  const milliseconds = Date.parse(date)
  if (Number.isNaN(milliseconds) || Number(moment[2]) > 23) {
    throw new HelperProblem('there is no such time of day', { place })
  }
  return fieldsOf(offsetAt, milliseconds)
}

/** Of a day that exists. */
function dateFields(date: string): Fields | undefined {
  const found = dateForm.exec(date)
  if (found === null) return undefined
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])]
  const isReal = new Date(Date.UTC(2000 + (year % 400), month - 1, day)).getUTCDate() === day
  return isReal && month >= 1 && month <= 12 ? { year, month, day } : undefined
}

type OffsetAt = (milliseconds: number) => number

function findZone(zone: string): OffsetAt {
  const zones = require('../../zones/zones.js') as typeof import('../../zones/zones.js')
  const found = zones.findZone(zone)
  if (found !== undefined) return found
  const hint = suggestionFor(zone, zones.zoneNames())
  throw new HelperProblem('this is no time zone of the IANA database', {
    place: { argument: 2, start: 0, end: zone.length },
    hint: hint ?? 'It looks like `Europe/Berlin` or `UTC`.',
  })
}

function fieldsOf(offsetAt: OffsetAt, milliseconds: number): Fields {
  const there = new Date(milliseconds + offsetAt(milliseconds) * 1000)
  const time = { hour: there.getUTCHours(), minute: there.getUTCMinutes(), second: there.getUTCSeconds() }
  return { year: there.getUTCFullYear(), month: there.getUTCMonth() + 1, day: there.getUTCDate(), time }
}

interface Piece {
  readonly text: string
  readonly isToken: boolean
  readonly start: number
}

/** Letters in a row are a token; text between single quotes stands for itself, and two of them for one. */
function splitPattern(pattern: string): readonly Piece[] {
  const pieces = pattern.matchAll(/'((?:[^']|'')*)'|([A-Za-z])\2*|[^A-Za-z']+|'/g)
  return [...pieces].map(({ 0: all, 1: quoted, 2: letter, index: start }) => {
    if (all === "'") {
      const place = { argument: 1, start, end: start + 1 }
      throw new HelperProblem('a single quote is not closed', { place })
    }
    if (letter !== undefined) return readToken(all, start)
    const isQuoteMark = quoted === ''
    return { text: isQuoteMark ? "'" : (quoted?.replaceAll("''", "'") ?? all), isToken: false, start }
  })
}

function readToken(text: string, start: number): Piece {
  if (Object.hasOwn(dateTokens, text) || Object.hasOwn(timeTokens, text))
    return { text, isToken: true, start }
  const known = [...Object.keys(dateTokens), ...Object.keys(timeTokens)].join(', ')
  throw new HelperProblem(quote`the pattern has no ${text}`, {
    place: { argument: 1, start, end: start + text.length },
    hint: `There are: ${known}. Text stands between single quotes: \`'at'\`.`,
  })
}

function writePiece({ text, isToken, start }: Piece, fields: Fields): string {
  if (!isToken) return text
  if (Object.hasOwn(dateTokens, text)) return dateTokens[text]!(fields)
  if (fields.time !== undefined) return timeTokens[text]!(fields.time)
  const place = { argument: 1, start, end: start + text.length }
  throw new HelperProblem('the date has no time of day', { place })
}

const months = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
]
const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

/** Weekdays repeat every 400 years; a year of two digits would mean another one to `Date.UTC`. */
const weekdayOf = ({ year, month, day }: Fields): string =>
  weekdays[new Date(Date.UTC(2000 + (year % 400), month - 1, day)).getUTCDay()]!
const two = (value: number): string => String(value).padStart(2, '0')

const dateTokens: Readonly<Record<string, (fields: Fields) => string>> = {
  yyyy: ({ year }) => String(year).padStart(4, '0'),
  MM: ({ month }) => two(month),
  MMM: ({ month }) => months[month - 1]!.slice(0, 3),
  MMMM: ({ month }) => months[month - 1]!,
  d: ({ day }) => String(day),
  dd: ({ day }) => two(day),
  EEE: (fields) => weekdayOf(fields).slice(0, 3),
  EEEE: weekdayOf,
}

const timeTokens: Readonly<Record<string, (time: NonNullable<Fields['time']>) => string>> = {
  HH: ({ hour }) => two(hour),
  h: ({ hour }) => String(hour % 12 || 12),
  mm: ({ minute }) => two(minute),
  ss: ({ second }) => two(second),
  a: ({ hour }) => (hour < 12 ? 'AM' : 'PM'),
}
