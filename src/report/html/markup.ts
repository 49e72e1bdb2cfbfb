// The HTML report of a review: one file that needs no other, and runs nothing but its own script.
// Markup is only ever made by the tag below, which escapes whatever is put into it. Its own text is
// ASCII, with entities, as the build asks for.

import { showText } from '../text/paint.js'

/** Markup that is safe to put into a page: no other code can make one. */
export class Html {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  toString(): string {
    return this.#text
  }
}

export type Inner = Html | string | number | undefined | readonly Inner[]

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
}

/** For text and for attributes in quotes; control, direction and invisible characters are spelled out. */
export const escapeHtml = (text: string): string =>
  showText(text).replace(/[&<>"'`]/g, (character) => entities[character]!)

/** Texts are escaped, markup is kept, lists are joined, undefined is nothing. */
export function html(parts: TemplateStringsArray, ...inner: readonly Inner[]): Html {
  return new Html(parts.map((part, index) => (index === 0 ? part : fill(inner[index - 1]) + part)).join(''))
}

function fill(inner: Inner): string {
  if (inner === undefined) return ''
  if (inner instanceof Html) return inner.toString()
  if (typeof inner === 'object') return inner.map(fill).join('')
  return escapeHtml(String(inner))
}

/**
 * JSON for a `<script type="application/json">`: nothing in it can end the element. Its texts are spelled out as all
 * others are.
 */
export const scriptJson = (value: unknown): Html =>
  new Html(JSON.stringify(value, spellOut).replace(/[<>&]/g, escapeUnit))

const spellOut = (_key: string, value: unknown): unknown =>
  typeof value === 'string' ? showText(value) : value

const escapeUnit = (character: string): string =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

/** People's own text: it neither runs into what stands beside it nor turns it around. */
export const bdi = (text: string): Html => html`<bdi>${text}</bdi>`

export const code = (text: string): Html => html`<code dir="ltr">${text}</code>`

/** With a separator between. */
export const joinHtml = (parts: readonly Html[], separator: string): Html =>
  html`${parts.map((part, index) => (index === 0 ? part : html`${separator}${part}`))}`
