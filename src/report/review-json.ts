import type { Review, ReviewedDiagnostic } from '../model/review.js'
import { formatJson } from './diagnostics-json.js'

/** A review for machines: as it is, with each diagnostic's place in the one form that all of it has. */
export function formatReviewJson(review: Review): string {
  return formatJson({ ...review, diagnostics: review.diagnostics.map(describeDiagnostic) })
}

/** Offsets would be of use only beside the very bytes of head. */
function describeDiagnostic({ diagnostic, place }: ReviewedDiagnostic): object {
  const { code, severity, message, address, pointer, hint } = diagnostic
  return {
    code,
    severity,
    message,
    ...(place !== undefined && { place }),
    ...(address !== undefined && { address }),
    ...(pointer !== undefined && { pointer }),
    ...(hint !== undefined && { hint }),
  }
}
