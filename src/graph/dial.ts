import type { Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { NotSentError, UsageError } from '../model/errors.js'
import { describeFailure } from './failure.js'
import { isLoopback } from './roots.js'

export interface DialSettings {
  /** Milliseconds for DNS, TCP and TLS together. */
  readonly connectTimeout: number
  /** PEM certificates to trust instead of Node's own. */
  readonly trusted?: string | undefined
}

/** A fresh socket that has carried nothing: DNS, TCP and, for https, TLS are done. Throws NotSentError. */
export async function dial(root: URL, settings: DialSettings): Promise<Socket> {
  const isSecure = root.protocol === 'https:'
  const socket = isSecure ? await startTls(root, settings.trusted) : await startTcp(root)
  // The socket outlives this function, and an error event that nobody listens to ends the process.
  socket.on('error', () => {})
  await ready(socket, isSecure ? 'secureConnect' : 'connect', settings.connectTimeout, root.host)
  if (!isSecure) refuseStrangers(socket, root.host)
  socket.setNoDelay(true)
  return socket
}

async function startTcp(root: URL): Promise<Socket> {
  const { connect } = await import('node:net')
  return connect({ host: hostOf(root), port: Number(root.port || 80) })
}

async function startTls(root: URL, trusted: string | undefined): Promise<Socket> {
  const [{ connect }, { isIP }] = await Promise.all([import('node:tls'), import('node:net')])
  const host = hostOf(root)
  return connect({
    host,
    port: Number(root.port || 443),
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ...(trusted === undefined ? {} : { ca: trusted }),
    ALPNProtocols: ['http/1.1'],
    minVersion: 'TLSv1.2',
    // Said explicitly: it outranks NODE_TLS_REJECT_UNAUTHORIZED.
    rejectUnauthorized: true,
  })
}

const hostOf = (root: URL): string => root.hostname.replace(/^\[|\]$/g, '')

function ready(socket: Socket, event: string, timeout: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      socket.destroy(new Error(`no connection within ${timeout / 1000} s`))
    }, timeout)
    const fail = (error?: Error): void => {
      clearTimeout(timer)
      const reason = describeFailure(error ?? new Error('the connection was closed'))
      reject(
        new NotSentError(`Cannot connect to ${host}: ${reason}`, !hasBadCertificate(socket), {
          cause: error,
        }),
      )
    }
    socket.once('error', fail)
    socket.once('close', () => fail())
    socket.once(event, () => {
      clearTimeout(timer)
      resolve()
    })
  })
}

/** Node sets this before it destroys a socket over its certificate, self-signed, expired or of another host. */
function hasBadCertificate(socket: Socket): boolean {
  const { authorizationError } = socket as Partial<TLSSocket>
  return authorizationError !== undefined && authorizationError !== null
}

/** `localhost` is only a name, and a resolver may send plain text elsewhere. */
function refuseStrangers(socket: Socket, host: string): void {
  const address = (socket.remoteAddress ?? '').replace(/^::ffff:/, '')
  if (address === '::1' || isLoopback(address)) return
  socket.destroy()
  throw new NotSentError(`${host} is not this machine, so it needs https`, false)
}

/** Node would then accept any certificate wherever code does not say otherwise. Throws UsageError. */
export function refuseUncheckedTls(environment: Readonly<Record<string, string | undefined>>): void {
  if (environment['NODE_TLS_REJECT_UNAUTHORIZED'] !== '0') return
  throw new UsageError(
    'NODE_TLS_REJECT_UNAUTHORIZED=0 switches off the check of certificates',
    'Unset it; NODE_EXTRA_CA_CERTS=FILE makes Node trust a certificate authority of your own.',
  )
}
