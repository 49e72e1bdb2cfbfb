// Time zones of this build: data of the IANA database, from a package of fixed version, so that a date is written as
// the same bytes on every Node, whose own zones differ. It is loaded by `require` where a zone is first asked for.

import { aliases, zones } from './zones.generated.js'

/** Seconds east of UTC at a moment. */
export type OffsetAt = (milliseconds: number) => number

export const zoneNames = (): readonly string[] => [...Object.keys(zones), ...Object.keys(aliases)]

/** A zone by its name, in any letter case; undefined where there is none. */
export function findZone(name: string): OffsetAt | undefined {
  const spelled = spelling.get(name.toLowerCase())
  if (spelled === undefined) return undefined
  const packed = zones[aliases[spelled] ?? spelled]!
  const zone = known.get(packed) ?? unpack(packed)
  known.set(packed, zone)
  return (milliseconds) => offsetIn(zone, milliseconds)
}

const spelling = new Map(zoneNames().map((name) => [name.toLowerCase(), name]))

interface Zone {
  /** In seconds since 1970, ascending; offset `index + 1` begins at change `index`. */
  readonly changes: readonly number[]
  readonly offsets: readonly number[]
}

/** By what is packed. Holds no other state. */
const known = new Map<string, Zone>()

function unpack(packed: string): Zone {
  const [offsets = '', first = '', steps = ''] = packed.split('|')
  const seconds = offsets.split(' ').map(Number)
  const changes: number[] = []
  const inForce = [seconds[Number(first)]!]
  let time = 0
  for (const step of steps === '' ? [] : steps.split(' ')) {
    const [length = '', index = ''] = step.split(':')
    time += Number.parseInt(length, 36)
    changes.push(time)
    inForce.push(seconds[Number(index)]!)
  }
  return { changes, offsets: inForce }
}

function offsetIn({ changes, offsets }: Zone, milliseconds: number): number {
  const time = Math.floor(likeYear(milliseconds) / 1000)
  let [low, high] = [0, changes.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (changes[middle]! <= time) low = middle + 1
    else high = middle
  }
  return offsets[low]!
}

/** From 2100 on, rules repeat: a year is like the one of the same calendar in the 28 years before. */
function likeYear(milliseconds: number): number {
  const year = new Date(milliseconds).getUTCFullYear()
  if (year < 2100) return milliseconds
  const begin = Date.UTC(year, 0, 1)
  for (let like = 2072; like < 2100; like += 1) {
    const other = Date.UTC(like, 0, 1)
    const isLike =
      isLeap(like) === isLeap(year) && new Date(other).getUTCDay() === new Date(begin).getUTCDay()
    if (isLike) return milliseconds - begin + other
  }
  return milliseconds
}

const isLeap = (year: number): boolean => new Date(Date.UTC(year, 1, 29)).getUTCDate() === 29
