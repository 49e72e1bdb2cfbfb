import type { Review } from '../model/review.js'
import type { Sources } from './diagnostics-text.js'
import { formatAnnotations } from './github.js'
import { summarizeReview } from './review-summary.js'

/** The diagnostics that are new in a change, beside their lines, and who would be rung as a notice. */
export function formatReviewAnnotations(review: Review, sources: Sources, folder: string): string {
  const diagnostics = review.diagnostics.map(({ diagnostic }) => diagnostic)
  const annotations = formatAnnotations(diagnostics, sources, folder)
  return `${annotations}::notice title=callctl::${summarizeReview(review).join(' ')}\n`
}
