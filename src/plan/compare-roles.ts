import { compareAddresses } from '../model/address-order.js'
import { findAppRole, type MissingRole, type RoleComparison } from '../model/app-role.js'
import type { Payload } from '../model/payload.js'

export interface Roles {
  /** Of the token; undefined when they cannot be read. */
  readonly roles: readonly string[] | undefined
  /** Whether meetings grant what joining them needs, which no token tells: `graph.resourceSpecificConsent`. */
  readonly hasMeetingConsent: boolean
}

type NeedyCall = Pick<Payload, 'address' | 'touches'>

/** What these calls need and a token does not have, role by role. For one call or for all of a workspace. */
export function compareRoles(payloads: readonly NeedyCall[], held: Roles): RoleComparison {
  if (held.roles === undefined) return { isReadable: false, missing: [], assumed: [] }
  const missing = new Map<string, string[]>()
  const assumed = new Map<string, string[]>()
  for (const { address, touches } of payloads) {
    for (const name of new Set(touches.permissions)) {
      if (held.roles.includes(name)) continue
      const found = held.hasMeetingConsent && isGrantedByMeeting(touches.kind, name) ? assumed : missing
      found.set(name, [...(found.get(name) ?? []), address])
    }
  }
  return { isReadable: true, missing: listRoles(missing), assumed: listRoles(assumed) }
}

/** `Calls.JoinGroupCalls.Chat` and `Calls.AccessMedia.Chat` are consented to in a meeting, and stand in no token. */
const isGrantedByMeeting = (kind: Payload['touches']['kind'], name: string): boolean =>
  kind === 'meeting-join' && (name === 'Calls.JoinGroupCall.All' || name === 'Calls.AccessMedia.All')

const listRoles = (found: ReadonlyMap<string, readonly string[]>): readonly MissingRole[] =>
  [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, addresses]) => {
      const role = findAppRole(name)
      return {
        name,
        ...(role !== undefined && { id: role.id }),
        addresses: [...addresses].sort(compareAddresses),
      }
    })
