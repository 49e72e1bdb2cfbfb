import type { TextPattern } from '../../model/language/template.js'
import { createProgram, type PatternStep } from './pattern-program.js'
import { PatternProblem, parsePattern } from './pattern-tree.js'

/**
 * A pattern of a workspace, or why it is refused. Patterns come from strangers' pull requests, and JavaScript's matcher
 * can take years over some. This one reads each character of a text once, with all ways through the pattern at a time,
 * and remembers where they led (a lazy automaton). What cannot be matched like that is refused: look-around and
 * references back.
 */
export function readPattern(source: string): TextPattern | { readonly problem: string } {
  try {
    const matcher = new Matcher(createProgram(parsePattern(source)))
    return { source, test: (text, spend) => matcher.test(text, spend) }
  } catch (error) {
    if (!(error instanceof PatternProblem)) throw error
    return { problem: error.message }
  }
}

/** Steps that have been reached in front of a character, and what came before it. */
interface State {
  readonly reached: readonly number[]
  readonly before: Kind
  /** By character; by its number where that is below 128. */
  readonly next: (State | undefined)[]
  readonly others: Map<string, State>
  matchesAtEnd?: boolean
}

/** Of a character: a letter, digit or `_` of ASCII, anything else, or the start or end of the text. */
type Kind = 'word' | 'other' | 'edge'

/** In steps, of all states, and transitions. More is forgotten, and made again when it is needed. */
const mostKept = 100_000

class Matcher {
  #states = new Map<string, State>()
  #kept = 0
  readonly #matched: State = { reached: [], before: 'edge', next: [], others: new Map() }

  constructor(private readonly program: readonly PatternStep[]) {}

  /** Whether the pattern matches anywhere in the text. */
  test(text: string, spend: (steps: number) => void): boolean {
    let state = this.#stateOf([0], 'edge')
    spend(text.length + 1)
    for (let at = 0; at < text.length; ) {
      const code = text.charCodeAt(at)
      let next = code < 128 ? state.next[code] : undefined
      let length = 1
      if (next === undefined) {
        const character = String.fromCodePoint(text.codePointAt(at)!)
        length = character.length
        next = state.others.get(character) ?? this.#advance(state, character, spend)
      }
      if (next === this.#matched) return true
      state = next
      at += length
    }
    if (state.matchesAtEnd === undefined) {
      spend(this.program.length)
      state.matchesAtEnd = this.#close(state, 'edge').isMatch
    }
    return state.matchesAtEnd
  }

  #advance(state: State, character: string, spend: (steps: number) => void): State {
    spend(this.program.length)
    const kind: Kind = /^\w$/.test(character) ? 'word' : 'other'
    const { at, isMatch } = this.#close(state, kind)
    const next = isMatch ? this.#matched : this.#stateOf(this.#read(at, character), kind)
    if (this.#kept >= mostKept) this.#forget()
    this.#kept += 1
    const code = character.charCodeAt(0)
    if (code < 128) state.next[code] = next
    else state.others.set(character, next)
    return next
  }

  /** Behind the character; a match may also begin there. */
  #read(at: readonly number[], character: string): readonly number[] {
    const reached = new Set([0])
    for (const index of at) {
      const step = this.program[index]!
      if (step.kind === 'character' && step.matches(character)) reached.add(index + 1)
    }
    return [...reached].sort((left, right) => left - right)
  }

  /** All steps that are reached without a character. */
  #close({ reached, before }: State, after: Kind): { readonly at: readonly number[]; isMatch: boolean } {
    const at = new Set(reached)
    let isMatch = false
    for (const index of at) {
      const step = this.program[index]!
      if (step.kind === 'match') isMatch = true
      else if (step.kind === 'fork') for (const each of step.to) at.add(each)
      else if (step.kind === 'place' && isAt(step.place, before, after)) at.add(index + 1)
    }
    return { at: [...at], isMatch }
  }

  #stateOf(reached: readonly number[], before: Kind): State {
    const key = `${before} ${reached.join()}`
    const known = this.#states.get(key)
    if (known !== undefined) return known
    const state: State = { reached, before, next: [], others: new Map() }
    this.#states.set(key, state)
    this.#kept += reached.length
    return state
  }

  #forget(): void {
    this.#states = new Map()
    this.#kept = 0
  }
}

function isAt(place: 'start' | 'end' | 'boundary' | 'inside', before: Kind, after: Kind): boolean {
  if (place === 'start') return before === 'edge'
  if (place === 'end') return after === 'edge'
  return ((before === 'word') !== (after === 'word')) === (place === 'boundary')
}
