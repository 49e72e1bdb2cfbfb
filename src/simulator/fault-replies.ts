import { isJsonObject } from '../model/json.js'
import { createErrorReply, type Reply } from './answers.js'
import type { FaultName, FaultSettings } from './faults.js'
import type { Incoming } from './incoming.js'

type Refuse = (incoming: Incoming, settings: FaultSettings) => Reply
type Spoil = (reply: Reply, incoming: Incoming, settings: FaultSettings) => Reply

/** The reply of a fault that keeps a call from being created; undefined for the others. */
export function createRefusal(
  fault: FaultName,
  incoming: Incoming,
  settings: FaultSettings,
): Reply | undefined {
  const refusal = refusals[fault]?.(incoming, settings)
  return refusal && { ...refusal, fault }
}

/** What a fault makes of the reply to a POST that did create a call, or ring people. */
export function spoilReply(
  fault: FaultName,
  reply: Reply,
  incoming: Incoming,
  settings: FaultSettings,
): Reply {
  const spoiled = spoilings[fault]?.(reply, incoming, settings) ?? reply
  return { ...spoiled, callId: reply.callId, created: reply.created, rang: reply.rang, fault }
}

/** Graph sends fractions of seconds (2.128 in its documented sample). */
const retryAfter = ({ retryAfter: seconds = 0.128 }: FaultSettings) => ({ 'retry-after': String(seconds) })

const tooMany = { code: 'TooManyRequests', message: 'Please retry again later.' }
const tooManyDetails = { code: '429', message: 'Please retry after', status: '429' }

const refusals: Readonly<Partial<Record<FaultName, Refuse>>> = {
  reset: () => ({ status: 0, delivery: 'reset' }),
  throttle: (incoming, settings) =>
    createErrorReply(incoming, 429, tooMany, { headers: retryAfter(settings), details: tooManyDetails }),
  'throttle-no-hint': (incoming) => createErrorReply(incoming, 429, tooMany, { details: tooManyDetails }),
  unavailable: (incoming, settings) =>
    createErrorReply(
      incoming,
      503,
      { code: 'ServiceUnavailable', message: 'The service is temporarily unavailable.' },
      { headers: retryAfter(settings) },
    ),
  redirect: (incoming, { redirectTo = 'http://127.0.0.1:9' }) => ({
    status: 307,
    headers: { location: redirectTo + incoming.path },
  }),
  unauthorized: (incoming) =>
    createErrorReply(incoming, 401, {
      code: 'InvalidAuthenticationToken',
      message: 'Lifetime validation failed, the token is expired.',
    }),
  // Exactly as a gateway in front of the calling service was seen to wrap it: without innerError.
  refuse: () => ({
    status: 403,
    text: JSON.stringify({
      error: {
        code: 'UnknownError',
        message:
          '{"errorCode":"7503","message":"Application is not registered in our store.","instanceAnnotations":[]}',
      },
    }),
  }),
}

const spoilings: Readonly<Partial<Record<FaultName, Spoil>>> = {
  'lost-answer': (reply) => ({ ...reply, delivery: 'never' }),
  'cut-answer': (reply) => ({ ...reply, delivery: 'half' }),
  'server-error': (_reply, incoming) =>
    createErrorReply(incoming, 500, { code: '9999', message: 'Unknown internal server error.' }),
  slow: (reply, _incoming, { delay = 5_000 }) => ({ ...reply, delay }),
  'no-id': ({ status, text }) => (text === undefined ? { status } : { status, text: withoutId(text) }),
  'bad-json': (reply) => ({ ...reply, text: `<!-- ${reply.text?.slice(0, 40)}` }),
}

function withoutId(text: string): string {
  const call: unknown = JSON.parse(text)
  return JSON.stringify(isJsonObject(call) ? { ...call, id: undefined } : call)
}
