/** A regular expression as far as it says which texts match: groups and laziness say nothing about that. */
export type PatternTree =
  | { readonly kind: 'sequence'; readonly parts: readonly PatternTree[] }
  | { readonly kind: 'choice'; readonly branches: readonly PatternTree[] }
  | { readonly kind: 'repeat'; readonly body: PatternTree; readonly least: number; readonly most: number }
  /** One character, by a class, an escape or itself. */
  | { readonly kind: 'character'; readonly source: string }
  | { readonly kind: 'place'; readonly place: PatternPlace }

/** `^`, `$`, `\b`, `\B`. */
export type PatternPlace = 'start' | 'end' | 'boundary' | 'inside'

/** Why a pattern is refused. */
export class PatternProblem extends Error {}

/** Parts inside one another. Each is read by a function that calls itself. */
const maximumDepth = 100

/** Reads what JavaScript takes with the flag `u`. Throws PatternProblem for what needs backtracking. */
export function parsePattern(pattern: string): PatternTree {
  try {
    new RegExp(pattern, 'u')
  } catch {
    throw new PatternProblem('This is no regular expression.')
  }
  return new PatternReader(pattern).read()
}

// Each is tried where the last match ended.
const characterClass = /\[(?:\\.|[^\]\\])*\]/suy
const escaped =
  /\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|u\{[0-9a-fA-F]+\}|[pP]\{[^}]*\}|x[0-9a-fA-F]{2}|c[A-Za-z]|.)/suy
const reference = /\\[1-9k]/y
const opening = /\((?:\?:|(?!\?))/y
const place = /\^|\$|\\b|\\B/y
const quantifier = /(?:[*+?]|\{(\d+)(,?)(\d*)\})\??/y
const character = /./suy

const places: Readonly<Record<string, PatternPlace>> = {
  '^': 'start',
  $: 'end',
  '\\b': 'boundary',
  '\\B': 'inside',
}

class PatternReader {
  #at = 0

  constructor(private readonly text: string) {}

  read(): PatternTree {
    return this.#choice(0)
  }

  #choice(depth: number): PatternTree {
    if (depth > maximumDepth) throw new PatternProblem('The groups of this pattern are nested too deep.')
    const branches = [this.#sequence(depth)]
    while (this.text[this.#at] === '|') {
      this.#at += 1
      branches.push(this.#sequence(depth))
    }
    return branches.length === 1 ? branches[0]! : { kind: 'choice', branches }
  }

  #sequence(depth: number): PatternTree {
    const parts: PatternTree[] = []
    while (this.#at < this.text.length && !'|)'.includes(this.text[this.#at]!)) {
      const part = this.#part(depth)
      parts.push(this.#repeated(part))
    }
    return parts.length === 1 ? parts[0]! : { kind: 'sequence', parts }
  }

  #part(depth: number): PatternTree {
    const found = this.#take(place)
    if (found !== undefined) return { kind: 'place', place: places[found[0]]! }
    if (this.#take(reference)) throw new PatternProblem('References back are not allowed.')
    if (this.text[this.#at] === '(') {
      if (!this.#take(opening)) throw new PatternProblem('Look-around and names are not allowed.')
      const body = this.#choice(depth + 1)
      this.#at += 1
      return body
    }
    const [source] = (this.#take(characterClass) ?? this.#take(escaped) ?? this.#take(character))!
    return { kind: 'character', source }
  }

  #repeated(body: PatternTree): PatternTree {
    const found = this.#take(quantifier)
    if (found === undefined) return body
    const [text, least, comma, most] = found
    if (least === undefined) {
      const most = text.startsWith('?') ? 1 : Number.POSITIVE_INFINITY
      return { kind: 'repeat', body, least: text.startsWith('+') ? 1 : 0, most }
    }
    const end = comma === '' ? Number(least) : most === '' ? Number.POSITIVE_INFINITY : Number(most)
    return { kind: 'repeat', body, least: Number(least), most: end }
  }

  #take(form: RegExp): RegExpExecArray | undefined {
    form.lastIndex = this.#at
    const found = form.exec(this.text)
    if (found === null) return undefined
    this.#at = form.lastIndex
    return found
  }
}
