import { isJsonObject, type JsonObject, type JsonValue } from '../../model/json.js'
import { costs } from '../base/costs.js'

/**
 * Lays a call object over a lower one as JSON Merge Patch (RFC 7396) does: maps are merged, everything else is
 * replaced, and null removes what is below. Where nothing is below, null stays: Graph's own examples send it.
 */
export function mergeOver(
  lower: JsonObject,
  upper: JsonObject,
  spend: (steps: number) => void = () => {},
): JsonObject {
  const merged: Record<string, JsonValue> = { ...lower }
  const entries = Object.entries(upper)
  spend((Object.keys(merged).length + entries.length) * costs.value)
  for (const [name, value] of entries) {
    const below = Object.hasOwn(lower, name) ? lower[name] : undefined
    if (value === null && below !== undefined && below !== null) delete merged[name]
    else if (isJsonObject(value) && isJsonObject(below)) merged[name] = mergeOver(below, value, spend)
    else merged[name] = value
  }
  return merged
}
