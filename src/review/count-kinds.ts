import type { ReviewedCall } from '../model/review.js'

export function countKinds(calls: readonly ReviewedCall[]) {
  const count = (kind: ReviewedCall['kind']) => calls.filter((call) => call.kind === kind).length
  return { added: count('added'), removed: count('removed'), changed: count('changed') }
}
