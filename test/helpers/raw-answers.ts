// A server that lets a test write the bytes of each answer by itself, and remembers every request that came.

import { type AddressInfo, createServer, type Socket } from 'node:net'
import { userOf } from './callctl-workspace.js'

/** Answers one request; `id` is the call that it made. */
export type Answering = (socket: Socket, id: string) => void

export interface RawAnswers {
  readonly url: string
  /** How many requests to create each call came, by its name. */
  readonly posts: ReadonlyMap<string, number>
  /** Connections that are open. */
  readonly sockets: ReadonlySet<Socket>
  close(): Promise<void>
}

/** By the name of the call; whatever is not in the list is created as Graph would. */
export async function startRawAnswers(answers: ReadonlyMap<string, Answering>): Promise<RawAnswers> {
  const posts = new Map<string, number>()
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.once('close', () => sockets.delete(socket))
    let text = ''
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1')
      const end = text.indexOf('\r\n\r\n')
      const length = Number(/^content-length: (\d+)/im.exec(text)?.[1] ?? 0)
      if (end === -1 || text.length < end + 4 + length) return
      const name = nameIn(text)
      posts.set(name, (posts.get(name) ?? 0) + 1)
      text = ''
      const answer = answers.get(name) ?? plain
      answer(socket, idOf(name))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    posts,
    sockets,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}

export const idOf = (name: string): string => `call-of-${name}`

/** Names of at most six characters are told by the user that is rung. */
function nameIn(text: string): string {
  const hex = /"id": ?"[0-9a-f-]{24}([0-9a-f]{12})"/.exec(text)?.[1] ?? ''
  const name = Buffer.from(hex, 'hex').toString('utf8').replaceAll('\0', '')
  if (!text.includes(userOf(name))) throw new Error(`no call is known by ${text}`)
  return name
}

const plain: Answering = (socket, id) => void socket.end(withBody('201 Created', `{"id":"${id}"}`))

/** An answer of this status with a body of its length. */
export function withBody(status: string, body: string | Buffer, ...headers: readonly string[]): Buffer {
  const lines = [`HTTP/1.1 ${status}`, ...headers, `Content-Length: ${Buffer.byteLength(body)}`, '', '']
  return Buffer.concat([Buffer.from(lines.join('\r\n'), 'latin1'), Buffer.from(body)])
}
