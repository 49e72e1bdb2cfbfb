import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { FaultName } from './faults.js'
import type { Incoming } from './incoming.js'
import type { Timers } from './timers.js'

/** What the simulator decided to answer, before any of it goes out. */
export interface Reply {
  readonly status: number
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>
  /** JSON, sent as it is. */
  readonly text?: string
  /** How much of the answer reaches the client; `whole` unless a fault says otherwise. */
  readonly delivery?: 'whole' | 'half' | 'never' | 'reset'
  /** Milliseconds to wait before answering. */
  readonly delay?: number
  /** The call that it is about, for the log. */
  readonly callId?: string | undefined
  readonly created?: boolean | undefined
  /** How many people it rings who were not in the call. */
  readonly rang?: number | undefined
  readonly fault?: FaultName
}

interface ErrorExtras {
  readonly headers?: Readonly<Record<string, string>>
  readonly details?: Readonly<Record<string, string>>
}

/** An error in Graph's form. */
export function createErrorReply(
  incoming: Incoming,
  status: number,
  error: { readonly code: string; readonly message: string },
  extras: ErrorExtras = {},
): Reply {
  const innerError = {
    ...extras.details,
    date: new Date(incoming.at).toISOString().slice(0, 19),
    'request-id': incoming.requestId,
    'client-request-id': incoming.clientRequestId ?? incoming.requestId,
  }
  const text = JSON.stringify({ error: { ...error, innerError } })
  return { status, text, ...(extras.headers && { headers: extras.headers }) }
}

export const createNotFoundReply = (incoming: Incoming): Reply =>
  createErrorReply(incoming, 404, { code: '8522', message: 'Call not found.' })

/** Graph's description of the machine that answered. */
const diagnostic = JSON.stringify({
  ServerInfo: { DataCenter: 'Simulator', Slice: 'E', Ring: '0', ScaleUnit: '000', RoleInstance: 'SIM0' },
})

export interface Answering {
  readonly reply: Reply
  readonly incoming: Incoming
  readonly response: ServerResponse
  /** Of the request, which loses it when it ends. */
  readonly socket: Socket
}

/** Sends as much of a reply as its `delivery` says. Does nothing when the client has left. */
export function sendReply({ reply, incoming, response, socket }: Answering, timers: Timers): void {
  if (socket.destroyed) return
  const { delivery = 'whole', status, text } = reply
  if (delivery === 'reset') socket.resetAndDestroy()
  else if (delivery === 'never') socket.destroy()
  else if (delivery === 'half') sendHalf({ reply, incoming, response, socket })
  else if (incoming.isWhole) response.writeHead(status, formatHeaders(reply, incoming)).end(text)
  else {
    response.writeHead(status, { ...formatHeaders(reply, incoming), connection: 'close' })
    response.write(text ?? '')
    closeAfterIncoming(response, timers)
  }
}

/** Milliseconds for which a client that is still sending is listened to after its answer. */
const lingering = 2_000

/** Were the connection ended under what is still coming, the client would see a reset and no answer. */
function closeAfterIncoming(response: ServerResponse, timers: Timers): void {
  const cancel = timers.after(lingering, () => response.end())
  response.req.on('end', () => {
    cancel()
    response.end()
  })
}

/** Promises the whole body, sends half of it, and ends the connection once that half has left. */
function sendHalf({ reply, incoming, response, socket }: Answering): void {
  const body = Buffer.from(reply.text ?? '')
  response.writeHead(reply.status, formatHeaders(reply, incoming))
  response.write(body.subarray(0, body.length >> 1), () => socket.destroy())
}

function formatHeaders(reply: Reply, incoming: Incoming): Record<string, string | number> {
  return {
    date: new Date(incoming.at).toUTCString(),
    'request-id': incoming.requestId,
    'client-request-id': incoming.clientRequestId ?? incoming.requestId,
    'x-ms-ags-diagnostic': diagnostic,
    'cache-control': 'no-store',
    ...(reply.text !== undefined && {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(reply.text),
    }),
    ...reply.headers,
  }
}
