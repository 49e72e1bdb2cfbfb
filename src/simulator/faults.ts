import { UsageError } from '../model/errors.js'

/** Every failure that the simulator can make of a POST that would have created a call or rung people. */
export const faultNames = [
  'lost-answer' /* the call is created, the connection ends without an answer */,
  'cut-answer' /* the call is created, the connection ends in the middle of the answer */,
  'reset' /* the connection is reset, no call */,
  'throttle' /* 429 with a fractional Retry-After, no call */,
  'throttle-no-hint' /* 429 without Retry-After, no call */,
  'server-error' /* 500, and the call is created */,
  'unavailable' /* 503 with Retry-After, no call */,
  'slow' /* the call is created, the answer comes after `delay` */,
  'no-id' /* 201 with a body without id and no Location */,
  'bad-json' /* 201 with an unreadable body and a Location */,
  'redirect' /* 307 to another port of loopback, no call */,
  'unauthorized' /* 401, no call; only once */,
  'refuse' /* 403 with Graph's wrapped error 7503, no call */,
] as const

export type FaultName = (typeof faultNames)[number]

export interface FaultSettings {
  /** Makes the faults the same in every run that POSTs in the same order. */
  readonly seed?: number
  /** Milliseconds by which `slow` delays an answer; 5000 by default. */
  readonly delay?: number
  /** Milliseconds by which every answer to a POST is delayed; 0 by default. */
  readonly latency?: number
  /** Seconds in `Retry-After`; 0.128 by default. */
  readonly retryAfter?: number
  /** Where `redirect` leads: a loopback URL, by default the discard port. */
  readonly redirectTo?: string
  /** Probability per POST, 0 to 1, together at most 1. */
  readonly chances?: Readonly<Partial<Record<FaultName, number>>>
  /** What exactly happens to the first POSTs, one after another, before any chance is drawn. */
  readonly planned?: readonly PlannedFault[]
}

export interface PlannedFault {
  /** `none` lets POSTs through. */
  readonly fault: FaultName | 'none'
  readonly count: number
}

const numberNames: Readonly<Record<string, 'seed' | 'delay' | 'latency' | 'retryAfter'>> = {
  seed: 'seed',
  delay: 'delay',
  latency: 'latency',
  'retry-after': 'retryAfter',
}

/**
 * Reads `lost-answer=0.1,throttle=0.2,seed=7`. `lost-answer=2x` means exactly two, beginning with the first POST and in
 * the order written: `none=3x,reset=1x` resets the fourth. Throws UsageError.
 */
export function parseFaults(text: string): FaultSettings {
  const numbers: { -readonly [name in 'seed' | 'delay' | 'latency' | 'retryAfter']?: number } = {}
  const chances = new Map<FaultName, number>()
  const planned: PlannedFault[] = []
  for (const part of text.split(',').map((piece) => piece.trim())) {
    if (part === '') continue
    const [name = '', value = ''] = splitOnce(part)
    const number = Object.hasOwn(numberNames, name) ? numberNames[name] : undefined
    const count = /^(\d{1,9})x$/.exec(value)?.[1]
    if (number !== undefined) numbers[number] = parseNumber(part, value, 1e9)
    else if (count !== undefined) planned.push({ fault: toName(name), count: Number(count) })
    else chances.set(toChanceName(name), parseNumber(part, value, 1))
  }
  const total = [...chances.values()].reduce((sum, chance) => sum + chance, 0)
  if (total > 1 + 1e-9) throw new UsageError('The probabilities of the faults add up to more than 1.', usage)
  return {
    ...numbers,
    ...(chances.size > 0 && { chances: Object.fromEntries(chances) }),
    ...(planned.length > 0 && { planned }),
  }
}

const usage = `Write name=probability or name=COUNTx, with commas between. Faults: ${faultNames.join(', ')}. \
Numbers: seed, delay and latency (milliseconds), retry-after (seconds).`

function splitOnce(part: string): readonly string[] {
  const at = part.indexOf('=')
  return at < 0 ? [part] : [part.slice(0, at).trim(), part.slice(at + 1).trim()]
}

function toName(name: string): FaultName | 'none' {
  return name === 'none' ? name : toChanceName(name)
}

function toChanceName(name: string): FaultName {
  const known = faultNames.find((fault) => fault === name)
  if (known === undefined) throw new UsageError(`There is no fault "${name}".`, usage)
  return known
}

function parseNumber(part: string, value: string, most: number): number {
  const number = /^\d*\.?\d+$/.test(value) ? Number(value) : Number.NaN
  if (number <= most) return number
  throw new UsageError(`"${part}" needs a number from 0 to ${most}.`, usage)
}
