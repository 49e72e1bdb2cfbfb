import { formatEndpoint } from '../model/call.js'
import type { Payload } from '../model/payload.js'
import type { Revision } from './revision.js'

/** A call in both revisions, or in one. */
export interface Pair {
  readonly address: string
  readonly before?: Payload
  readonly after?: Payload
}

type Side = Pick<Revision, 'payloads' | 'definedAddresses'>

/**
 * Calls of the same address, and calls renamed by `movedFrom` with what they were; sorted by address. A call that head
 * may define, but that has errors there, is none that was removed.
 */
export function matchCalls(base: Side, head: Side): readonly Pair[] {
  const before = indexByAddress(base.payloads)
  const after = indexByAddress(head.payloads)
  const pairs: Pair[] = []
  const taken = new Set<string>()
  for (const payload of head.payloads) {
    const old = before.get(payload.address) ?? findRenamed(payload, { before, after, head, taken })
    if (old !== undefined) taken.add(old.address)
    pairs.push({ address: payload.address, after: payload, ...(old !== undefined && { before: old }) })
  }
  for (const payload of base.payloads) {
    const { address } = payload
    if (taken.has(address) || head.definedAddresses === undefined || head.definedAddresses.has(address))
      continue
    pairs.push({ address, before: payload })
  }
  return pairs.sort((left, right) => (left.address < right.address ? -1 : 1))
}

interface Known {
  readonly before: ReadonlyMap<string, Payload>
  readonly after: ReadonlyMap<string, Payload>
  readonly head: Side
  readonly taken: ReadonlySet<string>
}

function findRenamed({ movedFrom }: Payload, { before, after, head, taken }: Known): Payload | undefined {
  if (movedFrom === undefined || after.has(movedFrom) || taken.has(movedFrom)) return undefined
  return head.definedAddresses?.has(movedFrom) ? undefined : before.get(movedFrom)
}

const indexByAddress = (payloads: readonly Payload[]): ReadonlyMap<string, Payload> =>
  new Map(payloads.map((payload) => [payload.address, payload]))

/** Whether what is sent, or where to, differs, or the name. */
export const differs = ({ before, after }: Pair): boolean =>
  before === undefined ||
  after === undefined ||
  before.address !== after.address ||
  before.digest !== after.digest ||
  describeEndpoint(before) !== describeEndpoint(after)

/** The route, with the cloud where it is not the usual one. */
export const describeEndpoint = ({ target }: Payload): string =>
  target.cloud === 'global' ? formatEndpoint(target) : `${target.cloud} ${formatEndpoint(target)}`
