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
