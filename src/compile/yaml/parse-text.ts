import { createDiagnostic, type Diagnostic } from '../../model/diagnostics/diagnostic.js'
import type { Source } from '../../model/language/source.js'

export const maximumDepth = 64

/** Splits a text into YAML's lexemes; control lexemes have no counterpart in the text. */
export type Lex = (text: string) => Iterable<string>

export function checkEncoding(source: Source): Diagnostic | undefined {
  const nul = source.text.indexOf('\0')
  if (nul < 0 && source.text.isWellFormed()) return undefined
  const start = nul < 0 ? Math.max(source.text.search(/\p{Surrogate}/u), 0) : nul
  return createDiagnostic('file/encoding', 'This file is not plain UTF-8 text.', {
    range: { source: source.path, start, end: start + 1 },
    hint: 'Save it as UTF-8, without NUL characters.',
  })
}

/** Found on tokens, before yaml's recursive parser, whose stack overflow can end the process. */
export function checkDepth(source: Source, lex: Lex): Diagnostic | undefined {
  if (!mayBeDeep(source.text)) return undefined
  const columns: number[] = []
  let flow = 0
  for (const { text, start, column, isFirst } of tokens(lex(source.text))) {
    if (text === '{' || text === '[') flow += 1
    else if (text === '}' || text === ']') flow -= 1
    else if (flow === 0 && isFirst) {
      while (columns.length > 0 && column < columns[columns.length - 1]!) columns.pop()
      if (column !== columns[columns.length - 1]) columns.push(column)
    }
    if (flow + columns.length > maximumDepth) {
      const range = { source: source.path, start, end: start + text.length }
      return createDiagnostic(
        'yaml/too-deep',
        `Maps and lists are nested deeper than ${maximumDepth} levels.`,
        { range },
      )
    }
  }
  return undefined
}

/** More brackets than this are counted by the lexer: of fewer, yaml's parser can bear any nesting. */
const maximumUnreadBrackets = 1000

/** A cheap guess, so that an ordinary file is not read twice. Brackets inside quotes can deceive it, but only so far. */
function mayBeDeep(text: string): boolean {
  if (/^[ \t?-]{64}/m.test(text)) return true
  let balance = 0
  let opened = 0
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charCodeAt(at)
    if (character === 0x5b || character === 0x7b) {
      balance += 1
      opened += 1
    } else if ((character === 0x5d || character === 0x7d) && balance > 0) balance -= 1
    if (balance > maximumDepth / 2 || opened > maximumUnreadBrackets) return true
  }
  return false
}

interface Token {
  readonly text: string
  readonly start: number
  readonly column: number
  /** Whether nothing but block indicators stands before it on its line. */
  readonly isFirst: boolean
}

function* tokens(lexemes: Iterable<string>): Generator<Token> {
  let start = 0
  let lineStart = 0
  let isFirst = true
  for (const token of lexemes) {
    if (token === '\u0002' || token === '\u0018' || token === '\u001f') continue
    const isSpace = token.trim() === '' || token.startsWith('#')
    if (!isSpace) {
      yield { text: token, start, column: start - lineStart, isFirst }
      isFirst = token === '-' || token === '?'
    }
    start += token.length
    const lastBreak = token.lastIndexOf('\n')
    if (lastBreak >= 0) {
      lineStart = start - token.length + lastBreak + 1
      isFirst = true
    }
  }
}

/** `{{` outside quotes, comments and block scalars, which YAML reads as a map in a map. */
export function unquotedExpressions(source: Source, lex: Lex): Diagnostic[] {
  const found: Diagnostic[] = []
  let previous: Token | undefined
  let lastLine = -1
  let flow = 0
  for (const token of tokens(lex(source.text))) {
    const isDouble = token.text === '{' && previous?.text === '{' && previous.start === token.start - 1
    const line = token.start - token.column
    if (isDouble && line !== lastLine) {
      lastLine = line
      found.push(unquotedExpression(source, token.start - 1, flow > 1))
    }
    if (token.text === '{' || token.text === '[') flow += 1
    else if (token.text === '}' || token.text === ']') flow -= 1
    previous = token
  }
  return found
}

const longestHint = 200

/** Outside `[…]` and `{…}` a value goes on to the end of its line. */
function unquotedExpression(source: Source, start: number, isInFlow: boolean): Diagnostic {
  const rest = source.text.slice(start, endOfLine(source.text, start))
  const close = isInFlow ? rest.indexOf('}}') : -1
  const text = close < 0 ? withoutComment(rest).trimEnd() : rest.slice(0, close + 2)
  const quote = text.includes('"') ? "'" : '"'
  return createDiagnostic('yaml/unquoted-expression', 'YAML reads `{{…}}` without quotes as a map.', {
    range: { source: source.path, start, end: start + text.length },
    hint: text.length > longestHint ? 'Put all of it in quotes.' : `Write ${quote}${text}${quote}.`,
  })
}

/** A pattern would try each blank of a long row of them to the row's end. */
function withoutComment(line: string): string {
  for (let at = line.indexOf('#'); at >= 0; at = line.indexOf('#', at + 1))
    if (at > 0 && /\s/.test(line[at - 1]!)) return line.slice(0, at)
  return line
}

export function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end < 0 ? text.length : end
}
