import type { JsonValue } from '../json.js'
import type { Range, Source } from './source.js'

/** A parsed YAML file. Nodes keep their range, so that every later complaint can point at a line. */
export type Node = MapNode | ListNode | ScalarNode

export interface MapNode {
  readonly kind: 'map'
  readonly entries: readonly MapEntry[]
  readonly range: Range
}

export interface MapEntry {
  readonly key: ScalarNode
  readonly value: Node
}

export interface ListNode {
  readonly kind: 'list'
  readonly items: readonly Node[]
  readonly range: Range
}

export interface ScalarNode {
  readonly kind: 'scalar'
  readonly value: string | number | boolean | null
  readonly style: 'plain' | 'single' | 'double' | 'literal' | 'folded'
  readonly range: Range
}

export interface Document {
  readonly source: string
  readonly root: MapNode
}

/** Documents of earlier runs. Only such as were parsed without complaint: the rest is parsed each time. */
export interface KnownDocuments {
  /** The document of this very text, or undefined. */
  find(source: Source): Document | undefined
  keep(source: Source, document: Document): void
}

/** The value under `key` of a map, or undefined. */
export const entryOf = (node: Node | undefined, key: string): MapEntry | undefined =>
  node?.kind === 'map' ? node.entries.find((entry) => entry.key.value === key) : undefined

/** The value of a node that holds no expressions. */
export function literalValue(node: Node): JsonValue {
  if (node.kind === 'scalar') return node.value
  if (node.kind === 'list') return node.items.map(literalValue)
  return Object.fromEntries(node.entries.map((entry) => [String(entry.key.value), literalValue(entry.value)]))
}

/** A scalar's whole range; of a map or list just its start, since a frame around all of it shows nothing. */
export function startOf(node: Node): Range {
  if (node.kind === 'scalar') return node.range
  if (node.kind === 'map' && node.entries[0] !== undefined) return node.entries[0].key.range
  if (node.kind === 'list' && node.items[0] !== undefined) return startOf(node.items[0])
  return node.range
}

/** The node that a step of a path leads to, or undefined. */
export function stepInto(node: Node, step: string | number): Node | undefined {
  if (node.kind === 'list') return node.items[Number(step)]
  return node.kind === 'map' ? node.entries.find((each) => each.key.value === String(step))?.value : undefined
}
