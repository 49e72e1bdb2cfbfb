import type { MapNode, ScalarNode } from '../../model/language/document.js'
import type { Settings } from '../../model/language/settings.js'

/** What callctl.yaml lays under every call, the lowest first. */
export function lowestLayers({ tenantId, defaults, chosen }: Settings): readonly MapNode[] {
  const layers = [tenantId && mapOf('tenantId', tenantId), defaults, chosen?.defaults]
  return layers.filter((layer) => layer !== undefined)
}

/** A map of one entry, as callctl.yaml might have it. */
export const mapOf = (name: string, value: ScalarNode): MapNode => ({
  kind: 'map',
  range: value.range,
  entries: [{ key: { kind: 'scalar', value: name, style: 'plain', range: value.range }, value }],
})
