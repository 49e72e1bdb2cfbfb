// A proxy that opens tunnels, to this machine alone, and remembers all that it was told.

import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import type { Certified } from './certificates.js'

export interface ConnectProxy {
  /** `127.0.0.1:PORT`. */
  readonly host: string
  /** What stood before each tunnel: `CONNECT graph.test:443 HTTP/1.1` and the headers. */
  readonly heads: readonly string[]
  /** Everything that came, tunnels included, as it could be read here. */
  seen(): string
  connections(): number
  close(): Promise<void>
}

/** `answer` instead of a tunnel, when it is given; `{}` hangs up. With a certificate, over TLS. */
export async function startConnectProxy(
  certified?: Certified,
  answer?: { readonly text?: string },
): Promise<ConnectProxy> {
  const sockets = new Set<Socket>()
  const heads: string[] = []
  let seen = ''
  let connections = 0
  const track = (socket: Socket): void => {
    sockets.add(socket)
    socket.on('error', () => {})
  }
  const accept = (socket: Socket): void => {
    connections += 1
    track(socket)
    let head = ''
    const read = (chunk: Buffer): void => {
      head += chunk.toString('latin1')
      if (!head.includes('\r\n\r\n')) return
      socket.off('data', read)
      heads.push(head)
      if (answer !== undefined) return void socket.end(answer.text ?? '')
      const port = /^CONNECT [\w.-]+:(\d+) HTTP\/1\.1\r\n/.exec(head)?.[1]
      const way = connect(Number(port), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
        socket.pipe(way).pipe(socket)
      })
      track(way)
    }
    socket.on('data', (chunk: Buffer) => {
      seen += chunk.toString('latin1')
    })
    socket.on('data', read)
  }
  const server =
    certified === undefined
      ? createServer(accept)
      : createTlsServer({ cert: certified.certificate, key: certified.key }, accept)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    heads,
    seen: () => seen,
    connections: () => connections,
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
