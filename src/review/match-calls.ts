import { keyOfAddress } from '../model/address.js'
import { byAddress } from '../model/address-order.js'
import { formatEndpoint } from '../model/call.js'
import type { UnwrittenPayload } from '../model/payload.js'
import { indexAddresses } from '../model/record/address-index.js'
import type { Revision } from './revision.js'

/** A call in both revisions, or in one. */
export interface Pair {
  readonly address: string
  readonly before?: UnwrittenPayload
  readonly after?: UnwrittenPayload
}

type Side = Pick<Revision, 'payloads' | 'definedAddresses'>

/**
 * Calls of the same address, and calls renamed by `movedFrom` with what they were; sorted by address. A call that head
 * may define, but that has errors there, is none that was removed.
 */
export function matchCalls(base: Side, head: Side): readonly Pair[] {
  const before = indexByAddress(base.payloads)
  const after = indexByAddress(head.payloads)
  const isDefined = createIsDefined(head)
  const pairs: Pair[] = []
  const taken = new Set<string>()
  for (const payload of head.payloads) {
    const old =
      before.get(keyOfAddress(payload.address)) ?? findRenamed(payload, { before, after, isDefined, taken })
    if (old !== undefined) taken.add(old.address)
    pairs.push({ address: payload.address, after: payload, ...(old !== undefined && { before: old }) })
  }
  for (const payload of base.payloads) {
    const { address } = payload
    if (taken.has(address) || head.definedAddresses === undefined || isDefined(address)) continue
    pairs.push({ address, before: payload })
  }
  return pairs.sort(byAddress)
}

interface Known {
  readonly before: ReadonlyMap<string, UnwrittenPayload>
  readonly after: ReadonlyMap<string, UnwrittenPayload>
  readonly isDefined: (address: string) => boolean
  readonly taken: ReadonlySet<string>
}

function findRenamed(
  { movedFrom }: UnwrittenPayload,
  { before, after, isDefined, taken }: Known,
): UnwrittenPayload | undefined {
  const old = movedFrom === undefined ? undefined : before.get(keyOfAddress(movedFrom))
  if (old === undefined || after.has(keyOfAddress(old.address)) || taken.has(old.address)) return undefined
  return isDefined(old.address) ? undefined : old
}

function createIsDefined({ definedAddresses = new Set() }: Side): (address: string) => boolean {
  const index = indexAddresses(definedAddresses)
  return (address) => index.spellingsOf(address).length > 0
}

/** By the address's key: another spelling is the same call. */
const indexByAddress = (payloads: readonly UnwrittenPayload[]): ReadonlyMap<string, UnwrittenPayload> =>
  new Map(payloads.map((payload) => [keyOfAddress(payload.address), payload]))

/** Whether what is sent, or where to, differs, or the name. */
export const differs = ({ before, after }: Pair): boolean =>
  before === undefined ||
  after === undefined ||
  before.address !== after.address ||
  before.digest !== after.digest ||
  describeEndpoint(before) !== describeEndpoint(after)

/** The route, with the cloud where it is not the usual one. */
export const describeEndpoint = ({ target }: UnwrittenPayload): string =>
  target.cloud === 'global' ? formatEndpoint(target) : `${target.cloud} ${formatEndpoint(target)}`
