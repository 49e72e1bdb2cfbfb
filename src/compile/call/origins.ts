import { type Node, startOf } from '../../model/language/document.js'
import type { Range } from '../../model/language/source.js'
import type { Origin, VariableOrigin } from '../../model/payload.js'
import { propertyName, tokensOf } from '../../model/pointer.js'
import type { BoundDefinition, Item } from '../bind/bind-definition.js'
import { isDirective } from '../bind/directives.js'
import type { Trace } from '../bind/tools.js'
import { followPath, originChain, readPath } from '../bind/value-origin.js'
import type { VariableTable } from '../bind/variables.js'

interface TracedNode {
  readonly node: Node
  readonly heads: readonly string[]
  readonly isWhole: boolean
  /** The items that names stand for at this place. */
  readonly items: ItemNames
}

type ItemNames = ReadonlyMap<
  string,
  { readonly list: Node; readonly index: number; readonly outer: ItemNames }
>

/** Where the values of one layer of a call came from: pointer to node. */
export class LayerTrace implements Trace {
  readonly nodes = new Map<string, TracedNode>()
  readonly #outer: ItemNames[] = []
  #items: ItemNames = new Map()

  record(pointer: string, node: Node, heads: readonly string[], isWhole: boolean): void {
    this.nodes.set(pointer, { node, heads, isWhole, items: this.#items })
  }

  enter(name: string, list: Node, index: number): void {
    const outer = this.#items
    this.#outer.push(outer)
    this.#items = new Map([...outer, [name, { list, index, outer }]])
  }

  leave(): void {
    this.#items = this.#outer.pop() ?? new Map()
  }
}

export interface LocatedValue extends Origin {
  /** The one variable whose value this is, when the place is one expression that reads just it. */
  readonly source?: VariableOrigin
  /** The place of the property's name, when it has one. */
  readonly nameRange?: Range
}

/** The origin of the value at a pointer, or of the nearest one around it. Layers go from low to high. */
export function locate(
  pointer: string,
  layers: readonly LayerTrace[],
  rendered: LocatedCall,
): LocatedValue | undefined {
  const found = findTraced(pointer, layers)
  if (found === undefined) return undefined
  const { at, layer } = found
  const traced = layer.nodes.get(at)!
  const inside = tokensOf(pointer.slice(at.length))
  const variables = traced.heads.flatMap((head) => originsOf(head, traced, inside, rendered))
  const source =
    traced.isWhole && traced.heads.length === 1 ? variables.findLast((each) => each.range) : undefined
  const nameRange = at === pointer ? nameRangeOf(pointer, layer) : undefined
  return {
    pointer: at,
    range: startOf(traced.node),
    variables,
    ...(source !== undefined && { source }),
    ...(nameRange !== undefined && { nameRange }),
  }
}

export interface LocatedCall {
  readonly instance: { readonly bound: BoundDefinition; readonly item?: Item }
  readonly table: VariableTable
}

/** Back from a variable that the place reads to the file that spells its value out. */
function originsOf(
  head: string,
  traced: TracedNode,
  inside: readonly string[],
  rendered: LocatedCall,
): readonly VariableOrigin[] {
  const path = traced.isWhole ? readPath(traced.node) : undefined
  const rest = path?.[0] === head ? [...path.slice(1), ...inside] : []
  return followHead(head, rest, traced.items, rendered)
}

function followHead(
  head: string,
  rest: readonly (string | number)[],
  items: ItemNames,
  rendered: LocatedCall,
): readonly VariableOrigin[] {
  const place = rendered.instance
  const named = items.get(head)
  if (named !== undefined) {
    const [listHead, ...path] = readPath(named.list) ?? []
    if (listHead === undefined) return []
    return followHead(String(listHead), [...path, named.index, ...rest], named.outer, rendered)
  }
  if (place.item !== undefined && head === place.bound.definition.forEach?.as.value) {
    return followPath([head, ...rest], { bound: place.bound, item: place.item }, 0)
  }
  const binding = rendered.table.find(head)
  return binding === undefined ? [] : originChain(binding, rest, { bound: place.bound, item: place.item })
}

interface FoundPlace {
  readonly at: string
  readonly layer: LayerTrace
}

/** The highest layer that gave the value or what is around it. A map is merged, so what it lacks is sought below. */
function findTraced(pointer: string, layers: readonly LayerTrace[]): FoundPlace | undefined {
  let best: FoundPlace | undefined
  for (const layer of layers.toReversed()) {
    const at = nearest(pointer, layer)
    if (at === undefined) continue
    if (best === undefined || at.length > best.at.length) best = { at, layer }
    const { node } = layer.nodes.get(at)!
    if (at === pointer || node.kind !== 'map' || isDirective(node)) return best
  }
  return best
}

function nearest(pointer: string, layer: LayerTrace): string | undefined {
  let at: string | undefined = pointer
  while (at !== undefined && !layer.nodes.has(at)) at = parentOf(at)
  return at
}

function parentOf(pointer: string): string | undefined {
  const end = pointer.lastIndexOf('/')
  return end < 0 ? undefined : pointer.slice(0, end)
}

function nameRangeOf(pointer: string, layer: LayerTrace): Range | undefined {
  const parent = parentOf(pointer)
  const node = parent === undefined ? undefined : layer.nodes.get(parent)?.node
  if (node?.kind !== 'map') return undefined
  const name = tokensOf(pointer).at(-1)
  return node.entries.find(({ key }) => propertyName(String(key.value)) === name)?.key.range
}
