import type { EnvironmentReview, Review } from '../../model/review.js'
import { code, joinWithin } from './markdown-text.js'
import {
  formatBlocks,
  formatCauses,
  formatDiagnostics,
  formatGuards,
  formatPermissions,
} from './review-markdown-parts.js'
import { formatEdits, formatWritten } from './review-markdown-record.js'
import type { RingForm } from './review-markdown-rings.js'
import { summarizeChanges, summarizeReview } from './review-summary.js'

interface Room {
  readonly form: RingForm
  /** Of each list but that of rings. */
  readonly shown: number
  /** In bytes. */
  readonly limit: number
}

/**
 * A section for each environment in which the change does more. Undefined where they need more room; where only the
 * shortest form is left, many environments are counted.
 */
export function formatEnvironments({ environments = [] }: Review, room: Room): string | undefined {
  const text = joinWithin(environments, room.limit, '\n\n', (environment) =>
    formatEnvironment(environment, room),
  )
  const isLast = room.shown === 0
  if (!isLast || (text !== undefined && Buffer.byteLength(text) <= room.limit / 4)) return text
  const words = `What it does in ${environments.length} environments is NOT shown here: it is too long for this comment.`
  return `**${words} See the HTML or JSON report.**`
}

function formatEnvironment({ name, review }: EnvironmentReview, room: Room): string | undefined {
  const { form, shown, limit } = room
  const rings = review.rings ?? []
  const list = form.format(rings, limit)
  if (list === undefined) return undefined
  const note = rings.length === 0 ? '' : (form.note?.(rings) ?? '')
  const problem = review.planProblem === undefined ? '' : `Why: ${code(review.planProblem, 300)}`
  return [
    `### In the environment ${code(name)}`,
    ['**', summarizeReview(review).join(' '), '** ', note].join('').trim(),
    problem,
    summarizeChanges(review),
    formatEdits(review, shown),
    list,
    formatWritten(review, shown),
    formatBlocks(review, shown),
    formatGuards(review, shown),
    formatPermissions(review, shown),
    formatDiagnostics(review, shown),
    formatCauses(review, shown),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}
