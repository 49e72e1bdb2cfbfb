import { quote, textOf, type Words } from '../../model/diagnostics/wording.js'
/** A part of a link as it stands there, with its place. */
export interface Part {
  readonly text: string
  readonly start: number
}

/** What is wrong with a link, and where in it; the message has no full stop. */
export class JoinUrlProblem extends Error {
  constructor(
    readonly words: Words,
    readonly start: number,
    readonly end: number,
    readonly hint?: Words,
  ) {
    super(textOf(words))
  }
}

export const problem = ({ text, start }: Part, message: Words, hint?: Words): JoinUrlProblem =>
  new JoinUrlProblem(message, start, start + text.length, hint)

export const from = ({ text, start }: Part, length: number): Part => ({
  text: text.slice(length),
  start: start + length,
})

/** The parts before and after a separator; without one, the second is undefined. */
export function cutAt(part: Part, separator: string): [Part, Part?] {
  const index = part.text.indexOf(separator)
  if (index < 0) return [part]
  return [{ text: part.text.slice(0, index), start: part.start }, from(part, index + 1)]
}

/** The link is cut before it is decoded, so that what an encoded part holds cannot shift the others. */
export function decode(part: Part): string {
  try {
    return decodeURIComponent(part.text)
  } catch {
    const index = part.text.search(/%(?![0-9a-f]{2})/i)
    const place = index < 0 ? part : { text: part.text.slice(index, index + 3), start: part.start + index }
    throw problem(place, 'this is not well percent-encoded', 'Is the link complete?')
  }
}

/** A parameter of a query. One that stands there twice, with two values, is none that can be told. */
export function findParameter(query: Part | undefined, name: string): Part | undefined {
  let found: Part | undefined
  for (let rest = query; rest !== undefined; ) {
    const [pair, next]: [Part, Part?] = cutAt(rest, '&')
    const [key, given] = cutAt(pair, '=')
    rest = next
    if (key.text.toLowerCase() !== name) continue
    const value = given ?? from(pair, pair.text.length)
    if (found !== undefined && found.text !== value.text)
      throw problem(value, quote`the link has two ${name}`, 'Which one is meant, nobody can tell.')
    found ??= value
  }
  return found
}

/** An empty part has no place to point at. */
export const orWhole = (part: Part | undefined, other: Part): Part =>
  part !== undefined && part.text !== '' ? part : other
