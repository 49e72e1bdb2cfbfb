// A server that answers each POST with the bytes that it is told to, and logs what came as the simulator does.

import type { AddressInfo } from 'node:net'
import { createServer, type Socket } from 'node:net'
import type { Posted } from './history.js'

export interface RawGraph {
  readonly url: string
  readonly posted: Posted[]
  /** Connections to the place that redirects lead to. */
  strays(): number
  close(): Promise<void>
}

export interface RawRequest {
  /** From 0, in order of arrival. */
  readonly index: number
  /** The index of the call in the workspace, from its user id; attempts of one call share it. */
  readonly call: number
  /** A new id for the call that this request may create. */
  readonly callId: string
  /** Where nobody should ever go. */
  readonly elsewhere: string
}

export interface RawReply {
  /** Sent as they are; the connection ends after them. */
  readonly bytes: string
  readonly created: boolean
}

export async function startRawGraph(answer: (request: RawRequest) => RawReply): Promise<RawGraph> {
  const posted: Posted[] = []
  let strays = 0
  const trap = createServer((socket) => {
    strays += 1
    socket.destroy()
  })
  const trapPort = await listen(trap)
  const server = createServer((socket) => {
    socket.on('error', () => {})
    readRequest(socket, (head, body) => {
      const index = posted.length
      const callId = `raw-${index}`
      const elsewhere = `http://127.0.0.1:${trapPort}`
      const reply = answer({ index, call: callOf(body), callId, elsewhere })
      const clientRequestId = /^client-request-id: (\S+)/im.exec(head)?.[1] ?? ''
      const method = head.split(' ')[0] ?? ''
      posted.push({ method, clientRequestId, callId, created: reply.created })
      socket.end(reply.bytes)
    })
  })
  const port = await listen(server)
  return {
    url: `http://127.0.0.1:${port}`,
    posted,
    strays: () => strays,
    close: async () => {
      await Promise.all([server, trap].map((each) => new Promise((done) => each.close(done))))
    },
  }
}

/** The last four digits of `call-0001`, which `userOf` put into the user id in hexadecimal code points. */
function callOf(body: string): number {
  const hex = /"id": "[0-9a-f-]{24}([0-9a-f]{12})"/.exec(body)?.[1] ?? ''
  return Number(Buffer.from(hex, 'hex').toString('utf8').slice(-4))
}

function readRequest(socket: Socket, done: (head: string, body: string) => void): void {
  let text = ''
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1')
    const end = text.indexOf('\r\n\r\n')
    if (end === -1) return
    const head = text.slice(0, end)
    const length = Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0)
    const body = text.slice(end + 4)
    if (body.length < length) return
    text = ''
    done(head, body)
  })
}

export function listen(server: ReturnType<typeof createServer>): Promise<number> {
  return new Promise((done) => {
    server.listen(0, '127.0.0.1', () => done((server.address() as AddressInfo).port))
  })
}
