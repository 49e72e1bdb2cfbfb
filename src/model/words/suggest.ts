import { joinWords, plain, quote, type Wording } from '../diagnostics/wording.js'

/** Pairs of characters that are looked at for one suggestion, enough for all zones; of names beyond them none is suggested. */
const maximumPairs = 100_000

/** The known name that a misspelt one most likely means; undefined when none is near. */
export function suggest(name: string, known: Iterable<string>): string | undefined {
  const wanted = name.toLowerCase()
  let pairs = 0
  const limit = Math.max(1, Math.floor(name.length / 3))
  let best: string | undefined
  let bestDistance = limit + 1
  for (const candidate of known) {
    if (Math.abs(candidate.length - name.length) >= bestDistance) continue
    pairs += (candidate.length + 1) * (name.length + 1)
    if (pairs > maximumPairs) break
    const distance = editDistance(wanted, candidate.toLowerCase())
    if (distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

/** `Did you mean …?` for a near name, else the list of what there is, when that is short. */
export function suggestionFor(name: string, known: Iterable<string>): Wording | undefined {
  const names = atMost(maximumNames, known)
  const near = suggest(name, names)
  if (near !== undefined) return quote`Did you mean ${near}?`
  if (names.length === 0 || names.length > 12) return undefined
  const all = names.map((each) => quote`${each}`)
  return quote`There ${plain(names.length === 1 ? 'is' : 'are')}: ${joinWords(all, ', ')}.`
}

/** The same as text, for an error. */
export const didYouMean = (name: string, known: Iterable<string>): string | undefined =>
  suggestionFor(name, known)?.text

/** So many names can be compared with: a list may have a hundred thousand columns, and each of its rows the mistake. */
const maximumNames = 10_000

function atMost(count: number, known: Iterable<string>): readonly string[] {
  const names: string[] = []
  for (const name of known) {
    if (names.length === count) break
    names.push(name)
  }
  return names
}

/** Insertions, deletions, replacements and swaps of neighbors, in characters. */
function editDistance(from: string, to: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1]
      let distance = Math.min(last[column]! + 1, current[column - 1]! + 1, last[column - 1]! + (same ? 0 : 1))
      const isSwap =
        row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]
      if (isSwap) distance = Math.min(distance, beforeLast[column - 2]! + 1)
      current.push(distance)
    }
    beforeLast = last
    last = current
  }
  return last[to.length]!
}
