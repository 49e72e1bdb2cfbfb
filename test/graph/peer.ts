// One end of a conversation, scripted by a test on real loopback sockets.

import { readFileSync } from 'node:fs'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import type { GraphTarget } from '../../src/model/call.js'

export interface Peer {
  readonly port: number
  /** Such as `http://127.0.0.1:40001`. */
  readonly root: string
  /** How many sockets were accepted. */
  accepted(): number
  /** The first socket, once it is accepted. */
  socket(): Promise<Socket>
  /** Everything that was received, over all sockets. */
  received(): string
  stop(): Promise<void>
}

type Certificate = 'loopback' | 'elsewhere' | 'expired'

export const readCertificate = (name: Certificate): string =>
  readFileSync(`test/graph/fixtures/${name}.crt`, 'utf8')
const readKey = (name: Certificate): string => readFileSync(`test/graph/fixtures/${name}.key`, 'utf8')

export async function startPeer(behave: (socket: Socket) => void, certificate?: Certificate): Promise<Peer> {
  const sockets = new Set<Socket>()
  let accepted = 0
  let received = ''
  let announce: (socket: Socket) => void = () => {}
  const first = new Promise<Socket>((resolve) => {
    announce = resolve
  })
  const accept = (socket: Socket): void => {
    accepted += 1
    sockets.add(socket)
    announce(socket)
    socket.on('error', () => {})
    socket.on('data', (chunk: Buffer) => {
      received += chunk.toString('latin1')
    })
    behave(socket)
  }
  const server: Server =
    certificate === undefined
      ? createServer(accept)
      : createTlsServer({ key: readKey(certificate), cert: readCertificate(certificate) }, accept)
  server.on('tlsClientError', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    port,
    root: `${certificate === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    accepted: () => accepted,
    socket: () => first,
    received: () => received,
    async stop() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Runs a test against a peer and stops the peer whatever happens. */
export async function withPeer(
  behave: (socket: Socket) => void,
  test: (peer: Peer) => Promise<void>,
  certificate?: Certificate,
): Promise<void> {
  const peer = await startPeer(behave, certificate)
  try {
    await test(peer)
  } finally {
    await peer.stop()
  }
}

/** Waits for a whole request, headers and body, before it answers. */
export function afterRequest(answer: (socket: Socket, request: string) => void): (socket: Socket) => void {
  return (socket) => {
    let text = ''
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1')
      const head = text.indexOf('\r\n\r\n')
      if (head === -1) return
      const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0)
      if (text.length >= head + 4 + length) answer(socket, text)
    })
  }
}

/** Answers every request with these bytes and closes. */
export const answering = (text: string): ((socket: Socket) => void) =>
  afterRequest((socket) => void socket.end(text))

export function formatAnswer(status: string, headers: readonly string[], body: string): string {
  const length = `Content-Length: ${Buffer.byteLength(body)}`
  return [`HTTP/1.1 ${status}`, ...headers, length, '', body].join('\r\n')
}

export const target: GraphTarget = { cloud: 'global', version: 'v1.0', collection: 'communications' }

/** What a promise is rejected with. */
export async function rejection(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise
  } catch (error) {
    if (error instanceof Error) return error
  }
  throw new Error('expected a rejection')
}
