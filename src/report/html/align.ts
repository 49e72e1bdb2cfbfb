import type { JsonObject, JsonValue } from '../../model/json.js'
import type { Cause, PropertyChange, ReviewedCall } from '../../model/review.js'
import { showText } from '../paint.js'
import { pairItems } from './pair-items.js'

/** One line of two payloads side by side; a line of one alone has no other side. */
export interface Row {
  readonly left?: string
  readonly right?: string
  /** At the first line of a change. */
  readonly cause?: Cause
}

export interface Alignment {
  readonly rows: readonly Row[]
  /** Changes that no line shows, such as that of the route. */
  readonly extras: readonly PropertyChange[]
}

interface Line {
  readonly text: string
  readonly pointer: string
}

interface Pair {
  readonly left?: Line
  readonly right?: Line
  readonly isChanged: boolean
}

/** Where a value stands in its payload. */
interface Spot {
  readonly value: JsonValue
  readonly key?: string
  readonly pointer: string
  readonly depth: number
  readonly isLast: boolean
}

/** Both payloads line by line, each property beside its like. The lines of a side are its canonical text. */
export function alignPayloads(call: ReviewedCall): Alignment {
  const root = { pointer: '', depth: 0, isLast: true }
  const before = call.before && { ...root, value: call.before.call }
  const after = call.after && { ...root, value: call.after.call }
  return attachCauses([...align(before, after)], call.changes)
}

function* align(before: Spot | undefined, after: Spot | undefined): Iterable<Pair> {
  if (before === undefined || after === undefined) {
    for (const line of listLines(before ?? after)) {
      yield before === undefined ? { right: line, isChanged: true } : { left: line, isChanged: true }
    }
  } else if (isHolder(before.value) && isHolder(after.value) && haveOneForm(before.value, after.value)) {
    yield { left: opening(before), right: opening(after), isChanged: false }
    for (const [left, right] of pairChildren(before, after)) yield* align(left, right)
    yield { left: closing(before), right: closing(after), isChanged: false }
  } else {
    const isChanged = JSON.stringify(before.value) !== JSON.stringify(after.value)
    const lefts = [...listLines(before)]
    const rights = [...listLines(after)]
    for (let at = 0; at < Math.max(lefts.length, rights.length); at += 1) {
      yield { ...sideOf('left', lefts[at]), ...sideOf('right', rights[at]), isChanged }
    }
  }
}

const sideOf = (side: 'left' | 'right', line: Line | undefined) =>
  line === undefined ? {} : { [side]: line }

type SpotPair = readonly [before: Spot | undefined, after: Spot | undefined]

type Holder = JsonObject | readonly JsonValue[]

const isHolder = (value: JsonValue): value is Holder =>
  typeof value === 'object' && value !== null && Object.keys(value).length > 0

const haveOneForm = (left: Holder, right: Holder): boolean => Array.isArray(left) === Array.isArray(right)

/** Properties by name, in the order of after; those that are gone stand where they stood. Items as they match best. */
function pairChildren(before: Spot, after: Spot): readonly SpotPair[] {
  const lefts = childrenOf(before)
  const rights = childrenOf(after)
  if (Array.isArray(before.value)) {
    const pairs = pairItems(before.value, after.value as readonly JsonValue[])
    return pairs.map(([left, right]) => [lefts[left], rights[right]])
  }
  const leftNames = new Map(lefts.map((spot, at) => [spot.key, at]))
  const rightNames = new Set(rights.map((spot) => spot.key))
  const pairs: SpotPair[] = []
  let next = 0
  for (const right of rights) {
    const at = leftNames.get(right.key)
    if (at !== undefined) {
      for (; next < at; next += 1) if (!rightNames.has(lefts[next]!.key)) pairs.push([lefts[next], undefined])
      next = Math.max(next, at + 1)
    }
    pairs.push([at === undefined ? undefined : lefts[at], right])
  }
  for (; next < lefts.length; next += 1)
    if (!rightNames.has(lefts[next]!.key)) pairs.push([lefts[next], undefined])
  return pairs
}

function childrenOf({ value, pointer, depth }: Spot): readonly Spot[] {
  const isList = Array.isArray(value)
  return Object.entries(value as JsonObject).map(([key, each], index, all) => ({
    value: each,
    ...(!isList && { key }),
    pointer: `${pointer}/${key.replace(/~/g, '~0').replace(/\//g, '~1')}`,
    depth: depth + 1,
    isLast: index === all.length - 1,
  }))
}

function* listLines(spot: Spot | undefined): Iterable<Line> {
  if (spot === undefined) return
  if (!isHolder(spot.value)) {
    const text = `${headOf(spot)}${JSON.stringify(spot.value)}${commaOf(spot)}`
    yield { text: showText(text), pointer: spot.pointer }
    return
  }
  yield opening(spot)
  for (const child of childrenOf(spot)) yield* listLines(child)
  yield closing(spot)
}

const headOf = ({ depth, key }: Spot): string =>
  '  '.repeat(depth) + (key === undefined ? '' : `${JSON.stringify(key)}: `)

const commaOf = ({ isLast }: Spot): string => (isLast ? '' : ',')

const opening = (spot: Spot): Line => ({
  text: showText(headOf(spot) + (Array.isArray(spot.value) ? '[' : '{')),
  pointer: spot.pointer,
})

const closing = (spot: Spot): Line => ({
  text: `${'  '.repeat(spot.depth)}${Array.isArray(spot.value) ? ']' : '}'}${commaOf(spot)}`,
  pointer: `${spot.pointer}/`,
})

/** Each change's cause goes to its first line, or else, with the change, to the extras. */
function attachCauses(pairs: readonly Pair[], changes: readonly PropertyChange[]): Alignment {
  const lines = new Map<string, number>()
  pairs.forEach(({ left, right, isChanged }, at) => {
    for (const side of [right, left]) {
      if (isChanged && side !== undefined && !lines.has(side.pointer)) lines.set(side.pointer, at)
    }
  })
  const causes = new Map<number, Cause>()
  const extras: PropertyChange[] = []
  for (const change of changes) {
    const at = lines.get(change.pointer)
    if (at === undefined || (causes.has(at) && change.cause !== causes.get(at))) extras.push(change)
    else if (change.cause !== undefined) causes.set(at, change.cause)
  }
  const rows = pairs.map(({ left, right }, at): Row => {
    const cause = causes.get(at)
    return {
      ...(left !== undefined && { left: left.text }),
      ...(right !== undefined && { right: right.text }),
      ...(cause !== undefined && { cause }),
    }
  })
  return { rows, extras }
}
