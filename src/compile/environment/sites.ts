import type { MapNode, Node, ScalarNode } from '../../model/language/document.js'
import { propertyName } from '../../model/pointer.js'
import { isDirective } from '../bind/is-directive.js'
import { hasExpression } from '../expression/expression-tree.js'
import { anyItem, lookupIn, mayBeOmitted, type Scope, taintOfNode, withItem } from './sources.js'
import { isClean, type Taint } from './taint.js'
import { choiceBy } from './taint-of-text.js'

/** A place of a call that the environment has a say in. */
export interface Site {
  /** Where in the payload; `*` stands for any item. */
  readonly tokens: readonly string[]
  readonly node: Node
  readonly scope: Scope
  readonly taint: Taint
  /** Whether a directive chooses there what the call has. */
  readonly isStructure: boolean
  /** All that it decides about. */
  readonly extents: readonly Extent[]
}

export interface Extent {
  readonly node: Node
  readonly scope: Scope
}

/** The sites of one layer of a call. */
export function findSites(node: Node, scope: Scope): readonly Site[] {
  const found: Site[] = []
  visit(node, { tokens: [], scope, found })
  return found
}

interface Spot {
  readonly tokens: readonly string[]
  readonly scope: Scope
  readonly found: Site[]
}

function visit(node: Node, place: Spot): void {
  const { tokens, scope, found } = place
  if (node.kind === 'scalar') {
    if (typeof node.value !== 'string' || !hasExpression(node.value)) return
    const taint = taintOfNode(node, [], scope)
    if (!isClean(taint))
      found.push({ tokens, node, scope, taint, isStructure: false, extents: [{ node, scope }] })
  } else if (node.kind === 'list') visitList(node.items, place)
  else if (isDirective(node)) visitDirective(node, place)
  else {
    for (const { key, value } of node.entries)
      visit(value, { ...place, tokens: [...tokens, propertyName(String(key.value))] })
  }
}

/** Behind an item that may be left out, nobody knows where the next ones stand. */
function visitList(items: readonly Node[], place: Spot): void {
  let isCertain = true
  for (const [index, item] of items.entries()) {
    if (mayBeOmitted(item)) isCertain = false
    visit(item, { ...place, tokens: [...place.tokens, isCertain ? String(index) : anyItem] })
  }
}

function visitDirective(node: MapNode, place: Spot): void {
  const { tokens, scope, found } = place
  const part = (name: string): Node | undefined => node.entries.find(({ key }) => key.value === name)?.value
  const structure = (by: Node, taint: Taint): void => {
    if (!isClean(taint))
      found.push({ tokens, node: by, scope, taint, isStructure: true, extents: [{ node, scope }] })
  }
  const [list, body, condition] = [part('$each'), part('$do'), part('$if')]
  if (list !== undefined && body !== undefined) {
    const taint = taintOfNode(list, [], scope)
    if (taint.isOpen) structure(list, taint)
    const name = String((part('$as') as ScalarNode | undefined)?.value)
    const inner = withItem(name, { kind: 'node', node: list, scope }, scope)
    visit(body, { tokens: [...tokens, anyItem], scope: inner, found })
    return
  }
  if (condition !== undefined)
    structure(condition, choiceBy(taintOfNode(condition, [], scope), lookupIn(scope)))
  for (const branch of [part('$then'), part('$else')]) if (branch !== undefined) visit(branch, place)
}

/** Whether a higher layer puts something else there in any case: all but maps are replaced. */
export function isReplaced(tokens: readonly string[], layer: Node): boolean {
  let node: Node | undefined = layer
  for (const token of tokens) {
    if (node === undefined || node.kind !== 'map' || isDirective(node)) break
    node = node.entries.find(({ key }) => propertyName(String(key.value)) === token)?.value
  }
  if (node === undefined) return false
  if (node.kind === 'list') return true
  if (node.kind === 'map') return isDirective(node) && node.entries.some(({ key }) => key.value === '$each')
  return typeof node.value !== 'string' || !hasExpression(node.value)
}
