import type { Socket } from 'node:net'
import { NotSentError } from '../../model/errors.js'
import { mayPass } from '../../model/meaning.js'
import { describeFailure } from './failure.js'
import type { HttpProxy } from './proxy.js'

/** Asks a proxy, over a connected socket, for a way to `host:port`. Throws NotSentError. */
export async function openTunnel(socket: Socket, target: URL, proxy: HttpProxy): Promise<void> {
  const { request } = await import('node:http')
  const path = `${target.hostname}:${target.port || 443}`
  const { authorization } = proxy
  const headers = { Host: path, ...(authorization !== undefined && { 'Proxy-Authorization': authorization }) }
  await new Promise<void>((resolve, reject) => {
    const fail = (reason: string, isRetryable: boolean): void => {
      socket.destroy()
      reject(
        new NotSentError(`Cannot connect to ${target.host} through ${proxy.name}: ${reason}`, isRetryable),
      )
    }
    const lose = (error?: Error): void =>
      fail(describeFailure(error ?? socket.errored ?? new Error('it closed the connection')), true)
    const asking = request({ method: 'CONNECT', path, headers, createConnection: () => socket })
    asking.once('connect', ({ statusCode = 0 }, _socket, head: Buffer) => {
      socket.off('close', lose)
      if (statusCode < 200 || statusCode > 299) return fail(describeStatus(statusCode), mayPass(statusCode))
      // Nobody has been spoken to yet, so that whatever comes is not from the other end.
      if (head.length > 0) return fail('it speaks before it is spoken to', false)
      resolve()
    })
    asking.once('error', lose)
    socket.once('close', () => lose())
    asking.end()
  })
}

function describeStatus(status: number): string {
  if (status === 407) return 'it wants a name and password, which HTTPS_PROXY may hold (HTTP 407)'
  if (status === 403) return 'it does not allow that (HTTP 403)'
  return `it answered HTTP ${status}`
}
