import { rings } from '../model/action.js'
import { keyOfAddress } from '../model/address.js'
import type { PayloadHead } from '../model/payload.js'
import type { Change } from '../model/plan.js'
import { type DefinedAddresses, nameOf } from './defined.js'
import { describePlaced, type Entries } from './entries.js'
import type { PlanInput } from './plan-input.js'

/**
 * Says of a call whose text is not known here, so that no digest tells whether it rang, which address sent the same
 * before the change that is reviewed: most likely its old name. Only a word: what whoever applies knows may differ.
 */
export function createRenameHint<Held extends PayloadHead>(
  { payloads, formersOf = () => [] }: Pick<PlanInput<Held>, 'payloads' | 'formersOf'>,
  entries: Entries,
  defined: DefinedAddresses,
): (change: Change<Held>) => Change<Held> {
  let digests: ReadonlyMap<string, string> | undefined
  const isHere = (former: string, digest: string): boolean => {
    digests ??= new Map(payloads.map((payload) => [keyOfAddress(payload.address), payload.digest]))
    const present = digests.get(keyOfAddress(former))
    return present === undefined ? defined.has(former) : present === digest
  }
  return (change) => {
    const { address, payload, entry } = change
    if (payload === undefined || entry !== undefined || !rings(change.action)) return change
    for (const former of formersOf(payload)) {
      const [found] = entries.of(former)
      if (found === undefined || found.entry.state === 'failed') continue
      if (isHere(former, payload.digest) || isSameName(address, former)) continue
      const when = found.entry.state === 'uncertain' ? 'outcome unknown' : describePlaced(found.entry)
      const hint = `most likely ${former} renamed (${when}): \`movedFrom: ${former}\` says so`
      return { ...change, likelyFrom: former, reason: `${change.reason}, but ${hint}` }
    }
    return change
  }
}

/** Another occasion of one call is no other name. */
function isSameName(address: string, former: string): boolean {
  const [name, old] = [nameOf(address) ?? address, nameOf(former) ?? former]
  return keyOfAddress(name) === keyOfAddress(old)
}
