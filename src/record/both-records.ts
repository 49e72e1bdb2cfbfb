import type { RingClaim, RingOutcome, Rings } from '../model/operation.js'
import type { Attempts, Claim, Outcome } from '../model/record/attempt.js'
import type { SharedClaims, SharedRecord } from '../model/record/shared-record.js'

// A claim is made in the shared record first, and then on this disk: so whatever this disk knows, the database had, and
// one that lacks it was set back. Outcomes go to both side by side, so that the disk keeps what the database cannot take.

interface Local<Each, End> {
  claim(claim: Each): boolean | Promise<boolean>
  isOpen?(claim: Each): boolean
  settle(claim: Each, outcome: End): void | Promise<void>
}

/** The attempts of both records. */
export const inBoth = (shared: SharedRecord, local: Attempts): Attempts =>
  pair<Claim, Outcome>(shared.attempts, local, async () => true)

/** The rings of both records. */
export const ringsInBoth = (shared: SharedRecord, local: Rings): Rings =>
  pair<RingClaim, RingOutcome>(shared.rings, local, (claim) => shared.isAlone(claim))

function pair<Each extends { readonly claimedAt: string }, End extends Outcome | RingOutcome>(
  shared: SharedClaims<Each, End>,
  local: Local<Each, End>,
  isAlone: (claim: Each) => Promise<boolean>,
): Local<Each, End> {
  const isOpen = local.isOpen?.bind(local)
  const settle = async (claim: Each, outcome: End): Promise<void> => {
    const written = async (): Promise<void> => local.settle(claim, outcome)
    const [own, others] = await Promise.allSettled([written(), shared.settle(claim, outcome)])
    if (own.status === 'rejected') throw own.reason
    if (others.status === 'rejected') throw others.reason
  }
  const notSent = ({ claimedAt }: Each): End =>
    ({ kind: 'not-sent', reason: 'another request has it, or this disk cannot', at: claimedAt }) as End
  return {
    async claim(claim) {
      if (!(await shared.claim(claim))) return false
      let isOurs = false
      try {
        isOurs = await local.claim(claim)
      } finally {
        // What cannot be told now shows as uncertain, and rings nobody.
        if (!isOurs) await shared.settle(claim, notSent(claim)).catch(() => {})
      }
      if (!isOurs || (await isAlone(claim))) return isOurs
      await settle(claim, notSent(claim))
      return false
    },
    ...(isOpen !== undefined && { isOpen }),
    settle,
  }
}
