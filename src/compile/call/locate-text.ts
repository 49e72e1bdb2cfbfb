import { isJsonObject, type JsonValue } from '../../model/json.js'
import type { Range } from '../../model/language/source.js'
import { pointerToken } from '../../model/pointer.js'
import { traceLayers } from './check-call.js'
import { locate } from './origins.js'
import type { RenderedCall } from './rendered-call.js'

/** Where a text of a call is written; undefined when it stands nowhere. */
export function locateText(text: string, rendered: RenderedCall): Range | undefined {
  const pointer = findText(text, rendered.arranged.value, '')
  const found = pointer === undefined ? undefined : locate(pointer, traceLayers(rendered))
  return found?.source ?? found?.range
}

function findText(text: string, value: JsonValue, pointer: string): string | undefined {
  if (value === text) return pointer
  const entries = Array.isArray(value)
    ? (value as readonly JsonValue[]).map((each, index) => [String(index), each] as const)
    : isJsonObject(value)
      ? Object.entries(value)
      : []
  for (const [name, each] of entries) {
    const found = findText(text, each, `${pointer}/${pointerToken(name)}`)
    if (found !== undefined) return found
  }
  return undefined
}
