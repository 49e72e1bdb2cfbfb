import type { Cloud } from '../../model/call.js'
import { UsageError } from '../../model/errors.js'

/** Where Graph is, and who signs in to it. The bearer token goes to `url` and nowhere else. */
export interface GraphRoot {
  /** Without a slash at the end, such as `https://graph.microsoft.com`. */
  readonly url: string
  /** Where tokens come from, such as `https://login.microsoftonline.com`. */
  readonly authority?: string
  /** What a token is asked for; `{url}/.default` when absent. */
  readonly scope?: string
  /** Set when calls of other clouds must not be sent here. */
  readonly cloud?: Cloud
}

const clouds: Readonly<Record<Cloud, readonly [string, string]>> = {
  global: ['https://graph.microsoft.com', 'https://login.microsoftonline.com'],
  'us-gov': ['https://graph.microsoft.us', 'https://login.microsoftonline.us'],
  'us-gov-dod': ['https://dod-graph.microsoft.us', 'https://login.microsoftonline.us'],
}

export function cloudRoot(cloud: Cloud): GraphRoot {
  const [url, authority] = clouds[cloud]
  return { url, authority, scope: `${url}/.default`, cloud }
}

const rootHint = 'Give a URL such as https://graph.example.com, or http://127.0.0.1:4000 for this machine.'

/** A root from outside, normalized: https, or http to loopback. Throws UsageError for anything else. */
export function checkedRoot(text: string): string {
  const url = parseRoot(text)
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new UsageError(`${url.origin} is not this machine, so it needs https`, rootHint)
  }
  return url.origin + url.pathname.replace(/\/+$/, '')
}

/** As checkedRoot, for a simulator: it has to be on this machine. */
export function loopbackRoot(text: string): string {
  const url = parseRoot(text)
  if (!isLoopback(url.hostname)) {
    throw new UsageError(
      `${url.origin} is not this machine`,
      'A simulator is reached at 127.0.0.1 or localhost.',
    )
  }
  return checkedRoot(text)
}

function parseRoot(text: string): URL {
  // URL would drop blanks and read a backslash as a slash: what a person read is then not what it means.
  if (/[\s\\\u0000-\u001f\u007f-\u009f]/.test(text) || !URL.canParse(text)) {
    throw new UsageError('The Graph root is not a URL', rootHint)
  }
  // The text may hold a password, so these messages do not repeat it.
  if (text.includes('@')) throw new UsageError('The Graph root holds a user name or an @', rootHint)
  if (/[?#]/.test(text)) throw new UsageError('The Graph root holds a query or a fragment', rootHint)
  const url = new URL(text)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new UsageError(`The Graph root has the scheme ${url.protocol} instead of https:`, rootHint)
  }
  return url
}

/** For a host name as URL normalizes it: `127.1` is `127.0.0.1` there. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)
}

/** Whether an IP address is of the own machine, link or network, where Azure has its identity endpoints. */
export function isPrivate(address: string): boolean {
  return (
    /^(127|10|169\.254|192\.168|172\.(1[6-9]|2\d|3[01]))\.[\d.]+$/.test(address) ||
    /^(::1$|fe80:|f[cd][\da-f]{2}:)/i.test(address)
  )
}
