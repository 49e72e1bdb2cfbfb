import { isJsonObject, type JsonValue } from '../model/json.js'

/** An item of a list in both revisions, or in one: indexes. */
export interface ItemPair {
  readonly before?: number
  readonly after?: number
}

/**
 * Pairs the items of two lists, so that one that was put in or taken out shows as just that: first the equal ones that
 * stand in the same order, then, between these, those that are about the same person or thing, then one by one where
 * as many went as came.
 */
export function matchItems(before: readonly JsonValue[], after: readonly JsonValue[]): readonly ItemPair[] {
  const equal = longestRun(pairByKey(before.map(textOf), after.map(textOf)))
  const pairs: ItemPair[] = []
  let from: Required<ItemPair> = { before: 0, after: 0 }
  for (const next of [...equal, { before: before.length, after: after.length }]) {
    for (const pair of matchGap(before, after, { from, to: next })) pairs.push(pair)
    if (next.before < before.length) pairs.push(next)
    from = { before: next.before + 1, after: next.after + 1 }
  }
  return pairs
}

type Matched = Required<ItemPair>

/** Each key with the next one like it: pairs in the order of the second list. */
function pairByKey(before: readonly string[], after: readonly string[]): readonly Matched[] {
  const places = new Map<string, number[]>()
  for (const [index, key] of [...before.entries()].reverse())
    if (!places.get(key)?.push(index)) places.set(key, [index])
  return after.flatMap((key, index) => {
    const found = places.get(key)?.pop()
    return found === undefined ? [] : [{ before: found, after: index }]
  })
}

/** The most pairs that stand in the same order in both lists (patience sorting). */
function longestRun(pairs: readonly Matched[]): readonly Matched[] {
  const tails: number[] = []
  const previous: (number | undefined)[] = []
  for (const [index, { before }] of pairs.entries()) {
    let low = 0
    let high = tails.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (pairs[tails[middle]!]!.before < before) low = middle + 1
      else high = middle
    }
    previous.push(low === 0 ? undefined : tails[low - 1])
    tails[low] = index
  }
  const run: Matched[] = []
  for (let at = tails.at(-1); at !== undefined; at = previous[at]) run.push(pairs[at]!)
  return run.reverse()
}

interface Gap {
  readonly from: Matched
  readonly to: Matched
}

function matchGap(
  before: readonly JsonValue[],
  after: readonly JsonValue[],
  { from, to }: Gap,
): readonly ItemPair[] {
  const gone = before.slice(from.before, to.before)
  const came = after.slice(from.after, to.after)
  const same = longestRun(pairByKey(gone.map(keyOf('before')), came.map(keyOf('after'))))
  const isOneByOne = same.length === 0 && gone.length === came.length && !gone.some(isNamed)
  const pairs = isOneByOne ? gone.map((_, index) => ({ before: index, after: index })) : same
  const matchedBefore = new Set(pairs.map((pair) => pair.before))
  const matchedAfter = new Map(pairs.map((pair) => [pair.after, pair.before]))
  const removed = gone.flatMap((_, index) =>
    matchedBefore.has(index) ? [] : [{ before: from.before + index }],
  )
  const others = came.map((_, index): ItemPair => {
    const partner = matchedAfter.get(index)
    const place = { after: from.after + index }
    return partner === undefined ? place : { ...place, before: from.before + partner }
  })
  return [...removed, ...others]
}

/** What has no identity is like nothing else. */
const keyOf = (side: string) => (item: JsonValue, index: number) => identityOf(item) ?? `${side} ${index}`

const isNamed = (item: JsonValue): boolean => identityOf(item) !== undefined

/** Who or what an item is about: `user 0d5f…` of a target, the `id` or `resourceId` of another object. */
function identityOf(item: JsonValue): string | undefined {
  if (!isJsonObject(item)) return undefined
  const { identity } = item
  if (isJsonObject(identity)) {
    for (const [slot, each] of Object.entries(identity)) {
      if (isJsonObject(each) && typeof each['id'] === 'string') return `= ${slot} ${each['id']}`
    }
  }
  const id = item['id'] ?? item['resourceId']
  return typeof id === 'string' ? `= ${id}` : undefined
}

/** Equal texts are equal values: payloads have their properties in one order, but for those that Graph does not know. */
const textOf = (value: JsonValue): string => JSON.stringify(value)
