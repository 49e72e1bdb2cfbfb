import type { JsonValue } from '../../model/json.js'
import { isJsonObject } from '../../model/json.js'
import type { EnvironmentMark } from '../../model/payload.js'
import { pointerToken } from '../../model/pointer.js'
import { anyItem } from '../environment/sources.js'
import type { RenderedCall } from './rendered-call.js'

type Marked = Pick<RenderedCall, 'sites' | 'arranged' | 'surroundings'>

/**
 * The values of a payload in which the environment has a say, sorted; undefined where it has none. A secret is none of
 * them: its placeholder says so itself.
 */
export function markEnvironment({
  sites,
  arranged,
  surroundings: { secrets },
}: Marked): readonly EnvironmentMark[] | undefined {
  if (sites.length === 0) return undefined
  const marks = new Map<string, EnvironmentMark>()
  for (const { tokens, taint } of sites) {
    const names = [...taint.ways.keys()].filter((name) => !secrets.has(name))
    if (names.length === 0) continue
    for (const pointer of pointersOf(arranged.value, tokens, ''))
      for (const name of names) marks.set(`${pointer}\n${name}`, { pointer, name })
  }
  return marks.size === 0 ? undefined : [...marks.values()].sort(byPlace)
}

/** What stands at these tokens; nothing where another layer put something else there, or left it out. */
function* pointersOf(value: JsonValue, tokens: readonly string[], pointer: string): Generator<string> {
  const [token, ...rest] = tokens
  if (token === undefined) {
    yield pointer
    return
  }
  const isList = Array.isArray(value)
  if (isList && token === anyItem) {
    for (const [index, item] of (value as readonly JsonValue[]).entries())
      yield* pointersOf(item, rest, `${pointer}/${index}`)
  } else if ((isList || isJsonObject(value)) && Object.hasOwn(value, token)) {
    const inner = (value as Readonly<Record<string, JsonValue>>)[token]!
    yield* pointersOf(inner, rest, `${pointer}/${pointerToken(token)}`)
  }
}

/** By UTF-16 code units, so that no locale changes a file. */
const byPlace = (left: EnvironmentMark, right: EnvironmentMark): number =>
  compare(left.pointer, right.pointer) || compare(left.name, right.name)

const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0)
