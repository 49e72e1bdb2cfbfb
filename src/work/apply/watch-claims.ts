import type { Attempts, Claim, Outcome } from '../../model/record/attempt.js'

/** Attempts that tell whether any outcome is unknown at this moment. */
export interface WatchedAttempts extends Attempts {
  claim(claim: Claim): Promise<boolean>
  settle(claim: Claim, outcome: Outcome): Promise<void>
  /** A claim without a settled outcome, or an outcome that is unknown. */
  isAnyUnknown(): boolean
  /** Whether anything was claimed at all. */
  hasClaimed(): boolean
}

/** For leaving at once: what was claimed and not settled may ring, and nobody will know. */
export function watchClaims(attempts: Attempts): WatchedAttempts {
  const open = new Set<string>()
  let hasClaimed = false
  return {
    async claim(claim) {
      open.add(claim.attemptId)
      hasClaimed = true
      const isOurs = await attempts.claim(claim)
      if (!isOurs) open.delete(claim.attemptId)
      return isOurs
    },
    async settle(claim, outcome) {
      await attempts.settle(claim, outcome)
      if (outcome.kind !== 'uncertain') open.delete(claim.attemptId)
    },
    isOpen: (claim) => attempts.isOpen?.(claim) ?? true,
    isAnyUnknown: () => open.size > 0,
    hasClaimed: () => hasClaimed,
  }
}
