import { createDiagnostic, type Diagnostic } from '../../model/diagnostics/diagnostic.js'
import type { JsonObject } from '../../model/json.js'
import type { Range } from '../../model/language/source.js'
import type { Sources } from '../../model/language/sources.js'
import type { Location, RecordChange, Review } from '../../model/review.js'
import { plural } from '../../model/words/count.js'

// Changes of the lockfile, for all formats: the same change of several calls is one, and nothing is left out.

/** Changes that say the same of their addresses, in the order of the review. */
export interface RecordGroup extends Pick<RecordChange, 'kind' | 'isEdit' | 'effect' | 'message'> {
  readonly changes: readonly RecordChange[]
}

export function groupRecord(record: readonly RecordChange[]): readonly RecordGroup[] {
  const groups = new Map<string, RecordGroup & { changes: RecordChange[] }>()
  for (const change of record) {
    const { kind, isEdit, effect, message } = change
    const key = JSON.stringify([kind, isEdit, effect, message])
    const known = groups.get(key)
    if (known !== undefined) known.changes.push(change)
    else
      groups.set(key, { kind, isEdit, ...(effect !== undefined && { effect }), message, changes: [change] })
  }
  return [...groups.values()]
}

export const editsOf = ({ record }: Review): readonly RecordChange[] => record.filter(({ isEdit }) => isEdit)

/** What commands write. */
export const writtenOf = ({ record }: Review): readonly RecordChange[] =>
  record.filter(({ isEdit }) => !isEdit)

/** `state: placed → failed`, for each property that differs. */
export function listDifferences({ before = {}, after = {} }: RecordChange): readonly string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return names
    .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
    .map((name) => {
      const sides = [before, after].map((side) => showValue(side, name))
      return `${name}: ${sides.filter((side) => side !== undefined).join(' → ')}`
    })
}

function showValue(side: JsonObject, name: string): string | undefined {
  if (Object.keys(side).length === 0) return undefined
  const value = side[name]
  if (value === undefined) return 'not set'
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** The gravest of it in a sentence or two, without any text of users'. */
export function summarizeRecord(review: Review): readonly string[] {
  const edits = editsOf(review)
  const calls = (effect: RecordChange['effect']): number =>
    new Set(review.record.filter((each) => each.effect === effect).map(({ address }) => address)).size
  const [rings, silent] = [calls('rings'), calls('silent')]
  return [
    ...(edits.length === 0
      ? []
      : [`The lockfile was edited: ${plural(edits.length, 'change')} that no command writes.`]),
    ...(rings === 0 ? [] : [`By the lockfile ${plural(rings, 'call')} that rang would ring again.`]),
    ...(silent === 0 ? [] : [`By the lockfile ${plural(silent, 'call')} will not ring any more.`]),
  ]
}

/** As diagnostics at the lockfile's lines, for the formats that have nothing else. */
export const diagnoseRecord = (record: readonly RecordChange[], sources: Sources): readonly Diagnostic[] =>
  record.map((change) => {
    const { isEdit, address, message, place } = change
    const details = listDifferences(change)
    const text = `${message}${details.length === 0 ? '' : ` (${details.join(', ')})`}`
    const who = address === undefined ? 'The lockfile' : `${address} in the lockfile`
    return createDiagnostic(isEdit ? 'record/edited' : 'record/changed', `${who}: ${text}`, {
      ...(address !== undefined && { address }),
      ...(place !== undefined && { range: rangeOf(place, sources.get(place.file)) }),
    })
  })

/** The rest of the line. */
function rangeOf({ file, line, column }: Location, text: string | undefined): Range {
  if (text === undefined) return { source: file, start: 0, end: 0 }
  let start = 0
  for (let count = 1; count < line; count++) start = text.indexOf('\n', start) + 1
  const end = text.indexOf('\n', start)
  return { source: file, start: start + column - 1, end: end === -1 ? text.length : end }
}
