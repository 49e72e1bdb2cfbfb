import { haveTwoCalls, isFurther } from '../lockfile/outcome-order.js'
import type { AnyOutcome, ClaimForm, Numbered, Recorded } from './claim-form.js'
import { byAddressAndNumber } from './read-claims.js'

/**
 * This machine's claims with those that the shared record has. One that both have is one, under the number that it has
 * there, and with the outcome that tells more.
 */
export function withShared<Claim extends Numbered, End extends AnyOutcome>(
  form: ClaimForm<Claim, End>,
  own: readonly Recorded<Claim, End>[],
  shared: readonly Recorded<Claim, End>[] | undefined,
): readonly Recorded<Claim, End>[] {
  if (shared === undefined || shared.length === 0) return own
  const known = new Map(shared.map((each) => [form.idOf(each), each]))
  const mine = own.map((each) => {
    const id = form.idOf(each)
    const other = id === '' ? undefined : known.get(id)
    if (other === undefined) return each
    known.delete(id)
    return joinClaim(each, other)
  })
  return [...mine, ...known.values()].sort(byAddressAndNumber)
}

function joinClaim<Claim extends Numbered, End extends AnyOutcome>(
  own: Recorded<Claim, End>,
  shared: Recorded<Claim, End>,
): Recorded<Claim, End> {
  if (haveTwoCalls([own.outcome, shared.outcome]))
    return { ...own, number: shared.number, damage: 'this disk and the shared record hold two call ids' }
  const { outcome } = shared
  const isShared = outcome !== undefined && isFurther(outcome, own.outcome)
  return { ...(isShared ? shared : own), number: shared.number }
}
