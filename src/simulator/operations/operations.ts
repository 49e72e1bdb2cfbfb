import {
  contextBodyBeta,
  contextBodyV1,
  playBodyBeta,
  playBodyV1,
  recordBodyBeta,
  recordBodyV1,
  tonesBodyBeta,
  tonesBodyV1,
} from '../../../schema/bodies.generated.js'
import type { JsonObject } from '../../model/json.js'
import { createErrorReply, type Reply } from '../answers.js'
import type { CallRecord, StoredOperation } from '../store.js'
import { operationTime } from '../timeline.js'
import type { World } from '../world.js'
import { type Asked, isAppHosted, isPeerToPeer, onLiveCall, refuse } from './call-rules.js'
import type { Operation } from './operation.js'

export const contextBodies = { 'v1.0': contextBodyV1, beta: contextBodyBeta }

/** Puts off the end that a call has by itself. */
export const keepCallAlive: Operation = onLiveCall(undefined, ({ world, incoming, record }) => {
  const kept = { ...record, keptAliveAt: incoming.at }
  world.store.update(kept)
  world.notifier.keptAlive(kept)
  return { status: 200 }
})

export const muteSelf: Operation = onLiveCall(contextBodies, (asked) => muteBot(asked, true))
export const unmuteSelf: Operation = onLiveCall(contextBodies, (asked) => muteBot(asked, false))

function muteBot(asked: Asked, isMuted: boolean): Reply {
  const { record, incoming } = asked
  if (isPeerToPeer(record)) return refuse(incoming, 'Muting is for group calls and meetings.')
  const own = String(record.call['myParticipantId'])
  const others = (record.muted ?? []).filter((id) => id !== own)
  const muted = isMuted ? [...others, own] : others
  const type = isMuted ? 'muteParticipantOperation' : 'unmuteParticipantOperation'
  return answerOperation(asked, { ...record, muted }, { type, isInstant: true })
}

export const playPrompt: Operation = onLiveCall({ 'v1.0': playBodyV1, beta: playBodyBeta }, (asked) =>
  processMedia(asked, 'playPromptOperation'),
)

export const recordResponse: Operation = onLiveCall({ 'v1.0': recordBodyV1, beta: recordBodyBeta }, (asked) =>
  processMedia(asked, 'recordOperation', { recordingLocation: null, recordingAccessToken: null }),
)

export const subscribeToTone: Operation = onLiveCall(contextBodies, (asked) =>
  processMedia(asked, 'subscribeToToneOperation'),
)

function processMedia(asked: Asked, type: string, extra: JsonObject = {}): Reply {
  const { record, incoming } = asked
  if (isAppHosted(record)) return refuse(incoming, 'The media of this call are hosted by the app.')
  return answerOperation(asked, record, { type, extra, isInstant: type === 'subscribeToToneOperation' })
}

export const sendTones: Operation = onLiveCall({ 'v1.0': tonesBodyV1, beta: tonesBodyBeta }, (asked) =>
  answerOperation(asked, asked.record, {
    type: 'sendDtmfTonesOperation',
    extra: { completionReason: null },
  }),
)

/** What is playing or recording ends at once. */
export const cancelMedia: Operation = onLiveCall(contextBodies, (asked) => {
  const { record, incoming } = asked
  if (isAppHosted(record)) return refuse(incoming, 'The media of this call are hosted by the app.')
  const operations = (record.operations ?? []).map((each) =>
    each.endsAt > incoming.at ? { ...each, endsAt: incoming.at, isCanceled: true as const } : each,
  )
  return answerOperation(
    asked,
    { ...record, operations },
    { type: 'cancelMediaProcessingOperation', isInstant: true },
  )
})

export const getOperation: Operation = onLiveCall(undefined, ({ incoming, record, name }) => {
  const found = record.operations?.find(({ id }) => id === name.toLowerCase())
  if (found !== undefined) {
    const text = JSON.stringify({ '@odata.context': contextOf(record), ...describe(found, incoming.at) })
    return { status: 200, text }
  }
  return createErrorReply(incoming, 404, { code: '8523', message: 'Operation not found.' })
})

export interface NewOperation {
  readonly type: string
  readonly extra?: JsonObject
  /** It has ended when it is answered: no notification follows. */
  readonly isInstant?: boolean
}

/** Stores an operation on the call as it is now, answers it, and tells of its end. */
export function answerOperation(
  asked: Asked,
  record: CallRecord,
  { type, extra, isInstant }: NewOperation,
): Reply {
  const { world, incoming, body } = asked
  const duration = isInstant === true ? 0 : operationTime(world.timeline)
  const clientContext = body['clientContext']
  const operation: StoredOperation = {
    id: world.uuid(),
    type,
    clientContext: typeof clientContext === 'string' ? clientContext : null,
    endsAt: incoming.at + duration,
    extra: extra ?? {},
  }
  const updated = { ...record, operations: [...(record.operations ?? []), operation] }
  world.store.update(updated)
  if (duration > 0) tellEnd(world, updated, operation, duration)
  return {
    status: 200,
    headers: {
      location: `${world.url}/${record.version}/communications/calls/${record.id}/operations/${operation.id}`,
    },
    text: JSON.stringify({ '@odata.context': contextOf(record), ...describe(operation, incoming.at) }),
  }
}

function tellEnd(world: World, record: CallRecord, operation: StoredOperation, duration: number): void {
  const { id, endsAt } = operation
  const path = `/operations/${id}`
  const place = `/communications/calls/${record.id}${path}`
  const resourceData = {
    ...describe(operation, endsAt),
    '@odata.id': place,
    '@odata.etag': 'W/"1"',
  }
  world.notifier.tell(record, duration, { changeType: 'deleted', path, resourceData })
}

const contextOf = ({ version }: CallRecord): string =>
  `https://graph.microsoft.com/${version}/$metadata#commsOperation`

function describe(
  { id, type, clientContext, endsAt, isCanceled, extra }: StoredOperation,
  now: number,
): JsonObject {
  const hasEnded = now >= endsAt
  const result = isCanceled
    ? { code: 400, subcode: 8508, message: 'Action was canceled.' }
    : { code: 200, subcode: 0, message: 'Action completed successfully.' }
  return {
    '@odata.type': `#microsoft.graph.${type}`,
    id,
    status: hasEnded ? 'completed' : 'running',
    clientContext,
    resultInfo: hasEnded ? { '@odata.type': '#microsoft.graph.resultInfo', ...result } : null,
    ...extra,
  }
}
