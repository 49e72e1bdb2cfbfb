import { createDiagnostic, type Diagnostic } from '../../model/diagnostics/diagnostic.js'
import type { DiagnosticCode } from '../../model/diagnostics/diagnostic-codes.js'
import { quote, type Words } from '../../model/diagnostics/wording.js'
import type { ListNode, MapEntry, MapNode, Node, ScalarNode } from '../../model/language/document.js'
import type { Range, Source } from '../../model/language/source.js'
import { forgery, holdsPlaceholder } from './forged.js'
import { endOfLine, type Lex, maximumDepth, unquotedExpressions } from './parse-text.js'
import {
  type Alias,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type YAMLMap,
  type YamlDocument,
  type YamlNode,
} from './yaml.js'

const maximumUnfoldedNodes = 1_000_000
/** Of one file; who mends a thousand sees the rest then. */
const mostComplaints = 1000
const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype'])
const coreTags = new Set(
  ['str', 'int', 'float', 'bool', 'null', 'map', 'seq'].map((name) => `tag:yaml.org,2002:${name}`),
)

/** Turns yaml's nodes into ours, and complains about what YAML permits and callctl does not. */
export class NodeReader {
  readonly diagnostics: Diagnostic[] = []
  readonly #anchors = new Map<string, { node?: Node; size: number }>()
  #size = 0
  /** Looked for when a key is found that is no text. */
  #unquoted: readonly Diagnostic[] | undefined

  constructor(
    private readonly source: Source,
    private readonly document: YamlDocument.Parsed,
    private readonly lex: Lex,
    private readonly takesPlaceholders: boolean,
  ) {}

  readRoot(): Node | undefined {
    const { contents } = this.document
    const whole = { source: this.source.path, start: 0, end: 0 }
    if (contents !== null && !(isScalar(contents) && contents.value === null && !contents.source)) {
      return this.#read(contents, 0, whole)
    }
    this.#complain('yaml/documents', 'This file holds no YAML document.', whole)
    return undefined
  }

  #read(node: YamlNode | null, depth: number, place: Range): Node {
    if (depth > maximumDepth) {
      this.#complain('yaml/too-deep', `Maps and lists are nested deeper than ${maximumDepth} levels.`, place)
      return emptyScalar(place)
    }
    if (!this.#takes(1, place)) return emptyScalar(place)
    if (node === null) return emptyScalar(place)
    if (isAlias(node)) return this.#readAlias(node)
    this.#checkTag(node)
    if (node.anchor === undefined) return this.#readContent(node, depth)
    const anchor: { node?: Node; size: number } = { size: this.#size }
    this.#anchors.set(node.anchor, anchor)
    anchor.node = this.#readContent(node, depth)
    anchor.size = this.#size - anchor.size + 1
    return anchor.node
  }

  #takes(nodes: number, place: Range): boolean {
    const before = this.#size
    this.#size += nodes
    if (before <= maximumUnfoldedNodes && this.#size > maximumUnfoldedNodes) {
      this.#complain('yaml/alias', 'This file unfolds to more than a million values.', place)
    }
    return this.#size <= maximumUnfoldedNodes
  }

  #readContent(node: YamlNode, depth: number): Node {
    if (isMap(node)) return this.#readMap(node as YAMLMap<YamlNode, YamlNode>, depth)
    if (isSeq(node)) {
      const range = this.#range(node)
      const items = node.items.map((item) => this.#read(item as YamlNode | null, depth + 1, range))
      return { kind: 'list', items, range } satisfies ListNode
    }
    return this.#readScalar(node)
  }

