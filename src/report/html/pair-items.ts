import type { JsonValue } from '../../model/json.js'

/** Over so many comparisons, items are paired by their place. */
const mostComparisons = 250_000

/**
 * Which item of a list stands beside which of another: equal ones in order, as many as possible; between them, one by
 * one. -1 where an item stands alone.
 */
export function pairItems(
  before: readonly JsonValue[],
  after: readonly JsonValue[],
): readonly (readonly [number, number])[] {
  const lefts = before.map((item) => JSON.stringify(item))
  const rights = after.map((item) => JSON.stringify(item))
  const pairs: (readonly [number, number])[] = []
  let [left, right] = [0, 0]
  const fillTo = (leftEnd: number, rightEnd: number): void => {
    for (; left < leftEnd || right < rightEnd; ) {
      pairs.push([left < leftEnd ? left++ : -1, right < rightEnd ? right++ : -1])
    }
  }
  for (const [leftEnd, rightEnd] of findEqual(lefts, rights)) {
    fillTo(leftEnd, rightEnd)
    pairs.push([left++, right++])
  }
  fillTo(lefts.length, rights.length)
  return pairs
}

/** Equal heads and tails first: what is between is mostly short. */
function findEqual(
  lefts: readonly string[],
  rights: readonly string[],
): readonly (readonly [number, number])[] {
  const shorter = Math.min(lefts.length, rights.length)
  let head = 0
  while (head < shorter && lefts[head] === rights[head]) head += 1
  let tail = 0
  while (tail < shorter - head && lefts.at(-1 - tail) === rights.at(-1 - tail)) tail += 1
  const between = longestCommon(
    lefts.slice(head, lefts.length - tail),
    rights.slice(head, rights.length - tail),
  )
  return [
    ...Array.from({ length: head }, (_, at) => [at, at] as const),
    ...between.map(([left, right]) => [left + head, right + head] as const),
    ...Array.from(
      { length: tail },
      (_, at) => [lefts.length - tail + at, rights.length - tail + at] as const,
    ),
  ]
}

/** A longest common subsequence, as places in both. */
function longestCommon(
  lefts: readonly string[],
  rights: readonly string[],
): readonly (readonly [number, number])[] {
  const width = rights.length + 1
  if (lefts.length * rights.length > mostComparisons) return []
  const lengths = new Uint32Array((lefts.length + 1) * width)
  const lengthAt = (left: number, right: number): number => lengths[left * width + right]!
  for (let left = lefts.length - 1; left >= 0; left -= 1) {
    for (let right = rights.length - 1; right >= 0; right -= 1) {
      lengths[left * width + right] =
        lefts[left] === rights[right]
          ? lengthAt(left + 1, right + 1) + 1
          : Math.max(lengthAt(left + 1, right), lengthAt(left, right + 1))
    }
  }
  const found: (readonly [number, number])[] = []
  let [left, right] = [0, 0]
  while (left < lefts.length && right < rights.length) {
    if (lefts[left] === rights[right]) found.push([left++, right++])
    else if (lengthAt(left + 1, right) >= lengthAt(left, right + 1)) left += 1
    else right += 1
  }
  return found
}
