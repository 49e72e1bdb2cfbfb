import type { JsonValue } from '../../model/json.js'
import type { Cause, PropertyChange, Review, ReviewedCall } from '../../model/review.js'
import { plural } from '../../model/words/count.js'
import { describeMarks } from '../plan/environment-text.js'
import { cutText, type Look, paint, showText, wrapText } from '../text/paint.js'
import { formatAddresses } from './review-text-rings.js'

/** Sections: what lines caused, what has no line, and which calls came, went and were renamed. */
export function formatChanges(review: Review, look: Look): readonly string[] {
  const of = (kind: ReviewedCall['kind']) => review.calls.filter((call) => call.kind === kind)
  const renamed = review.calls.filter(({ movedFrom }) => movedFrom !== undefined)
  return [
    formatCauses(review, look),
    formatUnexplained(of('changed'), look),
    formatList(paint(look, 'green', 'Added'), of('added').map(describeAdded), look),
    formatList(paint(look, 'red', 'Removed'), of('removed').map(describeRemoved), look),
    formatList(paint(look, 'yellow', 'Renamed'), renamed.map(describeRenamed), look),
    formatEnvironment(review.calls, look),
  ]
}

/** Values in which the environment has a say, once for all calls that have the same. */
function formatEnvironment(calls: readonly ReviewedCall[], look: Look): string {
  const byMarks = new Map<string, string[]>()
  for (const { address, after } of calls) {
    const marks = describeMarks(after?.environment)
    if (marks === undefined) continue
    const addresses = byMarks.get(marks)
    if (addresses === undefined) byMarks.set(marks, [address])
    else addresses.push(address)
  }
  if (byMarks.size === 0) return ''
  const parts = [...byMarks].map(([marks, addresses]) => {
    const where = formatAddresses(addresses, look.columns - 6)
    return `  ${wrapText(showText(marks), look.columns - 2, '    ')}\n    in ${where}`
  })
  return [paint(look, 'cyan', 'From the environment, in calls that differ'), ...parts].join('\n')
}

interface Effect {
  readonly cause: Cause
  readonly pointer: string
  readonly addresses: readonly string[]
}

/** Line by line: a template's edit that touches 200 calls is one. */
function formatCauses({ causes, calls }: Review, look: Look): string {
  const byLine = new Map<string, { cause: Cause; effects: Effect[] }>()
  for (const { pointer, cause, addresses } of causes) {
    const key = `${cause.revision} ${cause.place.file}:${cause.place.line}`
    const group = byLine.get(key) ?? { cause, effects: [] }
    group.effects.push({ cause, pointer, addresses })
    byLine.set(key, group)
  }
  if (byLine.size === 0) return ''
  const known = new Map(calls.map((call) => [call.address, call]))
  const parts = [...byLine.values()].map(({ cause, effects }) =>
    [formatCause(cause, look), ...effects.map((effect) => formatEffect(effect, known, look))].join('\n'),
  )
  return [paint(look, 'cyan', 'Changed, by the line that did it'), ...parts].join('\n')
}

function formatCause({ revision, place, text }: Cause, look: Look): string {
  const where = `${showText(place.file)}:${place.line}${revision === 'base' ? ' (gone)' : ''}`
  const room = look.columns - where.length - 4
  const line = text === undefined || room < 12 ? '' : `  ${paint(look, 'dim', cutText(showText(text), room))}`
  return `  ${paint(look, 'bold', where)}${line}`
}

function formatEffect(
  { cause, pointer, addresses }: Effect,
  calls: ReadonlyMap<string, ReviewedCall>,
  look: Look,
): string {
  const [address = ''] = addresses
  const change = calls
    .get(address)
    ?.changes.find((each) => each.pointer === pointer && each.cause?.revision === cause.revision)
  const where =
    addresses.length === 1
      ? showText(address)
      : `${plural(addresses.length, 'call')}: ${formatAddresses(addresses, look.columns - 20)}`
  const head = `    ${paint(look, 'cyan', showText(pointer))} of ${where}`
  return change === undefined ? head : `${head}\n${formatValues(change, look)}`
}

/** Of several calls, the first one's. */
function formatValues({ before, after, kind }: PropertyChange, look: Look): string {
  const room = look.columns - 8
  const from = formatValue(before, room)
  const to = formatValue(after, room)
  if (kind === 'changed' && from === to)
    return `      ${paint(look, 'yellow', `~ ${from} (masked: both begin alike)`)}`
  return [
    ...(before === undefined ? [] : [`      ${paint(look, 'red', `- ${from}`)}`]),
    ...(after === undefined ? [] : [`      ${paint(look, 'green', `+ ${to}`)}`]),
  ].join('\n')
}

/** Without the types of what is in it: who it is about fits the line then. */
const formatValue = (value: JsonValue | undefined, columns: number): string =>
  value === undefined ? '' : cutText(showText(JSON.stringify(value, withoutType)), columns)

const withoutType = (name: string, value: unknown): unknown => (name === '@odata.type' ? undefined : value)

/** Changes whose line is not known. */
function formatUnexplained(calls: readonly ReviewedCall[], look: Look): string {
  const parts = calls.flatMap(({ address, changes }) =>
    changes
      .filter(({ cause }) => cause === undefined)
      .map(
        (change) =>
          `  ${paint(look, 'cyan', showText(change.pointer))} of ${showText(address)}\n${formatValues(change, look)}`,
      ),
  )
  return parts.length === 0 ? '' : [paint(look, 'cyan', 'Changed otherwise'), ...parts].join('\n')
}

const formatList = (title: string, lines: readonly string[], look: Look): string =>
  lines.length === 0 ? '' : [title, ...lines.map((line) => `  ${cutText(line, look.columns - 2)}`)].join('\n')

function describeAdded({ address, after, action, reason, likelyFrom }: ReviewedCall): string {
  const place = after && `${after.place.file}:${after.place.line}`
  const isUsual = action === undefined || (action === 'place' && likelyFrom === undefined)
  const fate = isUsual ? '' : `  ${action}: ${reason}`
  return showText(`${address}  ${place}${fate}`)
}

function describeRemoved({ address, before, action, reason }: ReviewedCall): string {
  const place = before && `${before.place.file}:${before.place.line}`
  return showText(`${address}  ${place}${action === undefined ? '' : `  ${reason}`}`)
}

const describeRenamed = ({ address, movedFrom }: ReviewedCall): string =>
  showText(`${movedFrom} → ${address}`)
