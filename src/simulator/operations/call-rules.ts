import type { Validate } from '../../../schema/validators.js'
import { isJsonObject, type JsonObject, type JsonValue } from '../../model/json.js'
import { createErrorReply, createNotFoundReply, type Reply } from '../answers.js'
import { errorsOf, formatError, readBody } from '../check-call.js'
import type { Incoming } from '../incoming.js'
import { findCall } from '../live-call.js'
import type { RequestPath } from '../place.js'
import type { CallRecord } from '../store.js'
import type { World } from '../world.js'
import type { Operation } from './operation.js'

// What Graph looks at before it does anything to a live call: whether there is one, the body, the kind of call.

/** A request about a live call whose body was found good. */
export interface Asked {
  readonly world: World
  readonly incoming: Incoming
  readonly record: CallRecord
  readonly body: JsonObject
  /** Of what stands in the path after the call. */
  readonly name: string
}

/** The body's schema in each version. */
export interface Bodies {
  readonly 'v1.0': Validate
  readonly beta: Validate
}

/** Answers 404 for a call that is not there, 400 for a body that breaks its schema, and else lets `answer` decide. */
export const onLiveCall =
  (bodies: Bodies | undefined, answer: (asked: Asked) => Reply): Operation =>
  (world, incoming, place, names) => {
    const record = findCall(world, place, names)
    if (record === undefined) return createNotFoundReply(incoming)
    const checked =
      bodies === undefined ? { body: {} } : checkBody(bodies[place.version], incoming, place, world)
    if ('problem' in checked) return refuse(incoming, checked.problem)
    const { body } = checked
    return { callId: record.id, ...answer({ world, incoming, record, body, name: names[1] ?? '' }) }
  }

function checkBody(
  validate: Validate,
  incoming: Incoming,
  { version }: RequestPath,
  world: World,
): { readonly body: JsonObject } | { readonly problem: string } {
  // Of an operation that needs nothing the whole body may be left out.
  const read = incoming.body.length === 0 ? { body: {} } : readBody(incoming)
  if ('problem' in read) return read
  const errors = errorsOf(validate, read.body, world)
  if (errors.length === 0) return read
  return { problem: formatError(errors[0], `the body (${version})`) }
}

export const refuse = (incoming: Incoming, message: string): Reply =>
  createErrorReply(incoming, 400, { code: 'BadRequest', message })

export const isGiven = (value: JsonValue | undefined): boolean => value !== null && value !== undefined

/** The object or list under names, one after another. */
export function at(value: JsonValue | undefined, ...names: readonly string[]): JsonValue | undefined {
  return names.reduce<JsonValue | undefined>(
    (found, name) => (isJsonObject(found) && Object.hasOwn(found, name) ? found[name] : undefined),
    value,
  )
}

export const listOf = (value: JsonValue | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? value.filter(isJsonObject) : []

/** A call with one other party. An invitation makes it a group call. */
export function isPeerToPeer({ call, invited = [] }: CallRecord): boolean {
  return !isGiven(call['meetingInfo']) && listOf(call['targets']).length + invited.length < 2
}

export const hasChat = ({ call, chatInfo }: CallRecord): boolean =>
  chatInfo !== undefined || isGiven(call['chatInfo'])

export const isAppHosted = ({ call }: CallRecord): boolean =>
  String(at(call['mediaConfig'], '@odata.type') ?? '').endsWith('appHostedMediaConfig')
