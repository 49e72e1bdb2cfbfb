// This file alone imports handlebars: its parser. What it parses is checked against an allow-list and turned into
// our own small tree, so nothing of Handlebars that callctl does not know can run. It is loaded by `require` where a
// text is first met that simple-expression.ts leaves to it.

import { parse as parseHandlebars } from 'handlebars/dist/cjs/handlebars/compiler/base.js'
import { plain, quote, type Words } from '../../model/diagnostics/wording.js'
import type { Span } from '../../model/language/source.js'
import { suggestionFor } from '../../model/words/suggest.js'
import { readFault } from './expression-fault.js'
import { expressionLimits, forbiddenHelpers, forbiddenParts } from './expression-limits.js'
import { ExpressionProblem } from './expression-problem.js'
import type { Expression, Part, Path, ScalarText } from './expression-tree.js'
import { curlyQuote, foreignHint, parenthesisHint, propertyHint } from './foreign-words.js'
import { builtInBlocks, findHelper, helperNames } from './helpers.js'
import { spacedPropertyHint } from './spaced-property.js'

/** Parses any text. Throws ExpressionProblem. */
export function parseWithHandlebars(text: string): ScalarText {
  const reader = new AstReader(text)
  const program = reader.parse()
  const [only] = program.body
  if (program.body.length === 1 && only?.type === 'MustacheStatement') {
    return { kind: 'whole', expression: reader.mustache(only as hbs.AST.MustacheStatement) }
  }
  return { kind: 'text', parts: reader.parts(program, 0) }
}

class AstReader {
  readonly #lines: readonly number[]

  constructor(private readonly text: string) {
    // Lines as Handlebars counts them.
    this.#lines = [0, ...[...text.matchAll(/\r\n?|\n/g)].map((found) => found.index + found[0].length)]
  }

  parse(): hbs.AST.Program {
    if (this.text.includes('{{{{')) this.#forbid(this.#opening(this.text.indexOf('{{{{')), 'raw blocks')
    try {
      return parseHandlebars(this.text)
    } catch (error) {
      const { message, start } = readFault(error, this.text)
      const span = { start, end: Math.min(start + 2, this.text.length) }
      throw new ExpressionProblem('expression/syntax', message, span, foreignHint(this.text, start))
    }
  }

