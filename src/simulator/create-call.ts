import { createErrorReply, type Reply } from './answers.js'
import { createCallObject } from './call-object.js'
import { checkCall } from './check-call.js'
import { createRefusal, spoilReply } from './fault-replies.js'
import type { Incoming } from './incoming.js'
import type { RequestPath } from './place.js'
import type { CallRecord } from './store.js'
import type { World } from './world.js'

/** POST of a collection. Faults are drawn for acceptable calls only, so that a planned fault is never spent on a 400. */
export function createCall(world: World, incoming: Incoming, place: RequestPath): Reply {
  const checked = checkCall(world, incoming, place)
  if ('problem' in checked) {
    const { problem: message, code = 'BadRequest' } = checked
    return createErrorReply(incoming, 400, { code, message })
  }
  const fault = world.dice.draw()
  const refusal = fault && createRefusal(fault, incoming, world.faults)
  if (refusal !== undefined) return refusal

  const record: CallRecord = {
    id: world.uuid(),
    createdAt: incoming.at,
    version: place.version,
    collection: place.collection,
    scenarioId: incoming.scenarioId ?? world.uuid(),
    call: createCallObject({ ...checked, place, uuid: world.uuid }),
    ...(place.applicationId !== undefined && { applicationId: place.applicationId }),
  }
  const reply = createdReply(world, place, record)
  world.store.add(record)
  world.notifier.created(record)
  return fault === undefined ? reply : spoilReply(fault, reply, incoming, world.faults)
}

const createdReply = ({ url }: World, place: RequestPath, { id, version, call }: CallRecord): Reply => ({
  status: 201,
  headers: { location: `${url}/${version}/${place.path}/${id}` },
  // The context is the same for every collection and version in Microsoft's examples.
  text: JSON.stringify({ ...call, id, '@odata.context': contextOf(version, 'app') }),
  callId: id,
  created: true,
})

/** Names the metadata, which is Graph's whoever answers. */
export const contextOf = (version: string, collection: string): string =>
  `https://graph.microsoft.com/${version}/$metadata#${collection}/calls/$entity`
