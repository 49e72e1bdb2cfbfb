import * as bodies from '../../../schema/bodies.generated.js'
import type { JsonObject } from '../../model/json.js'
import { createErrorReply, type Reply } from '../answers.js'
import { type Asked, isPeerToPeer, onLiveCall, refuse } from './call-rules.js'
import type { Operation } from './operation.js'
import { answerOperation, contextBodies } from './operations.js'
import { participantsOf, tellRoster, withParticipant } from './participants.js'

/** Graph takes a recorder's word for it, and tells those in the call. */
export const updateRecordingStatus: Operation = onLiveCall(
  { 'v1.0': bodies.recordingStatusBodyV1, beta: bodies.recordingStatusBodyBeta },
  (asked) =>
    answerOperation(asked, asked.record, { type: 'updateRecordingStatusOperation', isInstant: true }),
)

export const muteAll: Operation = onLiveCall(
  { 'v1.0': bodies.muteAllBodyV1, beta: bodies.muteAllBodyBeta },
  (asked) => {
    const { record, body, incoming } = asked
    if (isPeerToPeer(record)) return refuse(incoming, 'Muting is for group calls and meetings.')
    const known = new Set(participantsOf(record).map(({ id }) => String(id)))
    const ids = textsOf(body['participants']).map((id) => id.toLowerCase())
    if (ids.some((id) => !known.has(id))) return refuseUnknown(asked)
    const updated = { ...record, muted: [...new Set([...(record.muted ?? []), ...ids])] }
    tellRoster(asked, updated)
    return answerOperation(asked, updated, {
      type: 'muteParticipantsOperation',
      extra: { participants: ids },
      isInstant: true,
    })
  },
)

/** Answered 202, without a word about what becomes of it. */
const accepting = (forms: Parameters<typeof onLiveCall>[0]): Operation =>
  onLiveCall(forms, () => ({ status: 202 }))

export const recordCall = accepting(contextBodies)
export const transcribeCall = accepting({
  'v1.0': bodies.transcriptionBodyV1,
  beta: bodies.transcriptionBodyBeta,
})

export const startHold: Operation = onLiveCall(
  { 'v1.0': bodies.holdBodyV1, beta: bodies.holdBodyBeta },
  (asked) => withParticipant(asked, () => answerHold(asked, 'startHoldMusicOperation')),
)

export const stopHold: Operation = onLiveCall(contextBodies, (asked) =>
  withParticipant(asked, () => answerHold(asked, 'stopHoldMusicOperation')),
)

const answerHold = (asked: Asked, type: string): Reply => ({
  ...answerOperation(asked, asked.record, { type, isInstant: true }),
  status: 202,
})

/** Nobody waits in the simulator's lobbies, so that there is nobody to let in or to turn away. */
export const admitAll: Operation = onLiveCall(contextBodies, (asked) => ({
  ...answerOperation(asked, asked.record, { type: 'admitAllFromLobbyOperation', isInstant: true }),
  status: 202,
}))

export const decideOnLobby = (type: string): Operation =>
  onLiveCall(contextBodies, (asked) =>
    withParticipant(asked, () => ({
      ...answerOperation(asked, asked.record, { type, isInstant: true }),
      status: 202,
    })),
  )

const routingBodies = { 'v1.0': bodies.routingBodyV1, beta: bodies.routingBodyBeta }

export const listRoutingGroups: Operation = onLiveCall(undefined, ({ record }) => ({
  status: 200,
  text: JSON.stringify({ value: record.routingGroups ?? [] }),
}))

export const createRoutingGroup: Operation = onLiveCall(routingBodies, (asked) =>
  withKnownParties(asked, () => storeGroup(asked, asked.world.uuid(), 201)),
)

export const getRoutingGroup: Operation = onLiveCall(undefined, (asked) =>
  withGroup(asked, (group) => ({ status: 200, text: JSON.stringify(group) })),
)

export const updateRoutingGroup: Operation = onLiveCall(routingBodies, (asked) =>
  withGroup(asked, ({ id }) => withKnownParties(asked, () => storeGroup(asked, String(id), 200))),
)

export const removeRoutingGroup: Operation = onLiveCall(undefined, (asked) =>
  withGroup(asked, ({ id }) => {
    const { world, record } = asked
    world.store.update({ ...record, routingGroups: groupsWithout(asked, String(id)) })
    return { status: 204 }
  }),
)

function storeGroup(asked: Asked, id: string, status: number): Reply {
  const { world, record, body } = asked
  const { routingMode, sources, receivers } = body
  const group: JsonObject = {
    '@odata.type': '#microsoft.graph.audioRoutingGroup',
    id,
    routingMode: routingMode!,
    sources: sources!,
    receivers: receivers!,
  }
  world.store.update({ ...record, routingGroups: [...groupsWithout(asked, id), group] })
  return { status, text: JSON.stringify(group) }
}

const groupsWithout = ({ record }: Asked, id: string): readonly JsonObject[] =>
  (record.routingGroups ?? []).filter((group) => group['id'] !== id)

function withGroup(asked: Asked, answer: (group: JsonObject) => Reply): Reply {
  const found = asked.record.routingGroups?.find(({ id }) => id === asked.name.toLowerCase())
  return found === undefined ? refuseUnknown(asked) : answer(found)
}

function withKnownParties(asked: Asked, answer: () => Reply): Reply {
  const known = new Set(participantsOf(asked.record).map(({ id }) => String(id)))
  const parties = [...textsOf(asked.body['sources']), ...textsOf(asked.body['receivers'])]
  return parties.every((id) => known.has(id.toLowerCase())) ? answer() : refuseUnknown(asked)
}

const refuseUnknown = ({ incoming }: Asked): Reply =>
  createErrorReply(incoming, 404, { code: 'ResourceNotFound', message: 'Not found.' })

const textsOf = (value: JsonObject[string] | undefined): readonly string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : []
