import type { ScalarNode } from '../../model/language/document.js'
import type { Range, Span } from '../../model/language/source.js'

/** Where a part of a scalar's value stands in its file: quotes, escapes, indentation and folds are stepped over. */
export function rangeInScalar(node: ScalarNode, sourceText: string, span: Span): Range {
  const places = valuePlaces(node, sourceText)
  const start = places[span.start]?.start ?? node.range.start
  const last = Math.max(Math.min(span.end, places.length) - 1, span.start)
  const end = places[last]?.end ?? node.range.end
  return { source: node.range.source, start, end: Math.max(end, start) }
}

interface Spot {
  readonly start: number
  readonly end: number
}

/** For each UTF-16 unit of the value, what spells it in the file. */
function valuePlaces(node: ScalarNode, sourceText: string): Spot[] {
  const value = String(node.value)
  const isQuoted = node.style === 'single' || node.style === 'double'
  let at = isQuoted ? node.range.start + 1 : contentStart(node, sourceText)
  const places: Spot[] = []
  for (let index = 0; index < value.length; index += 1) {
    const place = findPlace(value[index]!, at, node, sourceText)
    at = place.end
    places.push(place)
    // One escape can spell both halves of a surrogate pair.
    if (place.end - place.start === 10 && value.codePointAt(index)! > 0xffff) {
      places.push(place)
      index += 1
    }
  }
  return places
}

/** A block scalar's header line is not content. */
function contentStart(node: ScalarNode, sourceText: string): number {
  if (node.style !== 'literal' && node.style !== 'folded') return node.range.start
  const lineEnd = sourceText.indexOf('\n', node.range.start)
  return lineEnd < 0 ? node.range.start : lineEnd + 1
}

/** The next place that spells the character: itself, an escape, or for a space a folded line break. */
function findPlace(character: string, from: number, node: ScalarNode, sourceText: string): Spot {
  for (let at = from; at < node.range.end; at += 1) {
    const found = sourceText[at]
    if (node.style === 'double' && found === '\\') {
      const continued = continuedLine(sourceText, at)
      if (continued === 0) return { start: at, end: at + escapeLength(sourceText[at + 1]) }
      at += continued - 1
    } else if (found === character) {
      const isDoubled = node.style === 'single' && character === "'"
      return { start: at, end: at + (isDoubled ? 2 : 1) }
    } else if (character === ' ' && found === '\n') return { start: at, end: at + 1 }
  }
  return { start: Math.min(from, node.range.end), end: Math.min(from + 1, node.range.end) }
}

/** The length of a backslash at the end of a line, with the white space around that end; 0 for any other. */
function continuedLine(sourceText: string, at: number): number {
  const pattern = /\\\r?\n[ \t]*/y
  pattern.lastIndex = at
  return pattern.exec(sourceText)?.[0].length ?? 0
}

function escapeLength(kind: string | undefined): number {
  return 2 + ({ x: 2, u: 4, U: 8 }[kind ?? ''] ?? 0)
}
