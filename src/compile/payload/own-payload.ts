import { isJsonObject, type JsonValue } from '../../model/json.js'
import { Arranger } from './arrange.js'
import { callSchemas } from './call-schemas.js'
import { formatCall } from './canonical.js'

/** Characters of a payload's texts: far more than one may have. */
const maximumSize = 4 * 1024 * 1024

/**
 * Tells a payload as `compile` writes it, in any version of Graph, from other JSON: it is a call, in canonical order
 * and form to the last byte.
 */
export function isCompiledPayload(text: string): boolean {
  const value = parseJson(text)
  if (!isJsonObject(value) || formatCall(value) !== text) return false
  const isCall = value['@odata.type'] === '#microsoft.graph.call' || typeof value['callbackUri'] === 'string'
  const schemas = Object.values(callSchemas)
  return isCall && schemas.some((load) => isArranged(text, new Arranger(load().shapes, maximumSize)))
}

function isArranged(text: string, arranger: Arranger): boolean {
  const value = parseJson(text)
  const arranged = isJsonObject(value) ? arranger.arrange(value) : undefined
  return arranged !== undefined && formatCall(arranged.value) === text
}

function parseJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue
  } catch {
    return undefined
  }
}
