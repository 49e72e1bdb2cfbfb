// What Node does for a process of its own, for commands that run in this one. As callctl-guard does, each connection of
// a command is noted, and all but those to this machine are refused; and what NODE_EXTRA_CA_CERTS names is trusted.
// What else goes on here, such as a test's own servers, is let be.

import { AsyncLocalStorage } from 'node:async_hooks'
import dns from 'node:dns'
import { syncBuiltinESMExports } from 'node:module'
import net from 'node:net'
import tls from 'node:tls'

export interface Guarded {
  /** Each is pushed: `here HOST:PORT`, or `AWAY HOST:PORT`, which was refused. */
  readonly connections: string[]
  /** PEM certificates beside Node's own. */
  readonly trusted: string | undefined
}

const current = new AsyncLocalStorage<Guarded>()
let isGuarding = false

export function guarded<Value>(by: Guarded, work: () => Promise<Value>): Promise<Value> {
  if (!isGuarding) guard()
  isGuarding = true
  return current.run(by, work)
}

function guard(): void {
  guardConnect()
  guardLookup()
  addTrusted()
  syncBuiltinESMExports()
}

const isHere = (host: unknown): boolean =>
  host === undefined || host === 'localhost' || host === '::1' || /^127\./.test(String(host))

/** The socket of a test’s own PostgreSQL server. */
const isServer = (path: string): boolean => /\/\.s\.PGSQL\.\d+$/.test(path)

interface Destination {
  readonly path?: string
  readonly host?: string
  readonly port?: number
}

function guardConnect(): void {
  const { connect } = net.Socket.prototype
  net.Socket.prototype.connect = function (this: net.Socket, ...words: unknown[]) {
    const [first, second] = Array.isArray(words[0]) ? words[0] : words
    const to = (typeof first === 'object' ? first : { port: first, host: second }) as Destination
    const where = to.path ?? `${to.host}:${to.port}`
    const mayConnect = to.path === undefined ? isHere(to.host) : isServer(to.path)
    const by = current.getStore()
    by?.connections.push(`${mayConnect ? 'here' : 'AWAY'} ${where}`)
    if (by !== undefined && !mayConnect) throw new Error(`a test was about to connect to ${where}`)
    return Reflect.apply(connect, this, words) as net.Socket
  } as typeof connect
}

function guardLookup(): void {
  const { lookup } = dns
  dns.lookup = ((host: string, ...rest: unknown[]) => {
    if (!isHere(host)) current.getStore()?.connections.push(`AWAY dns ${host}`)
    return Reflect.apply(lookup, dns, [host, ...rest]) as unknown
  }) as typeof lookup
}

function addTrusted(): void {
  const { connect } = tls
  tls.connect = ((...words: unknown[]) => {
    const trusted = current.getStore()?.trusted
    const at = words.findIndex((word) => typeof word === 'object')
    const options = words[at] as tls.ConnectionOptions | undefined
    if (trusted !== undefined && options !== undefined && options.ca === undefined)
      words[at] = { ...options, ca: [...tls.rootCertificates, trusted] }
    return Reflect.apply(connect, tls, words) as unknown
  }) as typeof connect
}
