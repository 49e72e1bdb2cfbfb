// A proxy on loopback before a server’s socket that reads the protocol’s messages, and cuts before or after one of them.

import { connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { listen } from '../raw-graph.js'

export interface MessageCut {
  readonly side: 'client' | 'server'
  /** Which message from now on, the first being 1. */
  readonly message: number
  /** `stall` passes it on, and then nothing more of the server’s. */
  readonly when: 'before' | 'after' | 'stall'
}

export interface MessageProxy {
  url(database: string): string
  /** The next cuts, one after another. */
  arm(cuts: readonly MessageCut[]): void
  cuts(): number
  close(): Promise<void>
}

interface State {
  armed: MessageCut[]
  seen: { client: number; server: number }
  cuts: number
}

export async function startMessageProxy(folder: string): Promise<MessageProxy> {
  const state: State = { armed: [], seen: { client: 0, server: 0 }, cuts: 0 }
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = connect(join(folder, '.s.PGSQL.5432'))
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => sockets.delete(socket))
    }
    pass(client, upstream, { side: 'client', state })
    pass(upstream, client, { side: 'server', state })
    client.on('close', () => upstream.destroy())
    upstream.on('close', () => client.destroy())
  })
  const port = await listen(server)
  return {
    url: (database) => `postgres://callctl_test@127.0.0.1:${port}/${database}`,
    arm(cuts) {
      state.armed = [...cuts]
      state.seen = { client: 0, server: 0 }
    },
    cuts: () => state.cuts,
    close() {
      for (const socket of sockets) socket.destroy()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

function pass(
  from: Socket,
  to: Socket,
  { side, state }: { readonly side: MessageCut['side']; readonly state: State },
): void {
  const split = splitter(side === 'client')
  let isOver = false
  from.on('data', (chunk: Buffer) => {
    for (const message of split(chunk)) {
      if (isOver) return
      const cut = nextCut(state, side)
      if (cut === undefined) {
        to.write(message)
        continue
      }
      state.cuts += 1
      isOver = true
      const end = (): void => {
        from.destroy()
        to.destroy()
      }
      if (cut.when === 'stall') to.write(message)
      else if (cut.when === 'after') to.write(message, end)
      else end()
    }
  })
}

/** Undefined where this message is none that is cut at. */
function nextCut(state: State, side: MessageCut['side']): MessageCut | undefined {
  const [cut] = state.armed
  state.seen[side] += 1
  if (cut === undefined || cut.side !== side || cut.message !== state.seen[side]) return undefined
  state.armed.shift()
  state.seen = { client: 0, server: 0 }
  return cut
}

/** Whole messages of what came in pieces; a client’s first one has no letter before its length. */
function splitter(isClient: boolean): (chunk: Buffer) => readonly Buffer[] {
  let rest: Buffer = Buffer.alloc(0)
  let letters = isClient ? 0 : 1
  return (chunk) => {
    rest = Buffer.concat([rest, chunk])
    const messages: Buffer[] = []
    while (rest.length >= letters + 4) {
      const length = letters + rest.readUInt32BE(letters)
      if (rest.length < length) break
      messages.push(rest.subarray(0, length))
      rest = rest.subarray(length)
      letters = 1
    }
    return messages
  }
}
