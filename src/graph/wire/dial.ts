import type { Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import type { Environment } from '../../model/environment.js'
import { NotSentError, UsageError } from '../../model/errors.js'
import { describeFailure } from './failure.js'
import { loadOnce } from './load-once.js'
import { findProxy, type HttpProxy } from './proxy.js'
import { isLoopback, isPrivate } from './roots.js'
import { openTunnel } from './tunnel.js'

export interface DialSettings {
  /** Milliseconds for DNS, TCP, TLS and a proxy’s tunnel together. */
  readonly connectTimeout: number
  /** PEM certificates to trust instead of Node's own. */
  readonly trusted?: string | undefined
  /** Where proxies are named. */
  readonly environment: Environment
  /** Whether plain http may go to an address of the own network, as Azure's identity endpoints need. */
  readonly isNear?: boolean
}

const loadSockets = loadOnce(() => Promise.all([import('node:net'), import('node:tls')]))

/** A fresh socket that has carried nothing: DNS, TCP and, for https, TLS are done. Throws NotSentError. */
export async function dial(root: URL, settings: DialSettings): Promise<Socket> {
  const proxy = await findProxy(root, settings.environment)
  const [net, tls] = await loadSockets()
  const deadline = startDeadline(settings.connectTimeout)
  const start = (to: URL, name: string, over?: Socket): Promise<Socket> => {
    const isSecure = to.protocol === 'https:'
    const socket = isSecure ? tls.connect(tlsOptions(to, settings, net, over)) : net.connect(address(to, 80))
    // The socket outlives this function, and an error event that nobody listens to ends the process.
    socket.on('error', () => {})
    deadline.watch(socket)
    return ready(socket, isSecure ? 'secureConnect' : 'connect', name)
  }
  try {
    const socket = await (proxy === undefined ? start(root, root.host) : startThrough(proxy, root, start))
    if (root.protocol === 'http:') refuseStrangers(socket, root.host, settings.isNear === true)
    socket.setNoDelay(true)
    return socket
  } finally {
    deadline.end()
  }
}

type Start = (to: URL, name: string, over?: Socket) => Promise<Socket>

async function startThrough(proxy: HttpProxy, root: URL, start: Start): Promise<Socket> {
  const way = await start(proxy.url, proxy.name)
  await openTunnel(way, root, proxy)
  const socket = await start(root, `${root.host} through ${proxy.name}`, way)
  socket.once('close', () => way.destroy())
  return socket
}

const address = (to: URL, port: number) => ({
  host: to.hostname.replace(/^\[|\]$/g, ''),
  port: Number(to.port || port),
})

function tlsOptions(to: URL, { trusted }: DialSettings, net: typeof import('node:net'), over?: Socket) {
  const { host, port } = address(to, 443)
  return {
    ...(over === undefined ? { host, port } : { socket: over, host }),
    ...(net.isIP(host) === 0 ? { servername: host } : {}),
    ...(trusted === undefined ? {} : { ca: trusted }),
    ALPNProtocols: ['http/1.1'],
    minVersion: 'TLSv1.2' as const,
    // Said explicitly: it outranks NODE_TLS_REJECT_UNAUTHORIZED.
    rejectUnauthorized: true,
  }
}

/** One for all steps of the way: what is under way when it ends is destroyed. */
function startDeadline(timeout: number) {
  let current: Socket | undefined
  const timer = setTimeout(() => {
    current?.destroy(new Error(`no connection within ${timeout / 1000} s`))
  }, timeout)
  return {
    watch(socket: Socket): void {
      current = socket
    },
    end: (): void => clearTimeout(timer),
  }
}

function ready(socket: Socket, event: string, name: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const fail = (error?: Error): void => {
      const reason = describeFailure(error ?? new Error('the connection was closed'))
      reject(
        new NotSentError(`Cannot connect to ${name}: ${reason}`, !hasBadCertificate(socket), {
          cause: error,
        }),
      )
    }
    const close = (): void => fail()
    socket.once('error', fail)
    socket.once('close', close)
    socket.once(event, () => {
      socket.off('error', fail).off('close', close)
      resolve(socket)
    })
  })
}

/** Node sets this before it destroys a socket over its certificate, self-signed, expired or of another host. */
function hasBadCertificate(socket: Socket): boolean {
  const { authorizationError } = socket as Partial<TLSSocket>
  return authorizationError !== undefined && authorizationError !== null
}

/** `localhost` is only a name, and a resolver may send plain text elsewhere. */
function refuseStrangers(socket: Socket, host: string, mayBeNear: boolean): void {
  const from = socket.remoteAddress?.replace(/^::ffff:/, '')
  // Whoever has hung up already has no address.
  if (from === undefined) {
    socket.destroy()
    throw new NotSentError(`Cannot connect to ${host}: the connection was closed`, true)
  }
  if (from === '::1' || isLoopback(from) || (mayBeNear && isPrivate(from))) return
  socket.destroy()
  throw new NotSentError(`${host} is not this machine, so it needs https`, false)
}

/** Node would then accept any certificate wherever code does not say otherwise. Throws UsageError. */
export function refuseUncheckedTls(environment: Environment): void {
  if (environment['NODE_TLS_REJECT_UNAUTHORIZED'] !== '0') return
  throw new UsageError(
    'NODE_TLS_REJECT_UNAUTHORIZED=0 switches off the check of certificates',
    'Unset it; NODE_EXTRA_CA_CERTS=FILE makes Node trust a certificate authority of your own.',
  )
}
