import type { PayloadHead } from '../model/payload.js'
import type { Change } from '../model/plan.js'
import { compareCall, type Known } from './compare-call.js'
import { entryOf } from './entries.js'
import type { PlanInput } from './plan-input.js'

/** What `movedFrom` makes of a call: undefined where it says nothing, or nothing any more. */
export type CompareMoved<Held extends PayloadHead> = (payload: Held, known: Known) => Change<Held> | undefined

/**
 * A call that was renamed: the old address's entry stands for it, so that nobody is rung under the new name.
 * Whatever is in doubt about the old name blocks the new one.
 */
export function createCompareMoved<Held extends PayloadHead>(input: PlanInput<Held>): CompareMoved<Held> {
  const claimed = new Map<string, string[]>()
  for (const { address, movedFrom } of input.payloads) {
    if (movedFrom !== undefined) claimed.set(movedFrom, [...(claimed.get(movedFrom) ?? []), address])
  }
  return (payload, known) => {
    const { address, movedFrom } = payload
    if (movedFrom === undefined || movedFrom === address || known.entry !== undefined) return undefined
    const entry = entryOf(input.lockfile, movedFrom)
    if (entry === undefined) return undefined
    const doubt = findDoubt(input, movedFrom, claimed.get(movedFrom) ?? [])
    if (doubt !== undefined)
      return { address, payload, action: 'blocked', code: 'plan/moved-from', reason: doubt }
    const change = compareCall(payload, { ...known, entry })
    // Nothing rang under the old name, so there is nothing to take over.
    if (change.action === 'place') return undefined
    const reason = `renamed from ${movedFrom}; ${change.reason}`
    const isKept = change.action === 'uncertain' || change.action === 'blocked'
    return { ...change, reason, ...(isKept ? {} : { movedFrom }) }
  }
}

function findDoubt(
  input: Pick<PlanInput, 'definedAddresses'>,
  old: string,
  claims: readonly string[],
): string | undefined {
  if (claims.length > 1) return `\`movedFrom: ${old}\` stands in several calls: ${claims.join(', ')}`
  if (input.definedAddresses === undefined) {
    return `whether ${old} is still defined is not known: not every definition could be read`
  }
  if (!input.definedAddresses.has(old)) return undefined
  return `\`movedFrom: ${old}\` names a call that is still defined; remove one of the two`
}
