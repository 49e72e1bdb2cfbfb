// A server that stands where Graph would, records every request, and answers when the test says so.

import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Certified } from './certificates.js'

export interface Recorded {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** A request that has come in whole and has no answer yet. */
export interface Held extends Recorded {
  answer(reply: Reply): void
  /** Ends the connection without an answer. */
  drop(): void
}

export interface Reply {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

export interface GraphServer {
  readonly url: string
  readonly requests: readonly Recorded[]
  connections(): number
  /** The next request that has not been taken yet; with an `onRequest`, none ever is. */
  next(): Promise<Held>
  /** Resolves when the next request has come in whole, whoever answers it; never without one. */
  arrival(): Promise<void>
  close(): Promise<void>
}

/** Answers with `onRequest`, or leaves each request to `next()`. With a certificate, over TLS. */
export async function startGraphServer(
  onRequest?: (request: Recorded) => Reply,
  certified?: Certified,
): Promise<GraphServer> {
  const requests: Recorded[] = []
  const waiting: Held[] = []
  const takers: ((held: Held) => void)[] = []
  const arrivals: (() => void)[] = []
  let connections = 0
  const listen = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = []
    try {
      for await (const chunk of incoming) chunks.push(chunk as Buffer)
    } catch {
      return
    }
    const { method = '', url: path = '', headers } = incoming
    const recorded = { method, path, headers, body: Buffer.concat(chunks).toString('utf8') }
    requests.push(recorded)
    for (const arrive of arrivals.splice(0)) arrive()
    if (onRequest !== undefined) return send(response, onRequest(recorded))
    const held: Held = {
      ...recorded,
      answer: (reply) => send(response, reply),
      drop: () => void response.destroy(),
    }
    const take = takers.shift()
    if (take === undefined) waiting.push(held)
    else take(held)
  }
  const server: Server =
    certified === undefined
      ? createServer(listen)
      : createTlsServer({ cert: certified.certificate, key: certified.key }, listen)
  server.on('connection', () => {
    connections += 1
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `${certified === undefined ? 'http' : 'https'}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    connections: () => connections,
    next: () => {
      const held = waiting.shift()
      return held === undefined ? waitFor((take) => takers.push(take)) : Promise.resolve(held)
    },
    arrival: () => new Promise((resolve) => arrivals.push(resolve)),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** A test that waits in vain must end; one that is slow on a busy machine must not. */
function waitFor(begin: (take: (held: Held) => void) => void): Promise<Held> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('no request came within 120 s')), 120_000)
    begin((held) => {
      clearTimeout(timer)
      resolve(held)
    })
  })
}

function send(response: ServerResponse, { status, headers, body = '' }: Reply): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(body)
}

export async function withGraphServer(
  onRequest: ((request: Recorded) => Reply) | undefined,
  work: (server: GraphServer) => Promise<void>,
): Promise<void> {
  const server = await startGraphServer(onRequest)
  try {
    await work(server)
  } finally {
    await server.close()
  }
}

/** Graph's answer to a call that it created. */
export const created = (id: string): Reply => ({
  status: 201,
  headers: { 'request-id': `request-of-${id}` },
  body: JSON.stringify({ '@odata.type': '#microsoft.graph.call', id, state: 'establishing' }),
})
