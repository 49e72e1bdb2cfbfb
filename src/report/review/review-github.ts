import type { Sources } from '../../model/language/sources.js'
import type { RecordChange, Review } from '../../model/review.js'
import { formatAnnotations } from '../diagnostics/github.js'
import { diagnoseRecord } from './record-changes.js'
import { diagnosticsOf, recordOf, summarizeReview } from './review-summary.js'

/** What the lockfile was made to say, the diagnostics that are new, beside their lines, and who would be rung as a notice. */
export function formatReviewAnnotations(review: Review, sources: Sources, folder: string): string {
  const record = diagnoseRecord(recordOf(review).filter(matters), sources)
  const annotations = [record, diagnosticsOf(review)]
    .map((each) => formatAnnotations(each, sources, folder))
    .join('')
  const notices = (review.environments ?? []).map(
    ({ name, review: more }) =>
      `::notice title=callctl ${name}::In the environment ${name}: ${summarizeReview(more).join(' ')}\n`,
  )
  return `${annotations}::notice title=callctl::${summarizeReview(review).join(' ')}\n${notices.join('')}`
}

/** GitHub shows ten annotations of a kind: what changes nothing is left to the other formats. */
const matters = ({ isEdit, effect }: RecordChange): boolean => isEdit || effect !== undefined
