import type { Environment } from '../../model/environment.js'
import { NotSentError } from '../../model/errors.js'
import { isLoopback } from './roots.js'

/** A proxy that opens tunnels. */
export interface HttpProxy {
  readonly url: URL
  /** For people: without the name and password that the variable may hold. */
  readonly name: string
  /** `Proxy-Authorization`, which goes to the proxy alone. */
  readonly authorization?: string
}

const hint = 'HTTPS_PROXY is a URL such as http://proxy.example.com:3128'

/**
 * The proxy that the environment names for an https URL; never one for this machine. Throws NotSentError for one
 * that cannot be used. The package reads the process's own variables; `environment` is for what it hides.
 */
export async function findProxy(target: URL, environment: Environment): Promise<HttpProxy | undefined> {
  if (target.protocol !== 'https:' || isLoopback(target.hostname)) return undefined
  const { getProxyForUrl } = await import('proxy-from-env')
  const text = withScheme(getProxyForUrl(target.href), environment)
  return text === '' ? undefined : readProxy(text)
}

const variables = ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY']

/** The package takes `proxy:3128` for a proxy that speaks TLS, all other programs for one that does not. */
function withScheme(found: string, environment: Environment): string {
  const bare = found.replace(/^https:\/\//, '')
  return bare !== found && variables.some((name) => environment[name] === bare) ? `http://${bare}` : found
}

/** The text may hold a password, so that no message repeats it. Throws NotSentError. */
export function readProxy(text: string): HttpProxy {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || url.hostname === '')
    throw new NotSentError(`The proxy is not a URL. ${hint}`, false)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new NotSentError(`A proxy of the kind ${url.protocol} is not supported. ${hint}`, false)
  }
  const authorization = readAuthorization(url)
  return { url, name: `the proxy ${url.host}`, ...(authorization !== undefined && { authorization }) }
}

function readAuthorization({ username, password }: URL): string | undefined {
  if (username === '' && password === '') return undefined
  const credentials = `${decode(username)}:${decode(password)}`
  return `Basic ${Buffer.from(credentials, 'utf8').toString('base64')}`
}

/** As it is, where a stray `%` makes it no encoding. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