  /** An alias shares its anchor's node; its size counts again, so that a bomb is found before it is walked. */
  #readAlias(alias: Alias): Node {
    const range = this.#range(alias)
    const known = this.#anchors.get(alias.source)
    if (known?.node !== undefined) return this.#takes(known.size, range) ? known.node : emptyScalar(range)
    const message =
      known === undefined ? 'This alias has no anchor before it.' : 'This alias stands inside its own anchor.'
    this.#complain('yaml/alias', message, range)
    return emptyScalar(range)
  }

  #readMap(map: YAMLMap<YamlNode, YamlNode>, depth: number): MapNode {
    const range = this.#range(map)
    const entries: MapEntry[] = []
    const seen = new Map<string, Range>()
    for (const pair of map.items) {
      const key = this.#readKey(pair.key, range)
      if (key === undefined) continue
      const first = seen.get(key.value as string)
      if (first === undefined) seen.set(key.value as string, key.range)
      else this.#complainDuplicate(key, first)
      const value = this.#read(pair.value, depth + 1, { ...key.range, start: key.range.end })
      if (value.kind === 'scalar' && value.value === null) this.#checkComment(key.range.end + 1, true)
      entries.push({ key, value })
    }
    return { kind: 'map', entries, range }
  }

  #readKey(node: YamlNode | null, place: Range): ScalarNode | undefined {
    if (node === null || !isScalar(node)) {
      if (this.#unquoted === undefined) {
        this.#unquoted = unquotedExpressions(this.source, this.lex)
        for (const each of this.#unquoted.slice(0, mostComplaints)) this.diagnostics.push(each)
      }
      if (this.#unquoted.length === 0)
        this.#complain('key/type', 'A key must be text.', node ? this.#range(node) : place)
      return undefined
    }
    this.#checkTag(node)
    const scalar = this.#readScalar(node)
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, { node: scalar, size: 1 })
    const name = typeof scalar.value === 'string' ? scalar.value : (node.source ?? String(scalar.value))
    this.#checkKey(name, scalar)
    return { ...scalar, value: name }
  }

  #checkKey(name: string, scalar: ScalarNode): void {
    if (name === '<<' && scalar.style === 'plain') {
      const hint = 'Write the keys out, put them into a template, or use an alias for a whole value.'
      this.#complain('yaml/merge-key', 'YAML 1.2 has no merge key `<<`.', scalar.range, hint)
    } else if (forbiddenKeys.has(name)) {
      this.#complain('yaml/forbidden-key', quote`The key ${name} is not allowed.`, scalar.range)
    }
  }

  #readScalar(node: YamlNode): ScalarNode {
    const range = this.#range(node)
    if (!isScalar(node)) return emptyScalar(range)
    const style = scalarStyles[node.type ?? ''] ?? 'plain'
    const value = node.value
    if (typeof value === 'number') this.#checkNumber(value, node.source ?? '', range)
    if (typeof value === 'string' && (!value.isWellFormed() || value.includes('\0'))) {
      this.#complain('file/encoding', 'This text holds NUL or half of a surrogate pair.', range)
    }
    if (typeof value === 'string' && !this.takesPlaceholders && holdsPlaceholder(value))
      this.#refuseForged(range)
    if (style === 'plain' && typeof value === 'string') this.#checkComment(range.end, false)
    const known = value === null || ['string', 'number', 'boolean'].includes(typeof value)
    return { kind: 'scalar', value: known ? (value as ScalarNode['value']) : String(value), style, range }
  }

  /** `Incident #2041`: a comment that does not look like one. */
  #checkComment(at: number, isAll: boolean): void {
    const { text, path } = this.source
    if (text[at] !== ' ' || text[at + 1] !== '#' || !/[^\s#!]/.test(text[at + 2] ?? ' ')) return
    const place = { source: path, start: at + 1, end: endOfLine(text, at) }
    const hint = 'Put the whole text in quotes; where a comment is meant, write a space behind the `#`.'
    const message = 'What stands behind ` #` is a comment to YAML, and no part of the text.'
    const found = createDiagnostic('yaml/cut-text', message, { range: place, hint })
    if (this.diagnostics.length < mostComplaints)
      this.diagnostics.push(isAll ? { ...found, severity: 'error' } : found)
  }

  #refuseForged(range: Range): void {
    if (this.diagnostics.length < mostComplaints) this.diagnostics.push(forgery(range))
  }

  #checkNumber(value: number, source: string, range: Range): void {
    if (String(value) === source || source === '') return
    const shown = Number.isFinite(value) ? `as the number ${value}` : `as ${value}`
    this.#complain('yaml/unquoted-number', `YAML reads ${source} ${shown}.`, range, `Write "${source}".`)
  }

  #checkTag(node: YamlNode): void {
    const tag = 'tag' in node ? node.tag : undefined
    if (tag === undefined || coreTags.has(tag)) return
    this.#complain(
      'yaml/tag',
      'Only the tags of YAML’s core schema are read.',
      this.#range(node),
      'Remove the tag.',
    )
  }

  #complainDuplicate(key: ScalarNode, first: Range): void {
    if (this.diagnostics.length >= mostComplaints) return
    this.diagnostics.push(
      createDiagnostic('yaml/duplicate-key', quote`The key ${key.value} stands twice in this map.`, {
        range: key.range,
        related: [{ message: 'it stands here already', range: first }],
        hint: 'Remove or rename one of them.',
      }),
    )
  }

  #complain(code: DiagnosticCode, message: Words, range: Range, hint?: Words): void {
    if (this.diagnostics.length >= mostComplaints) return
    this.diagnostics.push(createDiagnostic(code, message, { range, ...(hint !== undefined && { hint }) }))
  }

  #range(node: YamlNode): Range {
    const [start, end] = node.range ?? [0, 0]
    return { source: this.source.path, start, end }
  }
}

const scalarStyles: Partial<Record<string, ScalarNode['style']>> = {
  PLAIN: 'plain',
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_LITERAL: 'literal',
  BLOCK_FOLDED: 'folded',
}

const emptyScalar = (range: Range): ScalarNode => ({ kind: 'scalar', value: null, style: 'plain', range })
