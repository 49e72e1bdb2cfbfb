import { InternalError } from '../../model/errors.js'
import type { Review, ReviewedRevision } from '../../model/review.js'
import { code } from './markdown-text.js'
import { formatEnvironments } from './review-markdown-environments.js'
import {
  formatBlocks,
  formatCauses,
  formatDiagnostics,
  formatGuards,
  formatPermissions,
} from './review-markdown-parts.js'
import { countPayloads, payloadForms } from './review-markdown-payloads.js'
import { formatEdits, formatWritten } from './review-markdown-record.js'
import { ringForms } from './review-markdown-rings.js'
import { summarizeChanges, summarizeReview } from './review-summary.js'

/** The first line of the comment, by which a workflow finds it to update it. */
export const reviewMarker = '<!-- callctl review -->'

/** GitHub's longest comment, in characters. */
const longestComment = 65_536

/**
 * A review as a comment in a pull request, in at most `limit` bytes of UTF-8 (at least 4,096), and so in no more
 * characters. Payload diffs give way first, then causes, then the form of the ring list. The list never ends early: where
 * no form of it fits, the summary says in bold that it is not shown.
 */
export function formatReviewMarkdown(review: Review, limit = longestComment): string {
  const rings = review.rings ?? []
  for (const form of ringForms) {
    const text = form.format(rings, limit)
    if (text === undefined) continue
    const list = { text, note: form.note?.(rings) ?? '' }
    for (const shown of form === ringForms.at(-1) ? [40, 8, 0] : [40, 8]) {
      const environments = formatEnvironments(review, { form, shown, limit })
      if (environments === undefined) continue
      const head = join([formatHead(review, list, shown), environments])
      const room = limit - Buffer.byteLength(head) - 1
      if (room >= reserved) return `${head}${formatTail(review, room)}\n`
    }
  }
  throw new InternalError(`a review does not fit ${limit} bytes`)
}

/** For a line that counts payloads. */
const reserved = 200

interface RingList {
  readonly text: string
  readonly note: string
}

function formatHead(review: Review, list: RingList, shown: number): string {
  return join([
    reviewMarker,
    formatSummary(review, list),
    formatEdits(review, shown),
    formatRevisions(review),
    list.text === '' ? '' : `### Who would be rung\n${list.text}`,
    formatBlocks(review, shown),
    formatWritten(review, shown),
    formatGuards(review, shown),
    formatPermissions(review, shown),
    formatDiagnostics(review, shown),
  ])
}

const join = (parts: readonly string[]): string => parts.filter((part) => part !== '').join('\n\n')

function formatSummary(review: Review, { note }: RingList): string {
  const summary = `**${summarizeReview(review).join(' ')}**`
  const problem = review.planProblem === undefined ? [] : [`Why: ${code(review.planProblem, 300)}`]
  return [summary, ...problem, ...(note === '' || !review.rings?.length ? [] : [note])].join(' ')
}

const formatRevisions = (review: Review): string =>
  `${formatRevision(review.base)} → ${formatRevision(review.head)}: ${summarizeChanges(review)}${review.isMasked ? ' People are masked.' : ''}`

const formatRevision = ({ name, commit }: ReviewedRevision): string =>
  commit === undefined || (name !== '' && commit.startsWith(name))
    ? code(name, 60)
    : `${code(name, 60)} (${code(commit.slice(0, 7))})`

/** Causes and payloads, in as much of the room as they need. */
function formatTail(review: Review, room: number): string {
  const { calls } = review
  if (calls.length === 0) return ''
  for (const form of payloadForms) {
    for (const shown of [20, 5]) {
      const causes = formatCauses(review, shown)
      const left = room - Buffer.byteLength(causes) - 100
      const payloads = left < 0 ? undefined : form(calls, left)
      if (payloads !== undefined) return `\n\n${join([causes, payloads])}`
    }
  }
  return `\n\n${countPayloads(calls)}`
}
