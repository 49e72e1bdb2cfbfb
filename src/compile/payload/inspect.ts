import { isJsonObject, type JsonObject, type JsonValue } from '../../model/json.js'
import type { Callee, CallKind, Touches } from '../../model/payload.js'

/**
 * What a call needs and touches, read from the payload alone: permissions as in a token's `roles`
 * (docs/graph-facts.md#permissions), and its kind (docs/graph-facts.md#kinds-of-calls).
 */
export function inspect(call: JsonObject): Touches {
  const callees = listOf(call['targets']).map(calleeOf)
  const numbers = callees.filter((callee) => callee.isNumber).map(({ id, name }) => createCallee(id, name))
  const people = callees.filter((callee) => !callee.isNumber).map(({ id, name }) => createCallee(id, name))
  const kind = kindOf(call, callees.length, numbers.length)
  return { kind, people, numbers, permissions: permissionsOf(kind, call) }
}

const createCallee = (id: string, name: string | undefined): Callee =>
  name === undefined ? { id } : { id, name }

interface FoundCallee {
  readonly id: string
  readonly name?: string
  readonly isNumber: boolean
}

/** A target with no identity that is known here still rings somebody, and counts as a person. */
function calleeOf(target: JsonValue): FoundCallee {
  const identity = property(target, 'identity')
  const phone = property(identity, 'phone')
  if (isJsonObject(phone)) return { id: textOf(phone['id']), ...nameOf(phone), isNumber: true }
  const slots = isJsonObject(identity) ? Object.values(identity).filter(isJsonObject) : []
  const slot = property(identity, 'user') ?? slots[0]
  return { id: textOf(property(slot, 'id')), ...nameOf(slot), isNumber: false }
}

function nameOf(identity: JsonValue | undefined): { name?: string } {
  const name = property(identity, 'displayName')
  return typeof name === 'string' ? { name } : {}
}

/** A meeting's coordinates beside targets make a group call too, whatever their number. */
function kindOf(call: JsonObject, targets: number, numbers: number): CallKind {
  const isMeeting = isJsonObject(call['meetingInfo']) || isJsonObject(call['chatInfo'])
  if (isMeeting && targets === 0) return isGuest(call['source']) ? 'guest-join' : 'meeting-join'
  if (targets > 1 || isMeeting) return 'group'
  return numbers === 1 ? 'pstn' : 'peer-to-peer'
}

/** In 2018 a guest was a user without identity provider. */
function isGuest(source: JsonValue | undefined): boolean {
  const identity = property(source, 'identity')
  return (
    isJsonObject(property(identity, 'guest')) ||
    property(property(identity, 'user'), 'identityProvider') === 'None'
  )
}

/**
 * A meeting can also be joined with the resource-specific `Calls.JoinGroupCalls.Chat`, which is no role of a token.
 * What a group call with a meeting's coordinates needs is not documented: taken as other group calls.
 */
const basicPermission: Readonly<Record<CallKind, string>> = {
  'peer-to-peer': 'Calls.Initiate.All',
  pstn: 'Calls.Initiate.All',
  group: 'Calls.InitiateGroupCall.All',
  'meeting-join': 'Calls.JoinGroupCall.All',
  'guest-join': 'Calls.JoinGroupCallAsGuest.All',
}

function permissionsOf(kind: CallKind, call: JsonObject): readonly string[] {
  const tag = property(call['mediaConfig'], '@odata.type')
  // Some examples of 2018 write `apphosted`.
  const isAppHosted = typeof tag === 'string' && /(?:^|[#.])app[Hh]ostedMediaConfig$/.test(tag)
  return isAppHosted ? ['Calls.AccessMedia.All', basicPermission[kind]] : [basicPermission[kind]]
}

const listOf = (value: JsonValue | undefined): readonly JsonValue[] => (Array.isArray(value) ? value : [])
const textOf = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '?')

function property(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
}
