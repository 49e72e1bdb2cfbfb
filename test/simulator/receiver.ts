import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What came to a `callbackUri`, with its one notification laid out. */
export interface Notification {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly envelope: Record<string, unknown>
  readonly changeType: string
  readonly resourceUrl: string
  readonly resourceData: Record<string, unknown>
}

/** A receiver that answers with `status` and hands out what it got, one notification at a time. */
export async function withReceiver(
  status: number,
  use: (uri: string, next: () => Promise<Notification>) => Promise<void>,
): Promise<void> {
  const got: Notification[] = []
  let wake = () => {}
  const server = createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request) text += chunk
    response.writeHead(status).end()
    const envelope = JSON.parse(text)
    got.push({ path: request.url ?? '', headers: request.headers, envelope, ...envelope.value[0] })
    wake()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const next = async (): Promise<Notification> => {
    while (got.length === 0) {
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
    return got.shift() as Notification
  }
  try {
    await use(`http://localhost:${(server.address() as AddressInfo).port}/callback?key=1`, next)
  } finally {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
}
