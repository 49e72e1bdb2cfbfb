import { longestBody, type RawAnswer } from '../answer/answer.js'
import { sendOn } from '../answer/exchange.js'
import { unnamed } from '../text/redact.js'
import { type DialSettings, dial } from '../wire/dial.js'
import type { Fetch } from '../wire/load-fetch.js'
import { watchSocket } from '../wire/wire.js'

/** The part of msal's network module that it needs here. */
export interface TokenTransport {
  sendGetRequestAsync<Body>(url: string, request?: TokenRequest): Promise<TokenAnswer<Body>>
  sendPostRequestAsync<Body>(url: string, request?: TokenRequest): Promise<TokenAnswer<Body>>
  /** How the last request went; msal puts errors of its own in place of all this. */
  last(): Exchanged
}

export interface Exchanged {
  /** Why there was no readable answer. */
  readonly failure?: unknown
  readonly status?: number
  readonly body?: Readonly<Record<string, unknown>>
  /** Texts of the request that no message may repeat. */
  readonly secrets: readonly string[]
}

interface TokenRequest {
  readonly headers?: Record<string, string>
  readonly body?: string
}

interface TokenAnswer<Body> {
  readonly headers: Record<string, string>
  readonly body: Body
  readonly status: number
}

export interface TransportSettings extends DialSettings {
  /** Nothing is sent elsewhere. */
  readonly origins: readonly string[]
  /** Whether asking is done with GET, as for a managed identity. */
  readonly usesGet?: boolean
  readonly secrets: readonly string[]
  readonly answerTimeout: number
  loadFetch(): Promise<Fetch>
}

/** Sends token requests. msal's own transport has no time-out and would repeat the secret wherever a 307 points. */
export function createTokenTransport(settings: TransportSettings): TokenTransport {
  let last: Exchanged = { secrets: settings.secrets }
  const exchange = async <Body>(method: 'GET' | 'POST', url: string, request: TokenRequest = {}) => {
    const secrets = [...settings.secrets, ...secretsOf(request.body)]
    last = { secrets }
    try {
      const answer = await send<Body>({ ...settings, secrets }, method, url, request)
      last = { secrets, status: answer.status, body: answer.body as Readonly<Record<string, unknown>> }
      return answer
    } catch (failure) {
      last = { ...last, failure }
      throw failure
    }
  }
  return {
    last: () => last,
    sendGetRequestAsync: (url, request) => exchange('GET', url, request),
    sendPostRequestAsync: (url, request) => exchange('POST', url, request),
  }
}

/** What proves to be the app, as the form has it. */
function secretsOf(body = ''): readonly string[] {
  const form = new URLSearchParams(body)
  return ['client_secret', 'client_assertion'].flatMap((name) => form.getAll(name))
}

async function send<Body>(
  settings: TransportSettings,
  method: 'GET' | 'POST',
  url: string,
  request: TokenRequest,
): Promise<TokenAnswer<Body>> {
  const root = new URL(url)
  if (!settings.origins.includes(root.origin)) throw new Error('the token endpoint is at another host')
  if (method === 'GET' && settings.usesGet !== true) {
    throw new Error('signing in asked for something other than a token')
  }
  const fetch = await settings.loadFetch()
  const wire = watchSocket(await dial(new URL(root.origin), settings))
  const answer = await sendOn(wire, fetch, {
    url,
    method,
    headers: { ...request.headers, 'Accept-Encoding': 'identity', Connection: 'close' },
    ...(method === 'POST' && { body: request.body ?? '' }),
    timeout: settings.answerTimeout,
    secrets: unnamed(settings.secrets),
  })
  return { status: answer.status, headers: headersOf(answer), body: parseBody<Body>(answer) }
}

/** Azure Arc says in this one where the proof lies that it wants. */
function headersOf(answer: RawAnswer): Record<string, string> {
  const challenge = answer.header('www-authenticate')
  return challenge === null ? {} : { 'www-authenticate': challenge }
}

/** An answer that cannot be read says what went wrong by its status; a redirect is never followed. */
export class UnreadableAnswerError extends Error {
  constructor(readonly status: number) {
    super(`the answer (HTTP ${status}) is not a token`)
  }
}

function parseBody<Body>(answer: RawAnswer): Body {
  const { status } = answer
  const text = answer.body.subarray(0, longestBody).toString('utf8')
  const isRedirect = status >= 300 && status <= 399
  try {
    const parsed: unknown = JSON.parse(text)
    if (!isRedirect && answer.isComplete && typeof parsed === 'object' && parsed !== null)
      return parsed as Body
  } catch {
    // Said below, without the text, which may hold anything.
  }
  if (status === 401 && answer.header('www-authenticate') !== null) return {} as Body
  throw new UnreadableAnswerError(status)
}
