// Microsoft Graph behind the ports `Calls` and `CallOperations`: roots, sign-in, one socket a request, and lenient
// reading of answers. It never repeats a request, never follows a redirect, and decides nothing about what an answer
// means for a call. The rooms below lead from the socket (wire) to what came back (answer).

import type { Answer, Calls, Connection, GraphTarget } from '../model/call.js'
import { formatEndpoint } from '../model/call.js'
import type { Environment } from '../model/environment.js'
import { NotSentError } from '../model/errors.js'
import { readAnswer } from './answer/answer.js'
import { readCallId } from './answer/call-body.js'
import { readRoles } from './answer/claims.js'
import { type Exchange, sendOn } from './answer/exchange.js'
import type { TokenSource } from './sign-in/tokens.js'
import { type Secret, unnamed } from './text/redact.js'
import { dial, refuseUncheckedTls } from './wire/dial.js'
import { loadFetch } from './wire/load-fetch.js'
import { checkedRoot, type GraphRoot } from './wire/roots.js'
import { type Wire, watchSocket } from './wire/wire.js'

export interface GraphSettings {
  readonly root: GraphRoot
  readonly tokens: TokenSource
  /** callctl's own, for User-Agent. */
  readonly version: string
  readonly environment: Environment
  now(): number
  /** Milliseconds for DNS, TCP and TLS together; 10 s when absent. */
  readonly connectTimeout?: number
  /** Milliseconds for a request and its whole answer; 30 s when absent. */
  readonly answerTimeout?: number
  /** PEM certificates to trust instead of Node's own. */
  readonly trusted?: string
  /** What the calls hold that no answer may bring to light. */
  readonly secrets?: () => readonly Secret[]
}

/** Graph behind the port. Throws UsageError when the environment would switch off the check of certificates. */
export function createGraphCalls(settings: GraphSettings): Calls {
  const { tokens } = settings
  refuseUncheckedTls(settings.environment)
  const root = { ...settings.root, url: checkedRoot(settings.root.url) }
  const sendOnce = async (method: 'GET' | 'DELETE', target: GraphTarget, callId: string): Promise<Answer> => {
    if (readCallId(callId) === undefined) throw new NotSentError('This is not the id of a call', false)
    const url = `${routeOf(root, target)}/${encodeURIComponent(callId)}`
    const line = await openLine(settings, root)
    return line.send({ url, method, headers: {} })
  }
  return {
    async signIn() {
      const roles = readRoles(await tokens.token())
      return roles === undefined ? {} : { roles }
    },
    forgetToken() {
      tokens.forget()
    },
    async connect(target) {
      const url = routeOf(root, target)
      return createConnection(url, await openLine(settings, root))
    },
    get(target, callId) {
      return sendOnce('GET', target, callId)
    },
    hangUp(target, callId) {
      return sendOnce('DELETE', target, callId)
    },
  }
}

function createConnection(url: string, line: Line): Connection {
  return {
    create({ attemptId, text, look }) {
      const headers = {
        'Content-Type': 'application/json',
        'client-request-id': attemptId,
        'Scenario-Id': attemptId,
        'return-client-request-id': 'true',
      }
      return line.send({ url, method: 'POST', headers, body: text, ...(look !== undefined && { look }) })
    },
    isOpen: () => !line.wire.hasWritten() && line.wire.isOpen(),
    close: () => void line.wire.socket.destroy(),
  }
}

/** A socket, a token and the program that sends, all there before anything is claimed. */
export interface Line {
  readonly wire: Wire
  send(exchange: Pick<Exchange, 'url' | 'method' | 'headers' | 'body' | 'look'>): Promise<Answer>
}

export async function openLine(settings: GraphSettings, root: GraphRoot): Promise<Line> {
  const { connectTimeout = 10_000, answerTimeout = 30_000, trusted, version, now, environment } = settings
  const fetch = await loadFetch()
  const token = await settings.tokens.token()
  const wire = watchSocket(await dial(new URL(root.url), { connectTimeout, trusted, environment }))
  // One turn of the event loop: a peer that closes or speaks at once is seen before anything is claimed.
  await new Promise((resolve) => setImmediate(resolve))
  if (!wire.isOpen()) {
    wire.socket.destroy()
    throw new NotSentError(
      `Cannot connect to ${new URL(root.url).host}: it closed the connection, or spoke first`,
      true,
    )
  }
  const common = {
    Authorization: `Bearer ${token}`,
    Accept: 'application/json',
    'Accept-Encoding': 'identity',
    'User-Agent': `callctl/${version}`,
    Connection: 'close',
  }
  let isUsed = false
  return {
    wire,
    async send(exchange) {
      if (isUsed) throw new NotSentError('This connection has already been used', false)
      isUsed = true
      const headers = { ...common, ...exchange.headers }
      const secrets = [...unnamed([token]), ...(settings.secrets?.() ?? [])]
      const isSent = sentBy({ ...exchange, headers })
      const request = { ...exchange, headers, timeout: answerTimeout, secrets, now, isSent }
      return readAnswer(await sendOn(wire, fetch, request), now(), { secrets, isSent })
    },
  }
}

/** Whether a text is part of a request: an answer that repeats it names nothing new. */
function sentBy({
  url,
  headers,
  body = '',
}: Pick<Exchange, 'url' | 'headers' | 'body'>): (text: string) => boolean {
  const parts = new Set([
    ...Object.values(headers),
    ...new URL(url).pathname.split('/').map(decodeURIComponent),
  ])
  return (text) => parts.has(text) || body.includes(JSON.stringify(text))
}

export function routeOf(root: GraphRoot, target: GraphTarget): string {
  if (root.cloud !== undefined && root.cloud !== target.cloud) {
    throw new NotSentError(`A call of the cloud ${target.cloud} cannot be sent to ${root.url}`, false)
  }
  const url = root.url + formatEndpoint(target)
  // A dot segment, say of an application id, would have been resolved into another route.
  if (new URL(url).href !== url) throw new NotSentError(`${formatEndpoint(target)} is not a route`, false)
  return url
}
