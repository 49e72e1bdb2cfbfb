// Reads by itself the expressions that most texts hold, many times faster than Handlebars' parser, which stays the
// authority: for whatever is unusual here or wrong, this gives up, and Handlebars reads the whole text. What it does
// read, it reads as handlebars-expression.ts does; a property test holds them equal.

import { expressionLimits, forbiddenHelpers, forbiddenParts } from './expression-limits.js'
import type { Expression, Part, ScalarText } from './expression-tree.js'
import { findHelper, helperNames } from './helpers.js'

/**
 * One line of text with paths, calls of helpers, `#if` and `#unless` in it. Undefined for anything else: other blocks,
 * comments, escapes, whitespace control, unusual names, and all mistakes.
 */
export function parseSimpleText(text: string): ScalarText | undefined {
  if (unusual.test(text)) return undefined
  const reader = new SimpleReader(text)
  const parts = reader.parts(0)
  if (parts === undefined || !reader.isAtEnd) return undefined
  const [only] = parts
  return parts.length === 1 && only?.kind === 'value'
    ? { kind: 'whole', expression: only.expression }
    : { kind: 'text', parts }
}

/**
 * Line breaks and blocks that stand alone on their line take white space with them; a backslash escapes; three braces
 * are forbidden, wherever they stand.
 */
const unusual = /[\\\r\n~]|\{\{\{/

// Each is tried where the last match ended.
const openBlock = /\{\{#(if|unless) +/y
const closeBlock = /\{\{\/(if|unless) *\}\}(?!\})/y
const elseMark = /\{\{ *else *\}\}(?!\})/y
/** Handlebars takes `{{else-if}}` for an `else`, too. */
const open = /\{\{(?! *else\b) */y
/** A third brace would end a triple-stash. */
const close = / *\}\}(?!\})/y
const path = /@?[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*(?=[ )}])/y
const literal = /(?:"[^"]*"|'[^']*'|-?\d+(?:\.\d+)?|true|false|null)(?=[ )}])/y
const space = / +/y
const openCall = /\( */y
const closeCall = / *\)/y

/** Words that Handlebars does not take for names. */
const reserved = new Set(['this', 'else', 'as', 'true', 'false', 'null', 'undefined'])

class SimpleReader {
  #at = 0

  constructor(private readonly text: string) {}

  get isAtEnd(): boolean {
    return this.#at === this.text.length
  }

  /** Up to the end of the text or of the block. */
  parts(depth: number): readonly Part[] | undefined {
    const { text } = this
    const parts: Part[] = []
    while (this.#at < text.length) {
      const next = text.indexOf('{{', this.#at)
      const end = next < 0 ? text.length : next
      if (end > this.#at) parts.push({ kind: 'content', text: text.slice(this.#at, end) })
      this.#at = end
      if (this.#isAtEndOfBlock()) break
      if (next < 0) continue
      const part = text.startsWith('{{#', end) ? this.#block(depth) : this.#mustache()
      if (part === undefined) return undefined
      parts.push(part)
    }
    return parts
  }

  #isAtEndOfBlock(): boolean {
    return this.#sees(elseMark) || this.#sees(closeBlock)
  }

  #block(depth: number): Part | undefined {
    const name = this.#take(openBlock)?.[1]
    if (name === undefined || depth === expressionLimits.blockDepth) return undefined
    const condition = this.#value(0)
    if (condition === undefined || !this.#take(close)) return undefined
    const body = this.parts(depth + 1)
    const otherwise = this.#take(elseMark) ? this.parts(depth + 1) : []
    if (body === undefined || otherwise === undefined || this.#take(closeBlock)?.[1] !== name)
      return undefined
    return name === 'if'
      ? { kind: 'if', condition, whenTrue: body, whenFalse: otherwise }
      : { kind: 'if', condition, whenTrue: otherwise, whenFalse: body }
  }

  #mustache(): Part | undefined {
    const start = this.#at
    if (!this.#take(open)) return undefined
    const expression = this.#isCall() ? this.#call(start, 0, close) : this.#path()
    if (expression === undefined) return undefined
    if (expression.kind === 'path' && (forbiddenHelpers.has(expression.path.text) || !this.#take(close)))
      return undefined
    return { kind: 'value', expression }
  }

  /** A name with values behind it, or one that is a helper's, is called. */
  #isCall(): boolean {
    const name = this.#peek(path)
    return (
      name !== undefined && (helperNames.has(name) || !/^ *\}/.test(this.text.slice(this.#at + name.length)))
    )
  }

  /** From the name on; `start` is where what the complaint would be about begins. */
  #call(start: number, nesting: number, end: RegExp): Expression | undefined {
    const name = this.#take(path)?.[0]
    if (name === undefined || findHelper(name) === undefined || nesting > expressionLimits.nesting)
      return undefined
    const values: Expression[] = []
    while (!this.#take(end)) {
      const value = this.#take(space) ? this.#value(nesting) : undefined
      if (value === undefined) return undefined
      values.push(value)
    }
    return { kind: 'helper', name, values, span: { start, end: this.#at } }
  }

  #value(nesting: number): Expression | undefined {
    const start = this.#at
    if (this.#take(openCall)) return this.#call(start, nesting + 1, closeCall)
    const found = this.#take(literal)
    if (found === undefined) return this.#path()
    return { kind: 'literal', value: readLiteral(found[0]), span: { start, end: this.#at } }
  }

  #path(): Expression | undefined {
    const start = this.#at
    const original = this.#take(path)?.[0]
    if (original === undefined) return undefined
    const isData = original.startsWith('@')
    const parts = (isData ? original.slice(1) : original).split('.')
    if (parts.some((part) => reserved.has(part) || forbiddenParts.has(part))) return undefined
    return {
      kind: 'path',
      path: { text: original, depth: 0, isData, parts },
      span: { start, end: this.#at },
    }
  }

  #sees(form: RegExp): boolean {
    return this.#peek(form) !== undefined
  }

  #peek(form: RegExp): string | undefined {
    form.lastIndex = this.#at
    return form.exec(this.text)?.[0]
  }

  #take(form: RegExp): RegExpExecArray | undefined {
    form.lastIndex = this.#at
    const found = form.exec(this.text)
    if (found === null) return undefined
    this.#at = form.lastIndex
    return found
  }
}

function readLiteral(text: string): string | number | boolean | null {
  if (text.startsWith('"') || text.startsWith("'")) return text.slice(1, -1)
  if (text === 'null') return null
  return text === 'true' || text === 'false' ? text === 'true' : Number(text)
}
