import type { Agent, ClientRequest } from 'node:http'
import type { Readable } from 'node:stream'
import { LostAnswerError, NotSentError } from '../../model/errors.js'
import { holdsSecret, redact, type Secret } from '../text/redact.js'
import { visibleText } from '../text/text.js'
import { unpack } from '../text/unpack.js'
import { startAnswerTimer } from '../wire/answer-timer.js'
import { describeFailure } from '../wire/failure.js'
import type { Fetch } from '../wire/load-fetch.js'
import { afterClose, type Wire } from '../wire/wire.js'
import { evidenceOf, longestBody, type RawAnswer } from './answer.js'
import { findNamedIds } from './named-ids.js'

export interface Exchange {
  readonly url: string
  readonly method: 'POST' | 'GET' | 'PATCH' | 'DELETE' | 'HEAD'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  /** Milliseconds for the request and its whole answer. */
  readonly timeout: number
  /** Milliseconds since 1970: tells whether the process stood still meanwhile. */
  now?(): number
  /** Just before the first byte: throws NotSentError where nothing may be sent any more. */
  look?(): void
  /** Whether a text is part of the request: an answer that repeats it names nothing new. */
  isSent?(text: string): boolean
  /** What no message may repeat. */
  readonly secrets: readonly Secret[]
}

/** Sends one request on this socket and reads its answer. Throws NotSentError or LostAnswerError; ends the socket. */
export async function sendOn(wire: Wire, fetch: Fetch, exchange: Exchange): Promise<RawAnswer> {
  const { timeout, now, look } = exchange
  const onTimeout = (): void => void wire.socket.destroy(new Error(`no answer within ${timeout / 1000} s`))
  const timer = startAnswerTimer(wire, { timeout, ...(now !== undefined && { now }), onTimeout })
  let refusal: unknown
  wire.sendWhole(() => {
    try {
      look?.()
    } catch (error) {
      refusal = error
      throw error
    }
  })
  try {
    const response = await Promise.race([start(wire, fetch, exchange), closed(wire)])
    return await readResponse(wire, response)
  } catch (error) {
    if (wire.hasWritten()) throw lost(wire, exchange, error)
    throw refusal ?? notSent(exchange, error)
  } finally {
    timer.end()
    wire.socket.destroy()
  }
}

async function start(wire: Wire, fetch: Fetch, exchange: Exchange): Promise<Response> {
  const { url, method, headers, body } = exchange
  const agent = oneSocketAgent(wire, new URL(url).protocol)
  // One turn of the event loop, so that a close which has already arrived is seen before the first write.
  await new Promise((resolve) => setImmediate(resolve))
  const request = { method, headers, redirect: 'manual' as const, compress: false, agent }
  return fetch(url, body === undefined ? request : { ...request, body })
}

/**
 * An agent that hands out this socket once and never dials, so that nothing can be sent a second time. All that Node
 * asks of an agent is `addRequest`, and of a request that it be told its socket.
 */
function oneSocketAgent(wire: Wire, protocol: string): Agent {
  let isTaken = false
  const agent = {
    protocol,
    addRequest(request: ClientRequest): void {
      if (isTaken) throw new Error('a second connection was asked for')
      if (!wire.isOpen()) throw new Error('the connection was closed before the request')
      isTaken = true
      request.onSocket(wire.socket)
    },
  }
  return agent as unknown as Agent
}

function closed(wire: Wire): Promise<never> {
  return new Promise((_, reject) => {
    afterClose(wire.socket, () => reject(wire.socket.errored ?? new Error('the connection was closed')))
  })
}

async function readResponse(wire: Wire, response: Response): Promise<RawAnswer> {
  const { bytes, isComplete } = await collect(response.body as unknown as Readable, wire)
  const unpacked = await unpack(bytes, response.headers.get('content-encoding') ?? '', longestBody)
  return {
    status: response.status,
    header: (name) => response.headers.get(name),
    body: unpacked.bytes,
    isComplete,
    isPartial: !unpacked.isWhole,
    ...(unpacked.unread !== undefined && { unread: unpacked.unread }),
    received: wire.received(),
  }
}

/** The body as far as it came. Never fails: an answer whose headers were read is an answer. */
function collect(body: Readable, wire: Wire): Promise<{ bytes: Buffer; isComplete: boolean }> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let size = 0
    const finish = (isComplete: boolean): void => {
      resolve({ bytes: Buffer.concat(chunks).subarray(0, longestBody), isComplete })
    }
    body.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      size += chunk.length
      if (size > longestBody) finish(false)
    })
    body.once('end', () => finish(true))
    body.once('error', () => finish(false))
    // node-fetch says nothing when a body of known length is cut.
    afterClose(wire.socket, () => finish(false))
  })
}

/** Of what came, in a message; redacted before it is cut further. */
const longestQuoted = 4096

function notSent(exchange: Exchange, error: unknown): NotSentError {
  return new NotSentError(`The request was not sent: ${reasonOf(exchange, error)}`, true)
}

function lost(wire: Wire, exchange: Exchange, error: unknown): LostAnswerError {
  const { secrets, isSent = () => false } = exchange
  const text = wire.received().toString('utf8')
  const came = visibleText(redact(text.slice(0, longestQuoted), secrets), 80)
  const evidence = came === '' ? '' : `; what came starts with "${came}"`
  // Node reads none of an answer that breaks its rules, but a person can.
  const { ids } = findNamedIds({ links: [], json: undefined, text }, isSent)
  const named = ids.filter((id) => !holdsSecret(id, secrets))
  const raw = evidenceOf(text, named, secrets)
  return new LostAnswerError(`The answer was lost: ${reasonOf(exchange, error)}${evidence}`, { named, raw })
}

/** In our own words, and without a cause: a rejected header would be repeated there, the token included. */
function reasonOf(exchange: Exchange, error: unknown): string {
  return redact(describeFailure(error), exchange.secrets)
}
