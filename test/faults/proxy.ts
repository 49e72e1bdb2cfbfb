// A TCP proxy on loopback that cuts a connection after so many bytes of the request or of the answer.

import { connect, createServer, type Socket } from 'node:net'
import { listen } from './raw-graph.js'

export interface Cut {
  readonly side: 'request' | 'answer' | 'none'
  /** Passed on before the cut. */
  readonly bytes: number
  readonly how: 'end' | 'reset'
}

/** What one connection really carried. */
export interface Carried {
  request: number
  answer: number
}

export interface Proxy {
  readonly url: string
  readonly carried: Carried[]
  close(): Promise<void>
}

/** `cutOf` is asked once for each connection, in order. */
export async function startProxy(target: number, cutOf: (index: number) => Cut): Promise<Proxy> {
  const carried: Carried[] = []
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const cut = cutOf(carried.length)
    const counts = { request: 0, answer: 0 }
    carried.push(counts)
    if (cut.side === 'request' && cut.bytes === 0) return finish(client, cut)
    const upstream = connect(target, '127.0.0.1')
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.setNoDelay(true)
      socket.on('error', () => {})
      socket.on('close', () => sockets.delete(socket))
    }
    const stop = (): void => {
      finish(client, cut)
      upstream.destroy()
    }
    pass(client, upstream, { counts, side: 'request', cut, stop })
    pass(upstream, client, { counts, side: 'answer', cut, stop })
    client.on('close', () => upstream.destroy())
    upstream.on('close', () => client.end())
  })
  const port = await listen(server)
  return {
    url: `http://127.0.0.1:${port}`,
    carried,
    close: () => {
      for (const socket of sockets) socket.destroy()
      return new Promise((done) => server.close(() => done()))
    },
  }
}

interface Passing {
  readonly counts: Carried
  readonly side: 'request' | 'answer'
  readonly cut: Cut
  readonly stop: () => void
}

function pass(from: Socket, to: Socket, { counts, side, cut, stop }: Passing): void {
  from.on('data', (chunk: Buffer) => {
    const left = cut.side === side ? cut.bytes - counts[side] : Number.POSITIVE_INFINITY
    const part = chunk.subarray(0, Math.max(0, left))
    counts[side] += part.length
    // The part must have left before the connection ends, or a reset would take it back.
    to.write(part, () => {
      if (part.length < chunk.length || left === part.length) stop()
    })
  })
}

function finish(socket: Socket, { how }: Cut): void {
  if (how === 'reset') socket.resetAndDestroy()
  else socket.destroy()
}
