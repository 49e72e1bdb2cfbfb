import type { ScalarNode } from '../model/document.js'
import type { Range } from '../model/source.js'
import type { Span } from './expression-tree.js'

/** Where a part of a scalar's value stands in its file: quotes, escapes, indentation and folds are stepped over. */
export function rangeInScalar(node: ScalarNode, sourceText: string, span: Span): Range {
  const offsets = valueOffsets(node, sourceText)
  const start = offsets[span.start] ?? node.range.start
  const last = offsets[Math.max(span.end - 1, span.start)]
  return {
    source: node.range.source,
    start,
    end: last === undefined ? Math.max(node.range.end, start) : last + 1,
  }
}

/** For each character of the value, its offset in the file. */
function valueOffsets(node: ScalarNode, sourceText: string): number[] {
  const value = String(node.value)
  const isQuoted = node.style === 'single' || node.style === 'double'
  let at = isQuoted ? node.range.start + 1 : contentStart(node, sourceText)
  const offsets: number[] = []
  for (const character of value) {
    at = seek(character, at, node, sourceText)
    for (let unit = 0; unit < character.length; unit += 1) offsets.push(Math.min(at + unit, node.range.end))
    at += lengthAt(at, node, sourceText, character)
  }
  return offsets
}

/** A block scalar's header line is not content. */
function contentStart(node: ScalarNode, sourceText: string): number {
  if (node.style !== 'literal' && node.style !== 'folded') return node.range.start
  const lineEnd = sourceText.indexOf('\n', node.range.start)
  return lineEnd < 0 ? node.range.start : lineEnd + 1
}

/** The next place that spells the character: itself, an escape, or for a space or line break a fold. */
function seek(character: string, from: number, node: ScalarNode, sourceText: string): number {
  for (let at = from; at < node.range.end; at += 1) {
    if (sourceText.startsWith(character, at)) return at
    const found = sourceText[at]
    if (node.style === 'double' && found === '\\' && sourceText[at + 1] !== '\n') return at
    if (character === ' ' && found === '\n') return at
  }
  return from
}

function lengthAt(at: number, node: ScalarNode, sourceText: string, character: string): number {
  if (node.style === 'single' && character === "'") return 2
  if (node.style !== 'double' || sourceText[at] !== '\\') return character.length
  const digits = { x: 2, u: 4, U: 8 }[sourceText[at + 1] ?? '']
  return digits === undefined ? 2 : 2 + digits
}
