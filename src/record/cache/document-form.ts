import type { Document, MapEntry, MapNode, Node, ScalarNode } from '../../model/language/document.js'
import type { Source } from '../../model/language/source.js'

// A document as one flat list, which JSON reads many times faster than objects: for each node what it is, start,
// end, and then a scalar's value, or how many entries or items follow. Its path is not in it.

type Part = string | number | boolean | null

const styles = ['plain', 'single', 'double', 'literal', 'folded'] as const
const mapMark = 5
const listMark = 6

/** Aliases unfold: a small file can make a large list. */
const mostParts = 1_000_000
const deepest = 65
const forbiddenKeys = new Set<unknown>(['__proto__', 'constructor', 'prototype'])

/** A document as text. Undefined for one that `flattenDocument` refuses. */
export function formatParts(document: Document): string | undefined {
  const parts = flattenDocument(document)
  return parts && JSON.stringify(parts)
}

/** The document of `source` again, from such a text. Undefined for any other text. */
export function parseParts(text: string, source: Source): Document | undefined {
  try {
    return raiseDocument(JSON.parse(text), source)
  } catch {
    return undefined
  }
}

/** Undefined for a document that is too large, or holds what JSON cannot say. */
export function flattenDocument({ root }: Document): readonly Part[] | undefined {
  const parts: Part[] = []
  return flatten(root, parts) ? parts : undefined
}

function flatten(node: Node, parts: Part[]): boolean {
  const { start, end } = node.range
  if (parts.length > mostParts) return false
  if (node.kind === 'map') {
    parts.push(mapMark, start, end, node.entries.length)
    return node.entries.every(({ key, value }) => flatten(key, parts) && flatten(value, parts))
  }
  if (node.kind === 'list') {
    parts.push(listMark, start, end, node.items.length)
    return node.items.every((item) => flatten(item, parts))
  }
  parts.push(styles.indexOf(node.style), start, end, node.value)
  return isSayable(node.value)
}

const isSayable = (value: Part): boolean =>
  typeof value !== 'number' || (Number.isFinite(value) && !Object.is(value, -0))

/** The document of `source` again. Undefined for a list that no document makes, whoever wrote it. */
export function raiseDocument(parts: unknown, source: Source): Document | undefined {
  if (!Array.isArray(parts)) return undefined
  const reader = new PartReader(parts, source)
  const root = reader.read(0)
  return root?.kind === 'map' && reader.isAtEnd ? { source: source.path, root } : undefined
}

class PartReader {
  #at = 0

  constructor(
    private readonly parts: readonly unknown[],
    private readonly source: Source,
  ) {}

  get isAtEnd(): boolean {
    return this.#at === this.parts.length
  }

  read(depth: number): Node | undefined {
    const { parts } = this
    const at = this.#at
    this.#at += 4
    const mark = parts[at]
    const start = parts[at + 1]
    const end = parts[at + 2]
    const content = parts[at + 3]
    if (!isIndex(start) || !isIndex(end) || end > this.source.text.length || depth > deepest) return undefined
    const range = { source: this.source.path, start, end }
    if (mark === mapMark || mark === listMark) {
      if (!isIndex(content)) return undefined
      if (mark === mapMark) {
        const entries = this.#entries(content, depth + 1)
        return entries && { kind: 'map', entries, range }
      }
      const items = this.#items(content, depth + 1)
      return items && { kind: 'list', items, range }
    }
    const style = typeof mark === 'number' ? styles[mark] : undefined
    return style && isPart(content) ? { kind: 'scalar', value: content, style, range } : undefined
  }

  #entries(count: number, depth: number): MapNode['entries'] | undefined {
    const entries: MapEntry[] = []
    for (let left = count; left > 0; left -= 1) {
      const key = this.read(depth)
      if (key === undefined || !isKey(key)) return undefined
      const value = this.read(depth)
      if (value === undefined) return undefined
      entries.push({ key, value })
    }
    return entries
  }

  #items(count: number, depth: number): readonly Node[] | undefined {
    const items: Node[] = []
    for (let left = count; left > 0; left -= 1) {
      const item = this.read(depth)
      if (item === undefined) return undefined
      items.push(item)
    }
    return items
  }
}

const isIndex = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0

const isPart = (value: unknown): value is Part =>
  value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)

const isKey = (node: Node): node is ScalarNode =>
  node.kind === 'scalar' && typeof node.value === 'string' && !forbiddenKeys.has(node.value)
