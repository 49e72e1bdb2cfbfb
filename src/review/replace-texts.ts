import { TextIndex } from './text-index.js'

/** A text that must not be shown, and what stands there instead. */
export interface Replacement {
  readonly text: string
  readonly by: string
}

/** In steps of the run's budget, for a character of a text that must not be shown, and of one that is. */
const costOfHidden = 40
const costOfShown = 4

/** A shorter text is a word of its own or none at all: `Al` is not in `Also`. */
const shortest = 4

/**
 * Replaces every occurrence of any of the texts, the longest first. It looks at each character once, however many
 * texts there are and however long: both may come from a stranger.
 */
export function createReplace(
  replacements: readonly Replacement[],
  spend: (steps: number) => void = () => {},
): (text: string) => string {
  spend(replacements.reduce((sum, { text }) => sum + text.length, 0) * costOfHidden)
  const long = replacements.filter(({ text }) => text.length >= shortest)
  const index = new TextIndex(long.map(({ text }) => text))
  const words = new Map(
    replacements
      .filter(({ text }) => text.length > 0 && text.length < shortest)
      .map((each) => [each.text, each]),
  )
  return (text) => {
    spend(text.length * costOfShown)
    const found = index.findLongest(text)
    let shown = ''
    let from = 0
    for (let at = 0; at < text.length; at++) {
      while (found.length > 0 && found[found.length - 1]!.at < at) found.pop()
      const next = found[found.length - 1]
      if (words.size === 0 && next === undefined) break
      if (words.size === 0) at = next!.at
      const replacement = next?.at === at ? long[next.text] : findWord(text, at, words)
      if (replacement === undefined) continue
      shown += text.slice(from, at) + replacement.by
      from = at + replacement.text.length
      at = from - 1
    }
    return from === 0 ? text : shown + text.slice(from)
  }
}

function findWord(
  text: string,
  at: number,
  words: ReadonlyMap<string, Replacement>,
): Replacement | undefined {
  for (let length = shortest - 1; length > 0; length -= 1) {
    const found = words.get(text.slice(at, at + length))
    if (found?.text.length === length && isWord(text, at, at + length)) return found
  }
  return undefined
}

const isWord = (text: string, start: number, end: number): boolean =>
  !/[\p{L}\p{N}]$/u.test(text.slice(Math.max(start - 2, 0), start)) &&
  !/^[\p{L}\p{N}]/u.test(text.slice(end, end + 2))
