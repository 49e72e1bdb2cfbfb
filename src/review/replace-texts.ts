/** A text that must not be shown, and what stands there instead. */
export interface Replacement {
  readonly text: string
  readonly by: string
}

/** A shorter text is a word of its own or none at all: `Al` is not in `Also`. */
const shortest = 4

/**
 * Replaces every occurrence of any of the texts, the longest first. At each place it tries only the lengths of texts
 * that begin with the same two characters, so that ten thousand texts cost little more than one.
 */
export function createReplace(replacements: readonly Replacement[]): (text: string) => string {
  const index = createIndex(replacements)
  const firsts = new Set([...index.lengths.keys()].map((key) => key[0]))
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

interface Index {
  readonly texts: ReadonlyMap<string, Replacement>
  /** By their first two characters, the longest first. */
  readonly lengths: ReadonlyMap<string, readonly number[]>
}

function createIndex(replacements: readonly Replacement[]): Index {
  const found = new Map<string, Set<number>>()
  for (const { text } of replacements) {
    const key = text.slice(0, 2)
    const lengths = found.get(key) ?? new Set()
    if (key !== '') found.set(key, lengths.add(text.length))
  }
  const sorted = [...found].map(([key, lengths]) => [key, [...lengths].sort((a, b) => b - a)] as const)
  return { texts: new Map(replacements.map((each) => [each.text, each])), lengths: new Map(sorted) }
}

function findAt(text: string, at: number, { texts, lengths }: Index): Replacement | undefined {
  const candidates = [...(lengths.get(text.slice(at, at + 2)) ?? []), ...(lengths.get(text[at]!) ?? [])]
  for (const length of candidates) {
    if (length < shortest && !isWord(text, at, at + length)) continue
    const found = texts.get(text.slice(at, at + length))
    if (found !== undefined) return found
  }
  return undefined
}

const isWord = (text: string, start: number, end: number): boolean =>
  !/[\p{L}\p{N}]$/u.test(text.slice(Math.max(start - 2, 0), start)) &&
  !/^[\p{L}\p{N}]/u.test(text.slice(end, end + 2))
