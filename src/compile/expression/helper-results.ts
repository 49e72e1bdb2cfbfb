import { textOf, type Words } from '../../model/diagnostics/wording.js'
import type { JsonValue } from '../../model/json.js'

/** A complaint of a helper about the values that it got; without a full stop. */
export class HelperProblem extends Error {
  readonly place: ArgumentPlace | undefined
  readonly hint: Words | undefined
  /** To what it complains about, in the argument. */
  readonly path: readonly (string | number)[]
  readonly code: ProblemCode

  constructor(
    readonly words: Words,
    details: ProblemDetails = {},
  ) {
    super(textOf(words))
    this.place = details.place
    this.hint = details.hint
    this.path = details.path ?? []
    this.code = details.code ?? 'expression/arguments'
  }
}

type ProblemCode = 'expression/arguments' | 'expression/truth'

interface ProblemDetails {
  readonly place?: ArgumentPlace
  readonly hint?: Words
  readonly path?: readonly (string | number)[]
  readonly code?: ProblemCode
}

/** A part of the text that one argument is. */
export interface ArgumentPlace {
  /** Its index. */
  readonly argument: number
  readonly start: number
  readonly end: number
}

const maximumResult = 1_000_000

/** Before a text or list is made: chains of helpers could otherwise make one that fills the memory. */
export function checkSize(size: number): void {
  if (size > maximumResult) throw new HelperProblem('the result would be too long')
}

export function joinTexts(texts: readonly string[], separator: string): string {
  checkSize(texts.reduce((size, each) => size + each.length + separator.length, 0))
  return texts.join(separator)
}

export function joinLists(lists: readonly (readonly JsonValue[])[]): JsonValue {
  checkSize(lists.reduce((size, each) => size + each.length, 0))
  return lists.flat()
}

export function replaceText(value: string, from: string, to: string): string {
  const parts = value.split(from)
  if (from !== '') return joinTexts(parts, to)
  checkSize(value.length * (to.length + 1))
  return value.replaceAll(from, () => to)
}
