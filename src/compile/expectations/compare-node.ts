import { isJsonObject, type JsonValue } from '../../model/json.js'
import { literalValue, type Node, startOf } from '../../model/language/document.js'
import type { Range } from '../../model/language/source.js'
import type { TestEdit, TestPath } from '../../model/language/test-report.js'
import { pointerToken } from '../../model/pointer.js'

/** One place at which an expected value and the actual one differ. */
export interface Difference {
  readonly pointer: string
  /** Where it is expected; for what is there unexpectedly, where the value around it is. */
  readonly range: Range
  /** Absent for what is there unexpectedly. */
  readonly expected?: JsonValue
  /** Absent for what is not there. */
  readonly actual?: JsonValue
  /** What would make the expectation hold. */
  readonly edit: TestEdit
}

export interface ComparedPlace {
  readonly pointer: string
  readonly path: TestPath
  /** The name of the value, or the value itself. */
  readonly range: Range
}

/** Compares a value as it is written with an actual one, leaf by leaf; the order of properties does not count. */
export function compareNode(node: Node, actual: JsonValue, place: ComparedPlace): readonly Difference[] {
  if (node.kind === 'map' && isJsonObject(actual)) return compareMaps(node, actual, place)
  if (node.kind === 'list' && Array.isArray(actual)) return compareLists(node, actual, place)
  if (node.kind === 'scalar' && node.value === actual) return []
  const { pointer, path } = place
  const edit = { kind: 'set', path, value: actual } as const
  return [{ pointer, range: startOf(node), expected: literalValue(node), actual, edit }]
}

function compareMaps(
  node: Node & { readonly kind: 'map' },
  actual: { readonly [name: string]: JsonValue },
  place: ComparedPlace,
): readonly Difference[] {
  const names = new Set(node.entries.map(({ key }) => String(key.value)))
  const known = node.entries.flatMap(({ key, value }) => {
    const name = String(key.value)
    const at = inside(place, name, key.range)
    return Object.hasOwn(actual, name) ? compareNode(value, actual[name]!, at) : [missing(value, at)]
  })
  const unexpected = Object.entries(actual)
    .filter(([name]) => !names.has(name))
    .map(([name, value]): Difference => {
      const { pointer, path, range } = inside(place, name, place.range)
      return { pointer, range, actual: value, edit: { kind: 'set', path, value } }
    })
  return [...known, ...unexpected]
}

function compareLists(
  node: Node & { readonly kind: 'list' },
  actual: readonly JsonValue[],
  place: ComparedPlace,
): readonly Difference[] {
  const known = node.items.flatMap((item, index) => {
    const at = inside(place, index, startOf(item))
    return index < actual.length ? compareNode(item, actual[index]!, at) : [missing(item, at)]
  })
  const unexpected = actual.slice(node.items.length).map((value, index): Difference => {
    const { pointer, range } = inside(place, node.items.length + index, place.range)
    return { pointer, range, actual: value, edit: { kind: 'append', path: place.path, value } }
  })
  return [...known, ...unexpected]
}

const missing = (node: Node, { pointer, path, range }: ComparedPlace): Difference => ({
  pointer,
  range,
  expected: literalValue(node),
  edit: { kind: 'remove', path },
})

const inside = ({ pointer, path }: ComparedPlace, name: string | number, range: Range): ComparedPlace => ({
  pointer: `${pointer}/${pointerToken(String(name))}`,
  path: [...path, name],
  range,
})
