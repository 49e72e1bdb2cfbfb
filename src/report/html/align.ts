import type { JsonObject, JsonValue } from '../../model/json.js'
import { pointerToken } from '../../model/pointer.js'
import type { Cause, PropertyChange, ReviewedCall } from '../../model/review.js'
import { showText } from '../text/paint.js'

/** One line of two payloads side by side; a line of one alone has no other side. */
export interface Row {
  readonly left?: string
  readonly right?: string
  /** At the first line of a change. Masked, both sides may look alike. */
  readonly cause?: Cause
}

export interface Alignment {
  readonly rows: readonly Row[]
  /** Changes that no line can show, such as that of the route. */
  readonly extras: readonly PropertyChange[]
}

interface Line {
  readonly text: string
  /** Absent for the end of a list or an object. */
  readonly pointer?: string
}

interface Pair {
  readonly left?: Line
  readonly right?: Line
}

/** Where a value stands in its payload. */
interface Spot {
  readonly value: JsonValue
  readonly key?: string
  readonly pointer: string
  readonly depth: number
  readonly isLast: boolean
}

/** Changes by where they stand: what is gone at base, all else at head. */
interface Changes {
  readonly removed: ReadonlySet<string>
  readonly added: ReadonlySet<string>
}

/** Both payloads line by line, each property beside its like. The lines of a side are its canonical text. */
export function alignPayloads({ before, after, changes }: ReviewedCall): Alignment {
  const root = { pointer: '', depth: 0, isLast: true }
  const pointers = (kind: PropertyChange['kind']): ReadonlySet<string> =>
    new Set(changes.filter((change) => change.kind === kind).map(({ pointer }) => pointer))
  const pairs = align(before && { ...root, value: before.call }, after && { ...root, value: after.call }, {
    removed: pointers('removed'),
    added: pointers('added'),
  })
  return attachCauses([...pairs], changes)
}

function* align(before: Spot | undefined, after: Spot | undefined, changes: Changes): Iterable<Pair> {
  if (before !== undefined && after !== undefined && haveOneForm(before.value, after.value)) {
    yield { left: opening(before), right: opening(after) }
    for (const [left, right] of pairChildren(before, after, changes)) yield* align(left, right, changes)
    yield { left: closing(before), right: closing(after) }
    return
  }
  const lefts = [...listLines(before)]
  const rights = [...listLines(after)]
  for (let at = 0; at < Math.max(lefts.length, rights.length); at += 1) {
    const [left, right] = [lefts[at], rights[at]]
    yield { ...(left !== undefined && { left }), ...(right !== undefined && { right }) }
  }
}

type SpotPair = readonly [before: Spot | undefined, after: Spot | undefined]

const isHolder = (value: JsonValue): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length > 0

/** Whether both are lists, or both objects, with something in them. */
const haveOneForm = (left: JsonValue, right: JsonValue): boolean =>
  isHolder(left) && isHolder(right) && Array.isArray(left) === Array.isArray(right)

const pairChildren = (before: Spot, after: Spot, changes: Changes): readonly SpotPair[] =>
  Array.isArray(before.value)
    ? pairItems(childrenOf(before), childrenOf(after), changes)
    : pairProperties(childrenOf(before), childrenOf(after))

/** As the comparison paired them: but for those that came and went, they stand in one order. */
function pairItems(
  lefts: readonly Spot[],
  rights: readonly Spot[],
  { removed, added }: Changes,
): readonly SpotPair[] {
  const pairs: SpotPair[] = []
  let [left, right] = [0, 0]
  while (left < lefts.length || right < rights.length) {
    const [from, to] = [lefts[left], rights[right]]
    if (from !== undefined && (to === undefined || removed.has(from.pointer))) {
      pairs.push([from, undefined])
      left += 1
    } else if (from === undefined || added.has(to!.pointer)) {
      pairs.push([undefined, to])
      right += 1
    } else {
      pairs.push([from, to])
      left += 1
      right += 1
    }
  }
  return pairs
}

/** By name, in the order of after; those that are gone stand after the one that they followed. */
function pairProperties(lefts: readonly Spot[], rights: readonly Spot[]): readonly SpotPair[] {
  const olds = new Map(lefts.map((spot) => [spot.key, spot]))
  const news = new Set(rights.map(({ key }) => key))
  const gone = new Map<Spot | undefined, SpotPair[]>()
  let last: Spot | undefined
  for (const left of lefts) {
    const after = gone.get(last)
    if (news.has(left.key)) last = left
    else if (after === undefined) gone.set(last, [[left, undefined]])
    else after.push([left, undefined])
  }
  const goneAfter = (left: Spot | undefined): readonly SpotPair[] => gone.get(left) ?? []
  const kept = rights.flatMap((right): readonly SpotPair[] => {
    const left = olds.get(right.key)
    return left === undefined ? [[undefined, right]] : [[left, right], ...goneAfter(left)]
  })
  return [...goneAfter(undefined), ...kept]
}

function childrenOf({ value, pointer, depth }: Spot): readonly Spot[] {
  const isList = Array.isArray(value)
  return Object.entries(value as JsonObject).map(([key, each], index, all) => ({
    value: each,
    ...(!isList && { key }),
    pointer: `${pointer}/${pointerToken(key)}`,
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
})

/** Each change's cause goes to its first line; a change without a line or a cause is an extra, unless it is seen. */
function attachCauses(pairs: readonly Pair[], changes: readonly PropertyChange[]): Alignment {
  const [lefts, rights] = [new Map<string, number>(), new Map<string, number>()]
  pairs.forEach(({ left, right }, at) => {
    if (left?.pointer !== undefined) lefts.set(left.pointer, at)
    if (right?.pointer !== undefined) rights.set(right.pointer, at)
  })
  const causes = new Map<number, Cause>()
  const extras: PropertyChange[] = []
  for (const change of changes) {
    const at = (change.kind === 'removed' ? lefts : rights).get(change.pointer)
    const isTaken = at !== undefined && causes.has(at)
    if (at === undefined || isTaken || (change.cause === undefined && !isSeen(pairs[at]!)))
      extras.push(change)
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

const isSeen = ({ left, right }: Pair): boolean => left?.text !== right?.text
