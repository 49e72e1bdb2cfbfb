/** A text that must not be shown, and what stands there instead. */
export interface Replacement {
  readonly text: string
  readonly by: string
}

/** A shorter text is a word of its own or none at all: `Al` is not in `Also`. */
const shortest = 4

/**
 * Replaces every occurrence of any of the texts, the longest first. Texts are found by their first two characters, so
 * that ten thousand of them cost little more than one.
 */
export function createReplace(replacements: readonly Replacement[]): (text: string) => string {
  const index = new Map<string, Replacement[]>()
  for (const each of replacements) {
    const key = each.text.slice(0, 2)
    if (key !== '') index.set(key, [...(index.get(key) ?? []), each])
  }
  for (const group of index.values()) group.sort((left, right) => right.text.length - left.text.length)
  const firsts = new Set([...index.keys()].map((key) => key[0]))
  return (text) => {
    let shown = ''
    let from = 0
    for (let at = 0; at < text.length; at++) {
      if (!firsts.has(text[at]!)) continue
      const found = findAt(text, at, index)
      if (found === undefined) continue
      shown += text.slice(from, at) + found.by
      from = at + found.text.length
      at = from - 1
    }
    return from === 0 ? text : shown + text.slice(from)
  }
}

function findAt(
  text: string,
  at: number,
  index: ReadonlyMap<string, readonly Replacement[]>,
): Replacement | undefined {
  const candidates = [...(index.get(text.slice(at, at + 2)) ?? []), ...(index.get(text[at]!) ?? [])]
  return candidates.find(
    (each) =>
      text.startsWith(each.text, at) &&
      (each.text.length >= shortest || isWord(text, at, at + each.text.length)),
  )
}

const isWord = (text: string, start: number, end: number): boolean =>
  !/[\p{L}\p{N}]$/u.test(text.slice(Math.max(start - 2, 0), start)) &&
  !/^[\p{L}\p{N}]/u.test(text.slice(end, end + 2))
