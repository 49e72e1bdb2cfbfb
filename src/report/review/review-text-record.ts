import type { RecordChange, Review } from '../../model/review.js'
import { plural } from '../../model/words/count.js'
import { type Look, paint, showText, wrapText } from '../text/paint.js'
import { editsOf, groupRecord, listDifferences, type RecordGroup, writtenOf } from './record-changes.js'

/** What no command of callctl would have written: it stands before all else, and all of it. */
export function formatEdits(review: Review, look: Look): string {
  const edits = editsOf(review)
  if (edits.length === 0) return ''
  const title = `The lockfile was edited: ${plural(edits.length, 'change')} that no command writes`
  return [paint(look, 'red', title), ...formatGroups(edits, look)].join('\n')
}

/** What commands write: who rings again by it, who does not, and the rest. */
export function formatWritten(review: Review, look: Look): string {
  const written = writtenOf(review)
  if (written.length === 0) return ''
  const title = `The lockfile says more (${plural(written.length, 'change')})`
  return [paint(look, 'yellow', title), ...formatGroups(written, look)].join('\n')
}

const formatGroups = (changes: readonly RecordChange[], look: Look): readonly string[] =>
  groupRecord(changes).map((group) => formatGroup(group, look))

function formatGroup({ kind, isEdit, effect, message, changes }: RecordGroup, look: Look): string {
  const color = isEdit || effect === 'rings' ? 'red' : 'yellow'
  const head = `${paint(look, color, kind)}: ${wrapText(showText(message), look.columns - kind.length - 4, '    ')}`
  const addresses = changes.flatMap(({ address }) => (address === undefined ? [] : [showText(address)]))
  const names = addresses.length === 0 ? [] : [wrapText(addresses.join(', '), look.columns - 4, '    ')]
  const [first] = changes
  const details = changes.length === 1 && first !== undefined ? listDifferences(first) : []
  const lines = [...names, ...details.map((detail) => paint(look, 'dim', showText(detail)))]
  return [`  ${head}`, ...lines.map((line) => `    ${line}`)].join('\n')
}
