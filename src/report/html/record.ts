import type { RecordChange, Review } from '../../model/review.js'
import { plural } from '../../model/words/count.js'
import {
  editsOf,
  groupRecord,
  listDifferences,
  type RecordGroup,
  writtenOf,
} from '../review/record-changes.js'
import { bdi, code, type Html, html, joinHtml } from './markup.js'
import { badge, type Link } from './rings.js'

/** Before all else: what no command of callctl would have written. */
export function formatEdits(review: Review, link: Link): Html | undefined {
  const edits = editsOf(review)
  if (edits.length === 0) return undefined
  return html`<section class="looks" aria-labelledby="_edits">
<h2 id="_edits">The lockfile was edited</h2>
<p class="about">${plural(edits.length, 'change')} that no command of callctl writes.</p>
<ul>
${formatGroups(edits, link)}</ul>
</section>`
}

/** What commands write: who rings again by it, who does not, and the rest. */
export function formatWritten(review: Review, link: Link): Html | undefined {
  const written = writtenOf(review)
  if (written.length === 0) return undefined
  return html`<section aria-labelledby="_record">
<h2 id="_record">What else the lockfile says</h2>
<ul class="findings">
${formatGroups(written, link)}</ul>
</section>`
}

const formatGroups = (changes: readonly RecordChange[], link: Link): readonly Html[] =>
  groupRecord(changes).map((group) => formatGroup(group, link))

function formatGroup({ kind, isEdit, effect, message, changes }: RecordGroup, link: Link): Html {
  const isBad = isEdit || effect === 'rings'
  const addresses = changes.flatMap(({ address }) => (address === undefined ? [] : [link(address)]))
  const names = addresses.length === 0 ? undefined : html`: ${joinHtml(addresses, ', ')}`
  const [first] = changes
  const details = changes.length === 1 && first !== undefined ? listDifferences(first) : []
  const rest = details.length === 0 ? undefined : html`<br>${joinHtml(details.map(code), ' ')}`
  return html`<li${isBad ? html` class="bad"` : undefined}>${badge(isBad ? 'looser' : 'same', kind)} ${bdi(message)}${names}${rest}</li>
`
}
