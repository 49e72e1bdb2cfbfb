import { keyOfAddress } from '../model/address.js'
import type { PayloadHead } from '../model/payload.js'
import type { Change } from '../model/plan.js'
import { compareCall, type Known } from './compare-call.js'
import type { DefinedAddresses } from './defined.js'
import type { Entries } from './entries.js'
import { listNames } from './list-names.js'
import type { PlanInput } from './plan-input.js'

/** What `movedFrom` makes of a call: undefined where it says nothing, or nothing any more. */
export type CompareMoved<Held extends PayloadHead> = (payload: Held, known: Known) => Change<Held> | undefined

/**
 * A call that was renamed: the old address's entry stands for it, so that nobody is rung under the new name.
 * Whatever is in doubt about the old name blocks the new one.
 */
export function createCompareMoved<Held extends PayloadHead>(
  { payloads }: Pick<PlanInput<Held>, 'payloads'>,
  entries: Entries,
  defined: DefinedAddresses,
): CompareMoved<Held> {
  const claimed = new Map<string, string[]>()
  for (const { address, movedFrom } of payloads) {
    if (movedFrom === undefined) continue
    const key = keyOfAddress(movedFrom)
    const claims = claimed.get(key)
    if (claims === undefined) claimed.set(key, [address])
    else claims.push(address)
  }
  return (payload, known) => {
    const { address, movedFrom } = payload
    if (movedFrom === undefined || known.entry !== undefined) return undefined
    const key = keyOfAddress(movedFrom)
    const [found, ...twins] = entries.of(movedFrom)
    if (found === undefined || key === keyOfAddress(address)) return undefined
    const doubt =
      twins.length > 0
        ? `${found.address} stands in the record in several spellings: forget all but one`
        : findDoubt(defined, movedFrom, claimed.get(key) ?? [])
    if (doubt !== undefined)
      return { address, payload, action: 'blocked', code: 'plan/moved-from', reason: doubt }
    const change = compareCall(payload, { ...known, entry: found.entry })
    // Nothing rang under the old name, so there is nothing to take over.
    if (change.action === 'place') return undefined
    const reason = `renamed from ${found.address}; ${change.reason}`
    const isKept = change.action === 'uncertain' || change.action === 'blocked'
    return { ...change, reason, ...(isKept ? {} : { movedFrom: found.address }) }
  }
}

function findDoubt(defined: DefinedAddresses, old: string, claims: readonly string[]): string | undefined {
  if (claims.length > 1) return `\`movedFrom: ${old}\` stands in several calls: ${listNames(claims, ', ')}`
  if (!defined.isWhole) {
    return `whether ${old} is still defined is not known: not every definition could be read`
  }
  if (!defined.has(old)) return undefined
  return `\`movedFrom: ${old}\` names a call that is still defined; remove one of the two`
}
