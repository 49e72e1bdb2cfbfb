import { isJsonObject, type JsonObject, type JsonValue } from '../model/json.js'
import { pointerToken } from '../model/pointer.js'
import type { PropertyChange } from '../model/review.js'
import { matchItems } from './match-items.js'

/** A change, and, for what is in both revisions, where it stood at base: items of lists move. */
export interface ValueChange extends Omit<PropertyChange, 'cause'> {
  readonly basePointer: string
}

interface Places {
  readonly base: string
  readonly head: string
}

/** Property by property, in the order of the payload; an item or property that only one has is one change. */
export const compareValues = (before: JsonObject, after: JsonObject): readonly ValueChange[] => [
  ...compare(before, after, { base: '', head: '' }),
]

function* compare(before: JsonValue, after: JsonValue, at: Places): Generator<ValueChange> {
  if (before === after) return
  if (Array.isArray(before) && Array.isArray(after)) yield* compareLists(before, after, at)
  else if (isJsonObject(before) && isJsonObject(after)) yield* compareObjects(before, after, at)
  else yield { pointer: at.head, basePointer: at.base, kind: 'changed', before, after }
}

function* compareObjects(before: JsonObject, after: JsonObject, at: Places): Generator<ValueChange> {
  for (const name of joinNames(before, after)) {
    const inside = within(at, name, name)
    if (!Object.hasOwn(after, name)) yield removed(before[name]!, inside)
    else if (!Object.hasOwn(before, name)) yield added(after[name]!, inside)
    else yield* compare(before[name]!, after[name]!, inside)
  }
}

function* compareLists(
  before: readonly JsonValue[],
  after: readonly JsonValue[],
  at: Places,
): Generator<ValueChange> {
  for (const pair of matchItems(before, after)) {
    const inside = within(at, String(pair.before), String(pair.after))
    if (pair.after === undefined) yield removed(before[pair.before!]!, inside)
    else if (pair.before === undefined) yield added(after[pair.after]!, inside)
    else yield* compare(before[pair.before]!, after[pair.after]!, inside)
  }
}

/** Names of both in the order of head, each that is gone after the one that it followed. */
function joinNames(before: JsonObject, after: JsonObject): readonly string[] {
  const joined: string[] = []
  const old = Object.keys(before)
  // Each name of both, with those of base between it and the next such name.
  let at = 0
  const takeGone = (): void => {
    for (; at < old.length && !Object.hasOwn(after, old[at]!); at += 1) joined.push(old[at]!)
  }
  const places = new Map(old.map((name, index) => [name, index]))
  takeGone()
  for (const name of Object.keys(after)) {
    joined.push(name)
    const place = places.get(name)
    if (place === undefined) continue
    at = place + 1
    takeGone()
  }
  return joined
}

const added = (after: JsonValue, { head }: Places): ValueChange => ({
  pointer: head,
  basePointer: head,
  kind: 'added',
  after,
})

/** What is gone is named by its place at base. */
const removed = (before: JsonValue, { base }: Places): ValueChange => ({
  pointer: base,
  basePointer: base,
  kind: 'removed',
  before,
})

const within = ({ base, head }: Places, before: string, after: string): Places => ({
  base: `${base}/${pointerToken(before)}`,
  head: `${head}/${pointerToken(after)}`,
})
