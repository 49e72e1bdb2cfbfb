import type { JsonObject, JsonValue } from '../model/json.js'
import { type Course, createCourse } from './course.js'
import { createPoster, parseReceiver } from './loopback.js'
import type { CallRecord } from './store.js'
import { joinsMeeting, type Timeline } from './timeline.js'
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
  /** As it is when it is sent; undefined where there is nothing to tell any more. */
  readonly resourceData: JsonValue | (() => JsonValue | undefined)
  /** No notification of the call comes after it. */
  readonly isLast?: true
}

interface NotifierOptions {
  readonly timeline: Timeline
  readonly timers: Timers
  uuid(): string
  /** Who is in a call. */
  rosterOf(record: CallRecord): readonly JsonObject[]
}

export function createNotifier(options: NotifierOptions): Notifier {
  const { timeline, rosterOf } = options
  const poster = createPoster()
  const courses = keepCourses(options, poster)

  const putOffEnd = (record: CallRecord): void =>
    courses.of(record)?.putOff(timeline.terminated, () => {
      courses.drop(record)
      return createEnd(record, { code: 408, subcode: 8537, message: 'No keepAlive within 45 minutes.' })
    })

  const createRoster = (record: CallRecord): JsonObject =>
    createEnvelope(record, { changeType: 'updated', path: '/participants', data: [...rosterOf(record)] })

  return {
    created(record) {
      const course = courses.of(record)
      course?.later(timeline.established, () => createUpdate(record, 'established', 2))
      if (joinsMeeting(record)) course?.later(timeline.established, () => createRoster(record))
      putOffEnd(record)
      course?.send(createUpdate(record, 'establishing', 1))
    },
    ended(record) {
      const course = courses.of(record)
      course?.cancel()
      courses.drop(record)
      course?.send(createEnd(record, { code: 200, subcode: 7000, message: 'The call was ended by the bot.' }))
    },
    keptAlive: putOffEnd,
    tell(record, milliseconds, news) {
      const course = courses.of(record)
      course?.later(milliseconds, () => {
        const notification = createNews(record, news)
        if (notification !== undefined && news.isLast === true) {
          course.cancel()
          courses.drop(record)
        }
        return notification
      })
    },
    close: () => poster.close(),
  }
}

function keepCourses(
  { timers, uuid }: Pick<NotifierOptions, 'timers' | 'uuid'>,
  poster: ReturnType<typeof createPoster>,
) {
  const courses = new Map<string, Course>()
  return {
    /** A call of an earlier process has none here, and its news are told all the same. */
    of(record: CallRecord): Course | undefined {
      const receiver = parseReceiver(record.call['callbackUri'])
      if (receiver === undefined) return undefined
      const open = (): Course =>
        createCourse(timers, (notification) =>
          poster.post(receiver, headersOf(record, uuid()), JSON.stringify(notification)),
        )
      const course = courses.get(record.id) ?? open()
      courses.set(record.id, course)
      return course
    },
    drop: ({ id }: CallRecord): boolean => courses.delete(id),
  }
}

function createNews(record: CallRecord, { changeType, path, resourceData }: News): JsonObject | undefined {
  const data = typeof resourceData === 'function' ? resourceData() : resourceData
  return data === undefined ? undefined : createEnvelope(record, { changeType, path, data })
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

/** What every notification about a call itself has; a meeting's says where it is. */
export function describeCall({ id, call }: CallRecord, state: string): JsonObject {
  const { chatInfo, meetingInfo, callChainId } = call
  return {
    '@odata.type': '#microsoft.graph.call',
    '@odata.id': `/communications/calls/${id}`,
    id,
    state,
    ...(chatInfo && { chatInfo }),
    ...(meetingInfo && { meetingInfo }),
    callChainId: callChainId ?? null,
  }
}

const createUpdate = (record: CallRecord, state: string, version: number): JsonObject =>
  createEnvelope(record, {
    changeType: 'updated',
    path: '',
    data: { ...describeCall(record, state), '@odata.etag': `W/"${version}"` },
  })

const createEnd = (record: CallRecord, result: JsonObject): JsonObject =>
  createEnvelope(record, {
    changeType: 'deleted',
    path: '',
    data: {
      ...describeCall(record, 'terminated'),
      resultInfo: { '@odata.type': '#microsoft.graph.resultInfo', ...result },
    },
  })

interface Content {
  readonly changeType: string
  readonly path: string
  readonly data: JsonValue
}

const createEnvelope = (
  { id, call: { callbackUri } }: CallRecord,
  { changeType, path, data }: Content,
): JsonObject => ({
  '@odata.type': '#microsoft.graph.commsNotifications',
  value: [
    {
      '@odata.type': '#microsoft.graph.commsNotification',
      changeType,
      resourceUrl: `/communications/calls/${id}${path}`,
      // Stands in those about the call itself.
      ...(path === '' && callbackUri && { callbackUri }),
      resourceData: data,
    },
  ],
})
