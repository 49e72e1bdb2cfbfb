import type { Review, ReviewedCall, ReviewedDiagnostic, ReviewedPayload } from '../../model/review.js'
import { formatJson } from '../diagnostics/diagnostics-json.js'

/** A review for machines: as it is, with each diagnostic's place in the one form that all of it has. */
export const formatReviewJson = (review: Review): string => formatJson(describeReview(review))

const describeReview = (review: Review): object => ({
  ...review,
  calls: review.calls.map(describeCall),
  diagnostics: review.diagnostics.map(describeDiagnostic),
  ...(review.environments !== undefined && {
    environments: review.environments.map(({ name, review: more }) => ({
      name,
      review: describeReview(more),
    })),
  }),
})

const describeCall = ({ before, after, ...call }: ReviewedCall): object => ({
  ...call,
  ...(before !== undefined && { before: describePayload(before) }),
  ...(after !== undefined && { after: describePayload(after) }),
})

/** The text says again what the call says. */
const describePayload = ({ text: _text, ...payload }: ReviewedPayload): object => payload

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
