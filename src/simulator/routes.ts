import { createErrorReply, type Reply } from './answers.js'
import { createCall } from './create-call.js'
import type { Incoming } from './incoming.js'
import { getCall, hangUpCall } from './live-call.js'
import { inviteParticipants } from './operations/invite.js'
import {
  admitAll,
  createRoutingGroup,
  decideOnLobby,
  getRoutingGroup,
  listRoutingGroups,
  muteAll,
  recordCall,
  removeRoutingGroup,
  startHold,
  stopHold,
  transcribeCall,
  updateRecordingStatus,
  updateRoutingGroup,
} from './operations/more-operations.js'
import type { Operation } from './operations/operation.js'
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
} from './operations/operations.js'
import {
  getParticipant,
  listParticipants,
  muteParticipant,
  removeParticipant,
} from './operations/participants.js'
import { transferCall } from './operations/transfer.js'
import { parsePath } from './place.js'
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
  ['POST', '/{id}/updateRecordingStatus', updateRecordingStatus],
  ['POST', '/{id}/participants/{id}/startHoldMusic', startHold],
  ['POST', '/{id}/participants/{id}/stopHoldMusic', stopHold],
  ['GET', '/{id}/audioRoutingGroups', listRoutingGroups],
  ['POST', '/{id}/audioRoutingGroups', createRoutingGroup],
  ['GET', '/{id}/audioRoutingGroups/{id}', getRoutingGroup],
  ['PATCH', '/{id}/audioRoutingGroups/{id}', updateRoutingGroup],
  ['DELETE', '/{id}/audioRoutingGroups/{id}', removeRoutingGroup],
]

/** What beta alone has. */
const betaRows: typeof rows = [
  ['POST', '/{id}/participants/muteAll', muteAll],
  ['POST', '/{id}/microsoft.graph.startRecording', recordCall],
  ['POST', '/{id}/microsoft.graph.stopRecording', recordCall],
  ['POST', '/{id}/microsoft.graph.startTranscription', transcribeCall],
  ['POST', '/{id}/microsoft.graph.stopTranscription', recordCall],
  ['POST', '/{id}/participants/admitAllFromLobby', admitAll],
  ['POST', '/{id}/participants/{id}/admitFromLobby', decideOnLobby('admitFromLobbyOperation')],
  ['POST', '/{id}/participants/{id}/removeFromLobby', decideOnLobby('removeFromLobbyOperation')],
]

const table = [...rows, ...betaRows].map((row) => {
  const [method, path, operation] = row
  // An action may be written with its namespace, too.
  const named = path.replace(/\/(?=[a-z]\w*$)/, '/(?:microsoft\\.graph\\.)?')
  const form = new RegExp(`^${named.replace(/\{\w+\}/g, '([^/]+)')}$`, 'i')
  return { method, form, operation, isBeta: betaRows.includes(row) }
})

/** What is served, for the test that asks for all of it. */
export const routes: readonly { readonly method: string; readonly path: string; readonly isBeta: boolean }[] =
  [...rows, ...betaRows].map((row) => ({ method: row[0], path: row[1], isBeta: betaRows.includes(row) }))

/** Finds the operation that a request asks for and lets it answer. */
export function answerRoute(world: World, incoming: Incoming): Reply {
  const parsed = parsePath(incoming.path)
  if (parsed === undefined) return refusePath(incoming)
  const matches = table.flatMap(({ method, form, operation, isBeta }) => {
    const match = isBeta && parsed.place.version !== 'beta' ? null : form.exec(parsed.rest)
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
