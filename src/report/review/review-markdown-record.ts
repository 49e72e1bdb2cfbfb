import type { RecordChange, Review } from '../../model/review.js'
import { code, listItems, wholeCode } from './markdown-text.js'
import { editsOf, groupRecord, listDifferences, type RecordGroup, writtenOf } from './record-changes.js'

/** However short room is, the gravest edits are shown, and the others counted. */
export function formatEdits(review: Review, shown: number): string {
  const edits = editsOf(review)
  if (edits.length === 0) return ''
  const list = listItems(groupRecord(edits), Math.max(shown, 2), (group) => formatGroup(group, shown))
  return `### The lockfile was edited (${edits.length}): no command writes this\n${list}`
}

export function formatWritten(review: Review, shown: number): string {
  const written = writtenOf(review)
  if (written.length === 0) return ''
  const list = listItems(groupRecord(written), Math.max(shown, 1), (group) => formatGroup(group, shown))
  return `### The lockfile says more (${written.length})\n${list}`
}

function formatGroup({ kind, message, changes }: RecordGroup, shown: number): string {
  const most = shown > 20 ? 400 : 3
  const named = changes.filter(hasAddress)
  const names = named
    .slice(0, most)
    .map(({ address }) => (shown > 0 ? wholeCode(address) : code(address, 60)))
  const more =
    named.length > names.length ? ` and ${named.length - names.length} more, in the JSON report` : ''
  const where = names.length === 0 ? '' : ` ${names.join(', ')}${more}`
  const [first] = changes
  const details = changes.length === 1 && first !== undefined && shown > 0 ? listDifferences(first) : []
  const rest = details.length === 0 ? '' : ` (${details.map((detail) => code(detail, 120)).join(', ')})`
  return `**${kind}**${where}: ${code(message, shown > 0 ? 300 : 120)}${rest}`
}

const hasAddress = (change: RecordChange): change is RecordChange & { readonly address: string } =>
  change.address !== undefined
