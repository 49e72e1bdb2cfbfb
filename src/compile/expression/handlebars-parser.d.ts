/// <reference types="handlebars" />
/** Handlebars' own parser, without its compiler and runtime, which callctl does not use. */
declare module 'handlebars/dist/cjs/handlebars/compiler/base.js' {
  /** Parses a template; throws an Error with `lineNumber` or `hash.loc` for text that is none. */
  export function parse(text: string): hbs.AST.Program
}
