import type { Review, ReviewedCall, ReviewedDiagnostic } from '../../model/review.js'
import { writeJsonPieces } from '../text/json-pieces.js'

/**
 * A review for machines, in pieces: as it is, with each diagnostic's place in the one form that all of it has. Ten
 * thousand calls that differ are a hundred megabytes.
 */
export function* formatReviewJson(review: Review): Generator<string> {
  // Down to each call, also to those of the environments.
  const levels = review.environments === undefined ? 2 : 5
  yield* writeJsonPieces({ formatVersion: 1, ...describeReview(review) }, levels)
  yield '\n'
}

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

/** What has changed comes first. */
const describeCall = ({ before, after, ...call }: ReviewedCall): object => ({
  ...call,
  ...(before !== undefined && { before }),
  ...(after !== undefined && { after }),
})

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
