import { startOf } from '../../model/language/document.js'
import type { Range } from '../../model/language/source.js'
import type { Origin } from '../../model/payload.js'
import { propertyName, tokensOf } from '../../model/pointer.js'
import { isDirective } from '../bind/is-directive.js'
import { type NodeTrace, parentOf } from '../bind/trace.js'
import { distinct, placeOfWays, waysOfTraced } from '../bind/ways-of-node.js'

export interface LocatedValue extends Origin {
  /** Where the value is spelled out, when the place is one expression that leads there. */
  readonly source?: Range
  /** The place of the property's name, when it has one. */
  readonly nameRange?: Range
}

/** The origin of the value at a pointer, or of the nearest one around it. Layers go from low to high. */
export function locate(pointer: string, layers: readonly NodeTrace[]): LocatedValue | undefined {
  const found = findTraced(pointer, layers)
  if (found === undefined) return undefined
  const { at, layer } = found
  const traced = layer.nodes.get(at)!
  const { node } = traced
  const ways = waysOfTraced(traced, tokensOf(pointer.slice(at.length)))
  const source = traced.seen?.text.kind === 'whole' ? placeOfWays(ways) : undefined
  const nameRange = at === pointer ? nameRangeOf(pointer, layer) : undefined
  return {
    pointer: at,
    range: startOf(node),
    // The environment is told apart from files.
    variables: distinct(ways.flatMap(({ origins }) => origins)).filter(
      ({ level }) => level !== 'environment variable',
    ),
    ...(source !== undefined && { source }),
    ...(nameRange !== undefined && { nameRange }),
  }
}

interface FoundPlace {
  readonly at: string
  readonly layer: NodeTrace
}

/** The highest layer that gave the value or what is around it. A map is merged, so what it lacks is sought below. */
function findTraced(pointer: string, layers: readonly NodeTrace[]): FoundPlace | undefined {
  let best: FoundPlace | undefined
  for (const layer of layers.toReversed()) {
    const at = layer.nearest(pointer)
    if (at === undefined) continue
    if (best === undefined || at.length > best.at.length) best = { at, layer }
    const { node } = layer.nodes.get(at)!
    if (at === pointer || node.kind !== 'map' || isDirective(node)) return best
  }
  return best
}

function nameRangeOf(pointer: string, layer: NodeTrace): Range | undefined {
  const parent = parentOf(pointer)
  const node = parent === undefined ? undefined : layer.nodes.get(parent)?.node
  if (node?.kind !== 'map') return undefined
  const name = tokensOf(pointer).at(-1)
  return node.entries.find(({ key }) => propertyName(String(key.value)) === name)?.key.range
}
