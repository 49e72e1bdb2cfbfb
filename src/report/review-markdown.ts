import type { Review, ReviewedRevision } from '../model/review.js'
import { code } from './markdown-text.js'
import { plural } from './paint.js'
import {
  formatCauses,
  formatDiagnostics,
  formatGuards,
  formatPermissions,
  formatStuck,
} from './review-markdown-parts.js'
import { countPayloads, payloadForms } from './review-markdown-payloads.js'
import { groupRings, noRings, type RingForm, ringForms } from './review-markdown-rings.js'
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
  const rest = limit - 1
  for (const { form, shown } of layouts) {
    const head = formatHead(review, form, shown)
    const left = rest - Buffer.byteLength(head)
    if (left < reserved) continue
    return `${head}${formatTail(review, left)}\n`
  }
  return `${formatHead(review, noRings, 0)}\n`
}

/** For a line that counts payloads. */
const reserved = 200

/** Ring forms and how many items of the other parts are shown with each, in order of preference. */
const layouts: readonly { readonly form: RingForm; readonly shown: number }[] = [
  ...ringForms.flatMap((form) => [
    { form, shown: 40 },
    { form, shown: 8 },
  ]),
  { form: ringForms.at(-1)!, shown: 0 },
  { form: noRings, shown: 8 },
]

function formatHead(review: Review, form: RingForm, shown: number): string {
  return join([
    reviewMarker,
    formatSummary(review, form),
    formatRevisions(review),
    formatRingList(review, form),
    formatStuck(review, shown),
    formatGuards(review, shown),
    formatPermissions(review, shown),
    formatDiagnostics(review, shown),
  ])
}

const join = (parts: readonly string[]): string => parts.filter((part) => part !== '').join('\n\n')

function formatSummary(review: Review, form: RingForm): string {
  const summary = `**${summarizeReview(review).join(' ')}**`
  const problem = review.planProblem === undefined ? '' : ` No plan: ${code(review.planProblem, 300)}`
  return `${summary}${problem}${form === noRings ? formatAbsence(review) : ''}`
}

const shownGroups = 5

/** What stands in the place of a ring list that is too long. */
function formatAbsence({ rings = [] }: Review): string {
  if (rings.length === 0) return ''
  const groups = [...groupRings(rings).values()].toSorted((left, right) => right.length - left.length)
  const counts = groups.slice(0, shownGroups).map((group) => {
    const [{ isNew, kind, template }] = group as [(typeof rings)[number]]
    const by = template === undefined ? '' : ` by ${code(template, 60)}`
    return `${group.length} ${isNew ? 'new ' : ''}${kind}${by}`
  })
  const more = groups.length > shownGroups ? `, and ${groups.length - shownGroups} further groups` : ''
  const words = `The list of the ${plural(rings.length, 'call')} and whom they ring is NOT shown here: it is too long for this comment. See the HTML or JSON report.`
  return ` **${words}** It has ${counts.join(', ')}${more}.`
}

const formatRevisions = (review: Review): string =>
  `${formatRevision(review.base)} → ${formatRevision(review.head)}: ${summarizeChanges(review)}${review.isMasked ? ' People are masked.' : ''}`

const formatRevision = ({ name, commit }: ReviewedRevision): string =>
  commit === undefined || commit.startsWith(name)
    ? code(name, 60)
    : `${code(name, 60)} (${code(commit.slice(0, 7))})`

function formatRingList({ rings = [] }: Review, form: RingForm): string {
  if (rings.length === 0 || form === noRings) return ''
  return `### Who would be rung\n${form(rings)}`
}

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
