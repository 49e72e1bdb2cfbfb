import { createNotFoundReply, type Reply } from './answers.js'
import { contextOf } from './create-call.js'
import type { Incoming } from './incoming.js'
import type { RequestPath } from './place.js'
import type { CallRecord } from './store.js'
import { stateOf } from './timeline.js'
import type { World } from './world.js'

/** GET of one call. Graph forgets a call when it ends. */
export function getCall(
  world: World,
  incoming: Incoming,
  place: RequestPath,
  names: readonly string[],
): Reply {
  const record = findCall(world, place, names)
  if (record === undefined) return createNotFoundReply(incoming)
  const state = stateOf(record, world.timeline, incoming.at)
  const context = contextOf(record.version, 'communications')
  const media =
    state === 'established' && 'mediaState' in record.call
      ? { mediaState: { '@odata.type': '#microsoft.graph.callMediaState', audio: 'active' } }
      : {}
  const chat = record.chatInfo === undefined ? {} : { chatInfo: record.chatInfo }
  const text = JSON.stringify({
    ...record.call,
    ...chat,
    state,
    ...media,
    id: record.id,
    '@odata.context': context,
  })
  return { status: 200, text, callId: record.id }
}

/** DELETE of one call. */
export function hangUpCall(
  world: World,
  incoming: Incoming,
  place: RequestPath,
  names: readonly string[],
): Reply {
  const record = findCall(world, place, names)
  if (record === undefined) return createNotFoundReply(incoming)
  world.store.end(record.id)
  world.notifier.ended(record)
  return { status: 204, callId: record.id }
}

/** Undefined for what has ended. A live call is found through the collection that created it, and through /communications of the same version. */
export function findCall(
  { store, timeline, now }: World,
  place: RequestPath,
  [id = '']: readonly string[],
): CallRecord | undefined {
  const record = store.find(id.toLowerCase())
  // Beta has the calls of v1.0 too.
  if (record === undefined || (place.version === 'v1.0' && record.version === 'beta')) return undefined
  const isThere =
    place.collection === 'communications' ||
    (record.collection === place.collection && record.applicationId === place.applicationId)
  return isThere && stateOf(record, timeline, now()) !== 'terminated' ? record : undefined
}