  parts(program: hbs.AST.Program | undefined, depth: number): readonly Part[] {
    if (depth > expressionLimits.blockDepth) {
      const message = `Blocks are nested deeper than ${expressionLimits.blockDepth}.`
      throw new ExpressionProblem('expression/too-complex', message, this.#span(program!))
    }
    return (program?.body ?? []).flatMap((statement) => this.#part(statement, depth))
  }

  #part(statement: hbs.AST.Statement, depth: number): readonly Part[] {
    switch (statement.type) {
      case 'ContentStatement':
        return [{ kind: 'content', text: (statement as hbs.AST.ContentStatement).value }]
      case 'CommentStatement':
        return []
      case 'MustacheStatement':
        return [{ kind: 'value', expression: this.mustache(statement as hbs.AST.MustacheStatement) }]
      case 'BlockStatement':
        return [this.#block(statement as hbs.AST.BlockStatement, depth)]
      default:
        return this.#forbid(
          this.#opening(this.#span(statement).start),
          forbiddenNames[statement.type] ?? statement.type,
        )
    }
  }

  mustache(statement: hbs.AST.MustacheStatement): Expression {
    if (!statement.escaped)
      this.#forbid(this.#opening(this.#span(statement).start), 'triple braces and `{{&`')
    return this.#call(statement, 0)
  }

  #block(block: hbs.AST.BlockStatement, depth: number): Part {
    const name = block.path.original
    if (!builtInBlocks.includes(String(name)) || block.path.data) {
      const hint = suggestionFor(String(name), builtInBlocks)
      throw new ExpressionProblem(
        'expression/unknown-helper',
        `There is no block \`#${name}\`.`,
        this.#span(block.path),
        hint,
      )
    }
    this.#checkHash(block.hash)
    const [subject] = block.params
    if (subject === undefined || block.params.length !== 1) {
      throw new ExpressionProblem(
        'expression/arguments',
        `\`#${name}\` takes one value.`,
        this.#span(block.path),
        spacedPropertyHint(block.params.map((value) => this.#value(value, 0))),
      )
    }
    const condition = this.#value(subject, 0)
    const body = this.parts(block.program, depth + 1)
    // `{{else if}}` is no deeper than its `{{#if}}`; Handlebars marks it, its types do not say so.
    const isElseIf = (block.inverse as { chained?: boolean } | undefined)?.chained === true
    const otherwise = this.parts(block.inverse, isElseIf ? depth : depth + 1)
    if (name === 'if') return { kind: 'if', condition, whenTrue: body, whenFalse: otherwise }
    if (name === 'unless') return { kind: 'if', condition, whenTrue: otherwise, whenFalse: body }
    const names = block.program?.blockParams ?? []
    return { kind: name as 'each' | 'with', subject: condition, names, body, else: otherwise }
  }

  #call(call: hbs.AST.MustacheStatement | hbs.AST.SubExpression, nesting: number): Expression {
    const span = this.#span(call)
    if (nesting > expressionLimits.nesting) {
      const message = `Expressions are nested deeper than ${expressionLimits.nesting}.`
      throw new ExpressionProblem('expression/too-complex', message, span)
    }
    this.#checkHash(call.hash)
    const callee = call.path as hbs.AST.Expression
    const name = String((callee as hbs.AST.PathExpression).original)
    const isPath = callee.type === 'PathExpression'
    const isCall =
      call.params.length > 0 || call.type === 'SubExpression' || (isPath && helperNames.has(name))
    if (isPath && forbiddenHelpers.has(name)) this.#forbid(this.#span(callee), quote`${name}`)
    if (!isCall) return this.#value(callee, nesting)
    if (!isPath || findHelper(name) === undefined || (callee as hbs.AST.PathExpression).data) {
      const property = propertyHint(this.text.slice(span.start, span.end))
      const aside = call.type === 'SubExpression' && call.params.length === 0
      const around = aside ? parenthesisHint(this.text, span, name) : undefined
      const hint =
        property ?? around ?? foreignHint(this.text, span.start) ?? suggestionFor(name, [...helperNames])
      const message =
        property === undefined
          ? quote`There is no helper ${name}.`
          : quote`${name} ends at the white space, and is no helper.`
      throw new ExpressionProblem('expression/unknown-helper', message, this.#span(callee), hint)
    }
    const values = call.params.map((value) => this.#value(value, nesting))
    return { kind: 'helper', name, values, span }
  }

  #value(node: hbs.AST.Expression, nesting: number): Expression {
    const span = this.#span(node)
    switch (node.type) {
      case 'StringLiteral':
      case 'NumberLiteral':
      case 'BooleanLiteral':
        return { kind: 'literal', value: (node as hbs.AST.StringLiteral).value, span }
      case 'NullLiteral':
        return { kind: 'literal', value: null, span }
      case 'SubExpression':
        return this.#call(node as hbs.AST.SubExpression, nesting + 1)
      case 'PathExpression':
        return { kind: 'path', path: this.#path(node as hbs.AST.PathExpression, span), span }
      default:
        return this.#forbid(span, quote`${this.text.slice(span.start, span.end)}`)
    }
  }

  #path(node: hbs.AST.PathExpression, span: Span): Path {
    if (node.depth > expressionLimits.parents) {
      const message = `\`../\` may stand at most ${expressionLimits.parents} times.`
      throw new ExpressionProblem('expression/too-complex', message, span)
    }
    if (!node.parts.every((part) => typeof part === 'string')) this.#forbid(span, 'a computed path')
    if (node.parts.some((part) => forbiddenParts.has(part))) this.#forbid(span, 'prototypes')
    if (node.original.startsWith('$')) {
      const message = 'A variable has no `$` before its name.'
      throw new ExpressionProblem(
        'expression/syntax',
        message,
        span,
        `Write \`{{${node.original.slice(1)}}}\`.`,
      )
    }
    if (curlyQuote.test(node.original)) {
      const message = 'Curly quotes are no quotes in an expression.'
      throw new ExpressionProblem('expression/syntax', message, span, 'Write `"` or `\'`.')
    }
    return { text: node.original, depth: node.depth, isData: node.data, parts: node.parts }
  }

  #checkHash(hash: hbs.AST.Hash | undefined): void {
    const [pair] = hash?.pairs ?? []
    if (pair !== undefined) {
      throw new ExpressionProblem('expression/arguments', 'Helpers take no `name=value`.', this.#span(pair))
    }
  }

  #opening(start: number): Span {
    return { start, end: Math.min(start + 4, this.text.length) }
  }

  #forbid(span: Span, what: Words): never {
    const message = quote`callctl does not run ${plain(what)} of Handlebars.`
    throw new ExpressionProblem('expression/forbidden', message, span)
  }

  #span(node: { readonly loc: hbs.AST.SourceLocation }): Span {
    const { start, end } = node.loc
    return { start: this.#offset(start.line, start.column), end: this.#offset(end.line, end.column) }
  }

  #offset(line: number, column: number): number {
    return Math.min((this.#lines[line - 1] ?? 0) + column, this.text.length)
  }
}

const forbiddenNames: Partial<Record<string, string>> = {
  PartialStatement: 'partials',
  PartialBlockStatement: 'partials',
  Decorator: 'decorators',
  DecoratorBlock: 'decorators and inline partials',
}
