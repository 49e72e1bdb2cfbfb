import { cutText, showText } from '../text/paint.js'

// Users' text in Markdown stands in code alone: no mention, reference, link, formula or emoji is made of what is in it,
// on GitHub as on Azure DevOps. Tables are not used, since a pipe ends a cell even inside code.

/** Cut first, so that a text of any length costs little. */
const showShort = (text: string, longest: number): string =>
  cutText(showText(text.slice(0, 2 * longest + 2)), longest)

/** A code span, whose fence is longer than any in the text. Blank text is shown in quotes. */
export function code(text: string, longest = 200): string {
  const shown = Number.isFinite(longest) ? showShort(text, longest) : showText(text)
  if (shown.trim() === '') return `\`"${shown}"\``
  const fence = fenceFor(shown, 1)
  // One space is taken from each side when both have one.
  const pad = /^[ `]|[ `]$/.test(shown) ? ' ' : ''
  return `${fence}${pad}${shown}${pad}${fence}`
}

/** For what must not be cut, such as the addresses of a list that is to be complete. */
export const wholeCode = (text: string): string => code(text, Number.POSITIVE_INFINITY)

/** Code inside of an HTML block, as the summary of a fold is. */
export const htmlCode = (text: string, longest = 100): string => {
  const shown = showShort(text, longest)
  const escaped = (shown.trim() === '' ? `"${shown}"` : shown).replace(
    /[^A-Za-z0-9 \u0080-\u{10ffff}]/gu,
    (character) => `&#${character.codePointAt(0)};`,
  )
  return `<code>${escaped}</code>`
}

/** A block of code. Each line is cut to so many characters. */
export function codeBlock(language: string, lines: readonly string[], longest = 300): string {
  const text = lines.map((line) => showShort(line, longest)).join('\n')
  const fence = fenceFor(text, 3)
  return `${fence}${language}\n${text}\n${fence}`
}

function fenceFor(text: string, least: number): string {
  const longest = (text.match(/`+/g) ?? []).reduce((length, run) => Math.max(length, run.length), 0)
  return '`'.repeat(Math.max(longest + 1, least))
}

/** Folded away until it is clicked. The summary is HTML, the body Markdown. */
export const fold = (summary: string, body: string): string =>
  `<details><summary>${summary}</summary>\n\n${body}\n\n</details>`

/** So many items of a list, and how many more there are; with no room for any, nothing. */
export function listItems<Item>(
  items: readonly Item[],
  shown: number,
  format: (item: Item) => string,
): string {
  const lines = items.slice(0, shown).map((item) => `- ${format(item)}`)
  const more = items.length - lines.length
  if (more > 0 && lines.length > 0) lines.push(`- and ${more} more, in the JSON report`)
  return lines.join('\n')
}

/** Joins as long as there is room for so many bytes; undefined beyond, so that nothing long is written in vain. */
export function joinWithin<Item>(
  items: Iterable<Item>,
  room: number,
  separator: string,
  format: (item: Item) => string | undefined,
): string | undefined {
  const parts: string[] = []
  let used = 0
  for (const item of items) {
    const part = format(item)
    if (part === undefined) return undefined
    used += Buffer.byteLength(part) + separator.length
    if (used > room) return undefined
    parts.push(part)
  }
  return parts.join(separator)
}
