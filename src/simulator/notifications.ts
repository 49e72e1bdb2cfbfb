import type { JsonObject, JsonValue } from '../model/json.js'
import { type Course, createCourse } from './course.js'
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
  /** The end by itself is put off. */
  keptAlive(record: CallRecord): void
  /** Something else about a call, after so many milliseconds. */
  tell(record: CallRecord, milliseconds: number, news: News): void
  close(): void
}

/** One commsNotification. */
export interface News {
  readonly changeType: 'created' | 'updated' | 'deleted'
  /** After the call's own place. */
  readonly path: string
  readonly resourceData: JsonValue
  /** No notification of the call comes after it. */
  readonly isLast?: true
}

interface NotifierOptions {
  readonly timeline: Timeline
  readonly timers: Timers
  uuid(): string
}

export function createNotifier({ timeline, timers, uuid }: NotifierOptions): Notifier {
  const poster = createPoster()
  const courses = new Map<string, Course>()

  const open = (record: CallRecord, receiver: URL): Course =>
    createCourse(timers, (notification) => {
      return poster.post(receiver, headersOf(record, uuid()), JSON.stringify(notification))
    })

  const putOffEnd = (record: CallRecord): void =>
    courseOf(record)?.putOff(timeline.terminated, () => {
      courses.delete(record.id)
      return createEnd(record, { code: 408, subcode: 8537, message: 'No keepAlive within 45 minutes.' })
    })

  /** A call of an earlier process has no course here, and its news are told all the same. */
  function courseOf(record: CallRecord): Course | undefined {
    const receiver = parseReceiver(record.call['callbackUri'])
    if (receiver === undefined) return undefined
    const course = courses.get(record.id) ?? open(record, receiver)
    courses.set(record.id, course)
    return course
  }

  return {
    created(record) {
      const course = courseOf(record)
      course?.later(timeline.established, () => createUpdate(record, 'established', 2))
      putOffEnd(record)
      course?.send(createUpdate(record, 'establishing', 1))
    },
    ended(record) {
      const course = courseOf(record)
      course?.cancel()
      courses.delete(record.id)
      course?.send(createEnd(record, { code: 200, subcode: 7000, message: 'The call was ended by the bot.' }))
    },
    keptAlive: putOffEnd,
    tell(record, milliseconds, { changeType, path, resourceData, isLast }) {
      const course = courseOf(record)
      course?.later(milliseconds, () => {
        if (isLast === true) {
          course.cancel()
          courses.delete(record.id)
        }
        return createEnvelope(changeType, `/communications/calls/${record.id}${path}`, resourceData)
      })
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

const createEnvelope = (changeType: string, resourceUrl: string, resourceData: JsonValue): JsonObject => ({
  '@odata.type': '#microsoft.graph.commsNotifications',
  value: [{ '@odata.type': '#microsoft.graph.commsNotification', changeType, resourceUrl, resourceData }],
})
