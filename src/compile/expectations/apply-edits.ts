import { isJsonObject, type JsonValue } from '../../model/json.js'
import type { TestEdit, TestPath } from '../../model/language/test-report.js'

/** Removals come last and from the end, so that no index moves before it is used. */
export const inOrder = (edits: readonly TestEdit[]): readonly TestEdit[] => [
  ...edits.filter(({ kind }) => kind !== 'remove'),
  ...edits.filter(({ kind }) => kind === 'remove').toReversed(),
]

/** The values of a file after edits. */
export const applyEdits = (value: JsonValue, edits: readonly TestEdit[]): JsonValue =>
  inOrder(edits).reduce((edited, edit) => applyEdit(edited, edit, edit.path), value)

function applyEdit(value: JsonValue | undefined, edit: TestEdit, path: TestPath): JsonValue {
  const [name, ...rest] = path
  if (name === undefined) {
    if (edit.kind === 'append') return [...(Array.isArray(value) ? value : []), edit.value]
    return edit.kind === 'set' ? edit.value : null
  }
  const isLast = rest.length === 0 && edit.kind === 'remove'
  if (Array.isArray(value)) {
    const list = value as readonly JsonValue[]
    return isLast
      ? list.toSpliced(Number(name), 1)
      : list.with(Number(name), applyEdit(list[Number(name)], edit, rest))
  }
  const { [name]: inner, ...others } = isJsonObject(value) ? value : {}
  return isLast ? others : { ...others, [name]: applyEdit(inner, edit, rest) }
}
