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
import { describeCall } from '../notifications.js'
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
  processMedia(asked, 'recordOperation'),
)

/** The simulator's other party presses 1. */
export const subscribeToTone: Operation = onLiveCall(contextBodies, (asked) => {
  const reply = processMedia(asked, 'subscribeToToneOperation')
  if (reply.status === 200) tellTone(asked)
  return reply
})

function tellTone({ world, record }: Asked): void {
  const toneInfo = { '@odata.type': '#microsoft.graph.toneInfo', sequenceId: 1, tone: 'tone1' }
  world.notifier.tell(record, operationTime(world.timeline), {
    changeType: 'updated',
    path: '',
    resourceData: { ...describeCall(record, 'established'), toneInfo },
  })
}

function processMedia(asked: Asked, type: string): Reply {
  const { record, incoming } = asked
  if (isAppHosted(record)) return refuse(incoming, 'The media of this call are hosted by the app.')
  return answerOperation(asked, record, { type, isInstant: type === 'subscribeToToneOperation' })
}

export const sendTones: Operation = onLiveCall({ 'v1.0': tonesBodyV1, beta: tonesBodyBeta }, (asked) =>
  answerOperation(asked, asked.record, { type: 'sendDtmfTonesOperation' }),
)

/** What is playing or recording ends at once, and is told once. */
export const cancelMedia: Operation = onLiveCall(contextBodies, (asked) => {
  const { world, record, incoming } = asked
  if (isAppHosted(record)) return refuse(incoming, 'The media of this call are hosted by the app.')
  const canceled: StoredOperation[] = []
  const operations = (record.operations ?? []).map((each) => {
    if (each.endsAt <= incoming.at || !isMedia(each)) return each
    const ended = { ...each, endsAt: incoming.at, isCanceled: true as const }
    canceled.push(ended)
    return ended
  })
  const updated = { ...record, operations }
  const reply = answerOperation(asked, updated, { type: 'cancelMediaProcessingOperation', isInstant: true })
  for (const each of canceled) tellEnd(world, updated, each, 0)
  return reply
})

const isMedia = ({ type }: StoredOperation): boolean =>
  type === 'playPromptOperation' || type === 'recordOperation'

export const getOperation: Operation = onLiveCall(undefined, ({ incoming, record, name }) => {
  const found = record.operations?.find(({ id }) => id === name.toLowerCase())
  if (found !== undefined) {
    const text = JSON.stringify({
      '@odata.context': contextOf(record),
      ...describe(found, record, incoming.at),
    })
    return { status: 200, text }
  }
  return createErrorReply(incoming, 404, { code: 'ResourceNotFound', message: 'Operation not found.' })
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
    text: JSON.stringify({
      '@odata.context': contextOf(record),
      ...describe(operation, record, incoming.at),
    }),
  }
}

/** Not told at its time where it has been canceled, and told, before. */
function tellEnd(world: World, record: CallRecord, operation: StoredOperation, delay: number): void {
  const { id, endsAt, isCanceled } = operation
  const path = `/operations/${id}`
  const data: JsonObject = {
    ...describe(operation, record, endsAt),
    '@odata.id': `/communications/calls/${record.id}${path}`,
    '@odata.etag': 'W/"1"',
  }
  const isOver = (): boolean =>
    world.store.find(record.id)?.operations?.find((each) => each.id === id)?.isCanceled === true
  world.notifier.tell(record, delay, {
    changeType: 'deleted',
    path,
    resourceData: () => (isCanceled !== true && isOver() ? undefined : data),
  })
}

const contextOf = ({ version }: CallRecord): string =>
  `https://graph.microsoft.com/${version}/$metadata#commsOperation`

/** Why media ended, in beta, and where pages show it in v1.0: of tones, and of what was canceled. */
const reasons: Readonly<Record<string, string>> = {
  playPromptOperation: 'completedSuccessfully',
  recordOperation: 'maxRecordDurationReached',
  sendDtmfTonesOperation: 'completedSuccessfully',
}

function describeReason({ type, isCanceled }: StoredOperation, { version }: CallRecord): JsonObject {
  const reason = isCanceled ? 'operationCanceled' : reasons[type]
  const isShown = version === 'beta' || type === 'sendDtmfTonesOperation' || isCanceled === true
  return reason !== undefined && isShown ? { completionReason: reason } : {}
}

/** A recording that is done can be fetched. */
function describeRecording({ id, type, isCanceled }: StoredOperation, hasEnded: boolean): JsonObject {
  if (type !== 'recordOperation') return {}
  if (!hasEnded || isCanceled) return { recordingLocation: null, recordingAccessToken: null }
  return {
    recordingLocation: `https://recordings.example.com/${id}.wav`,
    recordingAccessToken: 'simulated-recording-token',
  }
}

function resultOf({ type, isCanceled }: StoredOperation): JsonObject {
  if (isCanceled) return { code: 400, subcode: 8508, message: 'Action was canceled.' }
  const subcode = type === 'recordOperation' ? 8515 : 0
  return { code: 200, subcode, message: 'Action completed successfully.' }
}

function describe(operation: StoredOperation, record: CallRecord, now: number): JsonObject {
  const { id, type, clientContext, endsAt, isCanceled, extra } = operation
  const hasEnded = now >= endsAt
  return {
    '@odata.type': `#microsoft.graph.${type}`,
    id,
    status: hasEnded ? (isCanceled ? 'failed' : 'completed') : 'running',
    clientContext,
    resultInfo: hasEnded ? { '@odata.type': '#microsoft.graph.resultInfo', ...resultOf(operation) } : null,
    ...(hasEnded && describeReason(operation, record)),
    ...describeRecording(operation, hasEnded),
    ...extra,
  }
}
