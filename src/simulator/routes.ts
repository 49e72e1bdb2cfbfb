import { createErrorReply, type Reply } from './answers.js'
import { createCall } from './create-call.js'
import type { Incoming } from './incoming.js'
import { inviteParticipants } from './invite.js'
import { getCall, hangUpCall } from './live-call.js'
import type { Operation } from './operation.js'
import {
  cancelMedia,
  getOperation,
  keepCallAlive,
  muteSelf,
  playPrompt,
  recordResponse,
  sendTones,
  subscribeToTone,
  unmuteSelf,
} from './operations.js'
import { getParticipant, listParticipants, muteParticipant, removeParticipant } from './participants.js'
import { parsePath } from './place.js'
import { transferCall } from './transfer.js'
import type { World } from './world.js'

/** What can be done, by method and by the path after the collection. A new operation is a new row. */
const rows: readonly (readonly [method: string, path: string, operation: Operation])[] = [
  ['POST', '', createCall],
  ['GET', '/{id}', getCall],
  ['DELETE', '/{id}', hangUpCall],
  ['POST', '/{id}/keepAlive', keepCallAlive],
  ['POST', '/{id}/mute', muteSelf],
  ['POST', '/{id}/unmute', unmuteSelf],
  ['POST', '/{id}/playPrompt', playPrompt],
  ['POST', '/{id}/recordResponse', recordResponse],
  ['POST', '/{id}/cancelMediaProcessing', cancelMedia],
  ['POST', '/{id}/subscribeToTone', subscribeToTone],
  ['POST', '/{id}/sendDtmfTones', sendTones],
  ['POST', '/{id}/transfer', transferCall],
  ['GET', '/{id}/operations/{id}', getOperation],
  ['GET', '/{id}/participants', listParticipants],
  ['POST', '/{id}/participants/invite', inviteParticipants],
  ['GET', '/{id}/participants/{id}', getParticipant],
  ['DELETE', '/{id}/participants/{id}', removeParticipant],
  ['POST', '/{id}/participants/{id}/mute', muteParticipant],
]

const table = rows.map(([method, path, operation]) => ({
  method,
  form: new RegExp(`^${path.replace(/\{\w+\}/g, '([^/]+)')}$`, 'i'),
  operation,
  /** What came after 2018 is documented for /communications alone. */
  isLater: path.includes('/{id}/'),
}))

/** Finds the operation that a request asks for and lets it answer. */
export function answerRoute(world: World, incoming: Incoming): Reply {
  const parsed = parsePath(incoming.path)
  if (parsed === undefined) return refusePath(incoming)
  const { collection } = parsed.place
  const matches = table.flatMap(({ method, form, operation, isLater }) => {
    const match = isLater && collection !== 'communications' ? null : form.exec(parsed.rest)
    return match === null ? [] : [{ method, operation, names: match.slice(1) }]
  })
  const [first] = matches
  if (first === undefined) return refusePath(incoming)
  const found = matches.find(({ method }) => method === incoming.method)
  if (found !== undefined) return found.operation(world, incoming, parsed.place, found.names)
  return createErrorReply(
    incoming,
    405,
    { code: 'MethodNotAllowed', message: `This resource does not allow ${incoming.method}.` },
    { headers: { allow: matches.map(({ method }) => method).join(', ') } },
  )
}

const refusePath = (incoming: Incoming): Reply =>
  createErrorReply(incoming, 404, {
    code: 'ResourceNotFound',
    message: 'Resource not found for this path. The simulator has Graph’s calls only.',
  })
