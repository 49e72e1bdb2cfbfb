import type { PropertyChange, ReviewedCall, ReviewedPayload } from '../../model/review.js'
import { plural } from '../../model/words/count.js'
import { describeMarks } from '../plan/environment-text.js'
import { compareLines, type DiffLine, trimContext } from '../text/line-diff.js'
import { code, codeBlock, fold, htmlCode, joinWithin, wholeCode } from './markdown-text.js'
import { formatAction, formatCause, formatPlace, formatValue } from './review-markdown-parts.js'

/** A way to show how payloads differ, within so many bytes; undefined where it does not fit. */
export type PayloadForm = (calls: readonly ReviewedCall[], room: number) => string | undefined

/** From the most telling to the shortest, which always fits where there is room for a line. */
export const payloadForms: readonly PayloadForm[] = [
  (calls, room) => joinWithin(calls, room, '\n', formatFull),
  (calls, room) => joinWithin(calls, room, '\n', formatProperties),
  (calls, room) => {
    const list = joinWithin(calls, room, '\n', formatDigests)
    return list && fold(`Payloads that differ, by digest (${calls.length})`, list)
  },
  countPayloads,
]

export function countPayloads(calls: readonly ReviewedCall[]): string {
  return `Payloads that differ: ${calls.length}. The HTML and JSON reports show how.`
}

function formatFull(call: ReviewedCall): string {
  const block = codeBlock('diff', diffLines(call))
  const causes = call.changes.flatMap((change) =>
    change.cause === undefined && change.pointer !== '#endpoint' ? [] : [formatChange(change, false)],
  )
  return foldCall(call, [block, causes.join('\n')])
}

function diffLines({ before, after }: ReviewedCall): readonly string[] {
  const lines = trimContext(compareLines(linesOf(before), linesOf(after)), 3)
  return lines.length === 0 ? [' (the same payload)'] : lines.map(({ mark, text }: DiffLine) => mark + text)
}

const linesOf = (payload: ReviewedPayload | undefined): readonly string[] =>
  payload === undefined ? [] : JSON.stringify(payload.call, null, 2).split('\n')

function formatProperties(call: ReviewedCall): string {
  const changes = call.changes.map((change) => formatChange(change, true))
  return foldCall(call, [changes.length === 0 ? `- ${describeDigests(call)}` : changes.join('\n')])
}

function formatChange({ pointer, before, after, cause }: PropertyChange, showsValues: boolean): string {
  const values =
    showsValues || pointer === '#endpoint' ? `: ${formatValue(before)} → ${formatValue(after)}` : ''
  return `- ${code(pointer)}${values}${cause === undefined ? '' : ` ${formatCause(cause)}`}`
}

function foldCall(call: ReviewedCall, parts: readonly string[]): string {
  const count = call.changes.length
  const what = count === 0 ? '' : `, ${plural(count, 'property', 'properties')}`
  const facts = [formatOrigin(call), formatAction(call), formatEnvironment(call)].filter(
    (text) => text !== '',
  )
  const body = [facts.map((text) => `${text}.`).join(' '), ...parts].filter((text) => text !== '')
  return fold(`${call.kind} ${htmlCode(call.address)}${what}`, body.join('\n\n'))
}

function formatOrigin({ kind, movedFrom, before, after }: ReviewedCall): string {
  const payload = after ?? before
  const moved = movedFrom === undefined ? '' : `, renamed from ${wholeCode(movedFrom)}`
  if (payload === undefined) return moved === '' ? '' : `A call${moved}`
  const template = payload.template === undefined ? '' : ` by ${code(payload.template)}`
  const description = payload.description === undefined ? '' : `: ${code(payload.description)}`
  return `${kind === 'removed' ? 'Was defined' : 'Defined'} at ${formatPlace(payload.place)}${template}${moved}${description}`
}

function formatEnvironment({ before, after }: ReviewedCall): string {
  const marks = describeMarks((after ?? before)?.environment)
  return marks === undefined ? '' : `From the environment: ${code(marks)}`
}

const formatDigests = (call: ReviewedCall): string =>
  `- ${call.kind} ${wholeCode(call.address)}: ${describeDigests(call)}`

const describeDigests = ({ before, after }: ReviewedCall): string =>
  `digest ${shortDigest(before)} → ${shortDigest(after)}`

const shortDigest = (payload: ReviewedPayload | undefined): string =>
  payload === undefined ? 'none' : `\`${payload.digest.slice(0, 16).replace(/[^0-9a-f]/g, '')}…\``
