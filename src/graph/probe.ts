import type { Probe } from '../model/doctor.js'
import type { Environment } from '../model/environment.js'
import { sendOn } from './answer/exchange.js'
import { dial, refuseUncheckedTls } from './wire/dial.js'
import { loadFetch } from './wire/load-fetch.js'
import { watchSocket } from './wire/wire.js'

export interface ProbeSettings {
  /** callctl's own, for User-Agent. */
  readonly version: string
  readonly environment: Environment
  /** Milliseconds for DNS, TCP and TLS together, and then for the answer. */
  readonly timeout?: number
  /** PEM certificates to trust instead of Node's own. */
  readonly trusted?: string
}

/**
 * Whether anybody answers at a URL: one request without token, body or cookies, over the way that calls take. Throws
 * NotSentError, which says at which step it ended, LostAnswerError, and UsageError for unchecked TLS.
 */
export async function probe(url: string, method: 'GET' | 'HEAD', settings: ProbeSettings): Promise<Probe> {
  const { environment, timeout = 10_000, trusted, version } = settings
  refuseUncheckedTls(environment)
  const fetch = await loadFetch()
  const wire = watchSocket(await dial(new URL(url), { connectTimeout: timeout, trusted, environment }))
  const headers = {
    Accept: '*/*',
    'Accept-Encoding': 'identity',
    'User-Agent': `callctl/${version}`,
    Connection: 'close',
  }
  const answer = await sendOn(wire, fetch, { url, method, headers, timeout, secrets: [] })
  const date = Date.parse(answer.header('date') ?? '')
  return { status: answer.status, ...(!Number.isNaN(date) && { date }) }
}
