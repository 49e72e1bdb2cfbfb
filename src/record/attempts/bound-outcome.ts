import { isCallId } from '../disk/forms.js'

// What comes from an answer has any length, and a slot has 4096 bytes: the id of a call always fits, whatever else came.

type Bound =
  /** Longer ones are left out: a part of an id is none. */
  | { readonly most: number; readonly isId: true }
  /** Longer ones are cut, with a mark. */
  | { readonly most: number; readonly isId?: undefined }

const ids: Bound = { most: 514, isId: true }

/** Bytes of each text as JSON. All that may not be cut fit together, whatever their lengths. */
const bounds: Readonly<Record<string, Bound>> = {
  callChainId: ids,
  requestId: ids,
  graphOperation: ids,
  // Of an address: 512 characters.
  sharedWith: { most: 1700, isId: true },
  code: { most: 400 },
  message: { most: 2500 },
  reason: { most: 2500 },
  raw: { most: Number.POSITIVE_INFINITY },
}

/** Decide what an outcome means, or are the call's own. */
const kept: ReadonlySet<string> = new Set(['kind', 'callId', 'at', 'evidence'])
const mostNamed = 1100
const mark = ' … '

/** The outcome, each of its texts within its bound, and the whole within `limit` bytes of JSON. */
export function boundOutcome<Each extends object>(outcome: Each, limit: number): Each {
  const record: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(outcome)) {
    const bounded = kept.has(name) ? value : boundField(name, value)
    if (bounded !== undefined) record[name] = bounded
  }
  return shorten(record, limit) as Each
}

function boundField(name: string, value: unknown): unknown {
  if (name === 'witness') return boundWitness(value)
  if (name === 'named') return boundNamed(value)
  if (typeof value !== 'string') return value
  const { most, isId } = bounds[name] ?? ids
  if (sizeOf(value) <= most) return value
  return isId ? undefined : cutTo(value, most)
}

function boundWitness(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, typeof each === 'string' ? cutTo(each, 600) : each]),
  )
}

/** Whole ids alone, the likeliest first, as many as there is room for. */
function boundNamed(value: unknown): unknown {
  if (!Array.isArray(value)) return undefined
  let named = value.filter(isCallId)
  while (sizeOf(named) > mostNamed) named = named.slice(0, -1)
  return named.length === 0 ? undefined : named
}

const sizeOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value))

/** Beginning and end, as the id of an answer may stand in either. */
function cutTo(text: string, most: number): string {
  if (sizeOf(text) <= most) return text
  let [least, length] = [0, Math.min(text.length, most)]
  while (length > least) {
    const middle = (least + length + 1) >> 1
    if (sizeOf(cutTextTo(text, middle)) <= most) least = middle
    else length = middle - 1
  }
  return cutTextTo(text, least)
}

/** Without half a character where it is cut. */
function cutTextTo(text: string, length: number): string {
  const end = Math.floor(length / 3)
  const start = text.slice(0, length - end).replace(/[\ud800-\udbff]$/, '')
  return start + mark + (end === 0 ? '' : text.slice(-end).replace(/^[\udc00-\udfff]/, ''))
}

const needed: ReadonlySet<string> = new Set([...kept, 'status', 'code', 'message', 'reason', 'witness'])

function largestOptional(record: Readonly<Record<string, unknown>>): string | undefined {
  const names = Object.keys(record).filter((name) => !needed.has(name))
  return names.toSorted((a, b) => sizeOf(record[b]) - sizeOf(record[a]))[0]
}

const longTexts = ['raw', 'message', 'reason', 'code'] as const

/** Cuts the longest text for people until all fits. */
function shorten(record: Record<string, unknown>, limit: number): object {
  for (let over = sizeOf(record) - limit; over > 0; over = sizeOf(record) - limit) {
    const texts = longTexts
      .map((name) => ({ name, size: typeof record[name] === 'string' ? sizeOf(record[name]) : 0 }))
      .toSorted((a, b) => b.size - a.size)
    const { name, size } = texts[0]!
    if (size <= sizeOf(mark)) {
      const dropped = largestOptional(record)
      if (dropped === undefined) break
      delete record[dropped]
      continue
    }
    record[name] = cutTo(String(record[name]), Math.max(sizeOf(mark), size - over))
  }
  return record
}
