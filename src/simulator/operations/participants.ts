import { createHash } from 'node:crypto'
import type { JsonObject } from '../../model/json.js'
import { createErrorReply, type Reply } from '../answers.js'
import type { CallRecord } from '../store.js'
import { type Asked, at, isPeerToPeer, listOf, onLiveCall, refuse } from './call-rules.js'
import type { Operation } from './operation.js'
import { answerOperation, contextBodies } from './operations.js'

/** Everybody at once: the bot, those who were called, and those who were invited since. */
export const listParticipants: Operation = onLiveCall(undefined, ({ record }) => {
  const value = participantsOf(record)
  return { status: 200, text: JSON.stringify({ '@odata.context': contextOf(record), value }) }
})

export const getParticipant: Operation = onLiveCall(undefined, (asked) =>
  withParticipant(asked, (participant) => ({
    status: 200,
    text: JSON.stringify({ '@odata.context': `${contextOf(asked.record)}/$entity`, ...participant }),
  })),
)

export const removeParticipant: Operation = onLiveCall(undefined, (asked) =>
  withParticipant(asked, ({ id }) => {
    const { world, record } = asked
    const updated = { ...record, removed: [...(record.removed ?? []), String(id)] }
    world.store.update(updated)
    tellRoster(asked, updated)
    return { status: 204 }
  }),
)

export const muteParticipant: Operation = onLiveCall(contextBodies, (asked) => {
  const { record, incoming } = asked
  if (isPeerToPeer(record)) return refuse(incoming, 'Muting is for group calls and meetings.')
  return withParticipant(asked, ({ id }) => {
    const muted = [...new Set([...(record.muted ?? []), String(id)])]
    const updated = { ...record, muted }
    tellRoster(asked, updated)
    return answerOperation(asked, updated, { type: 'muteParticipantOperation', isInstant: true })
  })
})

export function withParticipant(asked: Asked, answer: (participant: JsonObject) => Reply): Reply {
  const { record, incoming, name } = asked
  const found = participantsOf(record).find(({ id }) => id === name.toLowerCase())
  if (found !== undefined) return answer(found)
  return createErrorReply(incoming, 404, { code: 'ResourceNotFound', message: 'Participant not found.' })
}

/** The roster goes to the receiver, whole, as Graph sends it. */
export function tellRoster({ world }: Pick<Asked, 'world'>, record: CallRecord): void {
  const resourceData = participantsOf(record)
  world.notifier.tell(record, 0, { changeType: 'updated', path: '/participants', resourceData })
}

const contextOf = ({ id, version }: CallRecord): string =>
  `https://graph.microsoft.com/${version}/$metadata#communications/calls('${id}')/participants`

export function participantsOf(record: CallRecord): readonly JsonObject[] {
  const { call, invited = [], removed = [], muted = [] } = record
  const bot = {
    id: String(call['myParticipantId']),
    info: { identity: at(call, 'source', 'identity') ?? null },
  }
  const targets = listOf(call['targets']).map((info, index) => ({
    id: participantId(record.id, index),
    info,
  }))
  return [bot, ...targets, ...invited]
    .filter(({ id }) => !removed.includes(id))
    .map(({ id, info }, index) => describe(id, info, { isMuted: muted.includes(id), index }))
}

/** The same whenever it is asked for, in the form of a UUID. */
export function participantId(callId: string, index: number): string {
  const hash = createHash('sha256').update(`${callId}/${index}`).digest('hex')
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `4${hash.slice(13, 16)}`,
    `8${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ].join('-')
}

const describe = (
  id: string,
  info: JsonObject,
  { isMuted, index }: { readonly isMuted: boolean; readonly index: number },
): JsonObject => ({
  '@odata.type': '#microsoft.graph.participant',
  id,
  info: {
    '@odata.type': '#microsoft.graph.participantInfo',
    identity: info['identity'] ?? null,
    endpointType: 'default',
    languageId: null,
    region: null,
  },
  isInLobby: false,
  isMuted,
  mediaStreams: [
    {
      '@odata.type': '#microsoft.graph.mediaStream',
      mediaType: 'audio',
      label: 'main-audio',
      sourceId: String(index + 1),
      direction: 'sendReceive',
      serverMuted: false,
    },
  ],
  metadata: null,
  recordingInfo: null,
})
