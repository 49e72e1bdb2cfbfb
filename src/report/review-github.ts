import type { RecordChange, Review } from '../model/review.js'
import type { Sources } from './diagnostics-text.js'
import { formatAnnotations } from './github.js'
import { diagnoseRecord } from './record-changes.js'
import { summarizeReview } from './review-summary.js'

/** What the lockfile was made to say, the diagnostics that are new, beside their lines, and who would be rung as a notice. */
export function formatReviewAnnotations(review: Review, sources: Sources, folder: string): string {
  const diagnostics = review.diagnostics.map(({ diagnostic }) => diagnostic)
  const record = diagnoseRecord(review.record.filter(matters), sources)
  const annotations = [record, diagnostics].map((each) => formatAnnotations(each, sources, folder)).join('')
  return `${annotations}::notice title=callctl::${summarizeReview(review).join(' ')}\n`
}

/** GitHub shows ten annotations of a kind: what changes nothing is left to the other formats. */
const matters = ({ isEdit, effect }: RecordChange): boolean => isEdit || effect !== undefined
