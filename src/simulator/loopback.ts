import { type ClientRequest, Agent as HttpAgent, request as requestHttp } from 'node:http'
import { Agent as HttpsAgent, request as requestHttps } from 'node:https'
import type { LookupFunction } from 'node:net'

/** Whether a host, as it stands in a URL, is this machine and no other. */
export const isLoopbackHost = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i.test(host)

/** The loopback receiver that a `callbackUri` names; undefined for every other host, which is never contacted. */
export function parseReceiver(uri: unknown): URL | undefined {
  if (typeof uri !== 'string' || !URL.canParse(uri)) return undefined
  const url = new URL(uri)
  const isHttp = url.protocol === 'http:' || url.protocol === 'https:'
  return isHttp && isLoopbackHost(url.hostname) ? url : undefined
}

/** Posts to loopback receivers. */
export interface Poster {
  /** Resolves when the receiver has answered, failed or taken too long: what it says does not matter. */
  post(url: URL, headers: Readonly<Record<string, string>>, text: string): Promise<void>
  close(): void
}

/** `localhost` is not looked up: a name server or hosts file could point it elsewhere. */
const lookupLoopback: LookupFunction = (_name, { all, family }, found) => {
  const both = [
    { address: '127.0.0.1', family: 4 },
    { address: '::1', family: 6 },
  ]
  if (all) found(null, both)
  else if (family === 6) found(null, '::1', 6)
  else found(null, '127.0.0.1', 4)
}

const patience = 5_000

export function createPoster(): Poster {
  const active = new Set<ClientRequest>()
  let isClosed = false
  const http = new HttpAgent({ maxSockets: 64 })
  // Certificates of loopback receivers are self-signed, and nothing secret is sent.
  const https = new HttpsAgent({ maxSockets: 64, rejectUnauthorized: false })

  function start(url: URL, headers: Readonly<Record<string, string>>): ClientRequest {
    const [request, agent] = url.protocol === 'https:' ? [requestHttps, https] : [requestHttp, http]
    const { hostname, port, pathname, search } = url
    return request({
      ...{ method: 'POST', headers, agent, lookup: lookupLoopback, autoSelectFamily: true },
      ...{ host: hostname.replace(/^\[|\]$/g, ''), port, path: pathname + search },
    })
  }

  return {
    post(url, headers, text) {
      if (isClosed) return Promise.resolve()
      const request = start(url, { ...headers, 'content-length': String(Buffer.byteLength(text)) })
      active.add(request)
      const deadline = setTimeout(() => request.destroy(), patience).unref()
      return new Promise((resolve) => {
        request.on('response', (answer) => answer.on('error', () => {}).resume())
        request.on('error', () => {})
        request.on('close', () => {
          clearTimeout(deadline)
          active.delete(request)
          resolve()
        })
        request.end(text)
      })
    },
    close() {
      isClosed = true
      for (const request of active) request.destroy()
    },
  }
}
