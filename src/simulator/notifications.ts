import type { JsonObject } from '../model/json.js'
import { createPoster, parseReceiver } from './loopback.js'
import type { CallRecord } from './store.js'
import type { Timeline } from './timeline.js'
import type { Timers } from './timers.js'

/**
 * Posts commsNotifications to a call's `callbackUri`, in order, when that is on loopback: establishing, established,
 * and the end. There is none for ringing: Graph's current pages show none.
 */
export interface Notifier {
  created(record: CallRecord): void
  /** The call was hung up. */
  ended(record: CallRecord): void
  close(): void
}

interface NotifierOptions {
  readonly timeline: Timeline
  readonly timers: Timers
  uuid(): string
}

/** The notifications of one call: each is sent after the one before it has been taken. */
interface Course {
  cancel(): void
  send(notification: JsonObject): void
}

export function createNotifier({ timeline, timers, uuid }: NotifierOptions): Notifier {
  const poster = createPoster()
  const courses = new Map<string, Course>()

  function openCourse(record: CallRecord, receiver: URL): Course {
    let last = Promise.resolve()
    const cancels: (() => void)[] = []
    const send = (notification: JsonObject): void => {
      const text = JSON.stringify(notification)
      last = last.then(() => poster.post(receiver, headersOf(record, uuid()), text))
    }
    cancels.push(
      timers.after(timeline.established, () => send(createUpdate(record, 'established', 2))),
      timers.after(timeline.terminated, () => {
        courses.delete(record.id)
        send(createEnd(record, { code: 408, subcode: 8537, message: 'No keepAlive within 45 minutes.' }))
      }),
    )
    return { send, cancel: () => cancels.forEach((cancel) => void cancel()) }
  }

  return {
    created(record) {
      const receiver = parseReceiver(record.call['callbackUri'])
      if (receiver === undefined) return
      const course = openCourse(record, receiver)
      courses.set(record.id, course)
      course.send(createUpdate(record, 'establishing', 1))
    },
    ended(record) {
      const receiver = parseReceiver(record.call['callbackUri'])
      if (receiver === undefined) return
      // A call of an earlier process has no course here, and still tells its end.
      const course = courses.get(record.id) ?? openCourse(record, receiver)
      course.cancel()
      courses.delete(record.id)
      course.send(createEnd(record, { code: 200, subcode: 7000, message: 'The call was ended by the bot.' }))
    },
    close: () => poster.close(),
  }
}

const headersOf = (
  { scenarioId, call }: CallRecord,
  messageId: string,
): Readonly<Record<string, string>> => ({
  'content-type': 'application/json; charset=utf-8',
  'scenario-id': scenarioId,
  'x-microsoft-skype-chain-id': chainHeader(call['callChainId'], scenarioId),
  'x-microsoft-skype-message-id': messageId,
})

/** A body may set callChainId to any text, and a header may not hold any text. */
const chainHeader = (chainId: unknown, otherwise: string): string =>
  typeof chainId === 'string' && /^[\x21-\x7e]{1,128}$/.test(chainId) ? chainId : otherwise

function createUpdate(record: CallRecord, state: string, version: number): JsonObject {
  const place = `/communications/calls/${record.id}`
  return createEnvelope('updated', place, {
    '@odata.type': '#microsoft.graph.call',
    '@odata.id': place,
    '@odata.etag': `W/"${version}"`,
    state,
    callChainId: record.call['callChainId'] ?? null,
  })
}

function createEnd(record: CallRecord, result: JsonObject): JsonObject {
  return createEnvelope('deleted', `/communications/calls/${record.id}`, {
    '@odata.type': '#microsoft.graph.call',
    state: 'terminated',
    resultInfo: { '@odata.type': '#microsoft.graph.resultInfo', ...result },
    callChainId: record.call['callChainId'] ?? null,
  })
}

const createEnvelope = (changeType: string, resourceUrl: string, resourceData: JsonObject): JsonObject => ({
  '@odata.type': '#microsoft.graph.commsNotifications',
  value: [{ '@odata.type': '#microsoft.graph.commsNotification', changeType, resourceUrl, resourceData }],
})
