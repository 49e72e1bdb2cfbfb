import { longestBody } from './answer.js'
import { dial } from './dial.js'
import { type Fetch, sendOn } from './exchange.js'
import { watchSocket } from './wire.js'

/** The part of msal's network module that a client credential needs. */
export interface TokenTransport {
  sendGetRequestAsync<Body>(url: string): Promise<TokenAnswer<Body>>
  sendPostRequestAsync<Body>(url: string, request?: TokenRequest): Promise<TokenAnswer<Body>>
  /** Why the last request failed; msal puts an error of its own in its place. */
  failure(): unknown
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

export interface TransportSettings {
  /** Origin of the sign-in endpoint; nothing is sent elsewhere. */
  readonly authority: string
  readonly secrets: readonly string[]
  readonly connectTimeout: number
  readonly answerTimeout: number
  readonly trusted?: string | undefined
  loadFetch(): Promise<Fetch>
}

/** Posts token requests. msal's own transport has no time-out and would repeat the secret wherever a 307 points. */
export function createTokenTransport(settings: TransportSettings): TokenTransport {
  let failure: unknown
  const keepFailure = (error: unknown): never => {
    failure = error
    throw error
  }
  return {
    failure: () => failure,
    sendGetRequestAsync: async () =>
      keepFailure(new Error('signing in asked for something other than a token')),
    sendPostRequestAsync: <Body>(url: string, request: TokenRequest = {}) =>
      post<Body>(settings, url, request).catch(keepFailure),
  }
}

async function post<Body>(settings: TransportSettings, url: string, request: TokenRequest) {
  const root = new URL(settings.authority)
  if (new URL(url).origin !== root.origin) throw new Error('the token endpoint is at another host')
  const fetch = await settings.loadFetch()
  const wire = watchSocket(await dial(root, settings))
  const answer = await sendOn(wire, fetch, {
    url,
    method: 'POST',
    headers: { ...request.headers, 'Accept-Encoding': 'identity', Connection: 'close' },
    body: request.body ?? '',
    timeout: settings.answerTimeout,
    secrets: settings.secrets,
  })
  return { status: answer.status, headers: {}, body: parseAnswer<Body>(answer.body, answer.status) }
}

function parseAnswer<Body>(body: Buffer, status: number): Body {
  const text = body.subarray(0, longestBody).toString('utf8')
  try {
    const parsed: unknown = JSON.parse(text)
    if (typeof parsed === 'object' && parsed !== null) return parsed as Body
  } catch {
    // Said below, without the text, which may hold anything.
  }
  throw new Error(`the answer (HTTP ${status}) is not a token`)
}
