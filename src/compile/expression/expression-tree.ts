import type { JsonValue } from '../../model/json.js'
import type { Span } from '../../model/language/source.js'

export type Expression =
  | { readonly kind: 'literal'; readonly value: JsonValue; readonly span: Span }
  | { readonly kind: 'path'; readonly path: Path; readonly span: Span }
  | {
      readonly kind: 'helper'
      readonly name: string
      readonly values: readonly Expression[]
      readonly span: Span
    }

export interface Path {
  readonly text: string
  /** How many `../` stand before it. */
  readonly depth: number
  /** Whether it begins with `@`. */
  readonly isData: boolean
  readonly parts: readonly string[]
}

export type Part =
  | { readonly kind: 'content'; readonly text: string }
  | { readonly kind: 'value'; readonly expression: Expression }
  | {
      readonly kind: 'if'
      readonly condition: Expression
      readonly whenTrue: readonly Part[]
      readonly whenFalse: readonly Part[]
    }
  | {
      readonly kind: 'each' | 'with'
      readonly subject: Expression
      readonly names: readonly string[]
      readonly body: readonly Part[]
      readonly else: readonly Part[]
    }

/** A scalar's text: one whole expression, which keeps its type, or text with expressions in it. */
export type ScalarText =
  | { readonly kind: 'whole'; readonly expression: Expression }
  | { readonly kind: 'text'; readonly parts: readonly Part[] }

/** Whether a text has anything to evaluate, well-formed or not. */
export const hasExpression = (text: string): boolean => text.includes('{{')
