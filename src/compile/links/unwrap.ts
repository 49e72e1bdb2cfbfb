// What mail, chat and proxies put around a link. It is taken off by what stands in the text: no link is followed.

import { JoinUrlProblem } from './link-part.js'

/** The link inside, however often it is wrapped; the text itself where it is not. */
export function unwrap(text: string): string {
  let link = plainOf(text)
  for (let round = 0; round < mostRounds; round += 1) {
    const inner = unwrapOnce(link)
    if (inner === undefined) return link
    link = plainOf(inner)
  }
  throw new JoinUrlProblem('the link is wrapped too often', 0, text.length, copyHint)
}

const mostRounds = 6
const copyHint = 'Copy it from the meeting itself.'

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  '#38': '&',
  '#x26': '&',
  quot: '"',
  '#34': '"',
}

/** Without the angle brackets that mail puts around a link, and the entities of HTML. */
const plainOf = (text: string): string =>
  text
    .trim()
    .replace(/^<([^<>]*)>$/, '$1')
    .trim()
    .replace(/&(amp|quot|#38|#34|#x26);/gi, (_, name: string) => entities[name.toLowerCase()]!)

/** Hosts that have the link in a parameter. */
const wrappers: readonly (readonly [host: RegExp, path: RegExp, parameters: readonly string[]])[] = [
  [/(?:^|\.)safelinks\.protection\.outlook\.com$/, /^/, ['url']],
  [/(?:^|\.)safelinks\.protection\.office365\.us$/, /^/, ['url']],
  [/(?:^|\.)safelinks\.protection\.(?:partner\.)?outlook\.cn$/, /^/, ['url']],
  [/(?:^|\.)safelinks\.[a-z.]*\.?(?:microsoft\.us|microsoft\.com|apps\.mil|outlook\.de)$/, /^/, ['url']],
  [
    /^statics[a-z]*\.(?:[a-z]+\.)?teams\.(?:cdn\.office\.net|microsoft\.us|microsoft\.com)$/,
    /safelinks/,
    ['url'],
  ],
  [/^outlook(?:-[a-z]+)?\.(?:office|office365|cloud)\.(?:com|us|microsoft)$/, /safelink/, ['url']],
  [/^(?:www\.)?google\.[a-z]{2,3}(?:\.[a-z]{2})?$/, /^\/url$/, ['q', 'url']],
]

/** What stands behind a host that Defender for Cloud Apps puts itself before. */
const proxied = /(?:(?<=\.com)\.[a-z]{2}\d?)?\.(?:mcas\.ms|cas\.ms|mcas-gov\.us|mcas-gov\.ms)$/

/** Those whose own spelling of a link cannot be read back for certain. */
const opaque =
  /(?:^|\.)(?:urldefense\.com|urldefense\.proofpoint\.com|urldefense\.us|mimecastprotect\.com|mimecast\.com|cudasvc\.com|slack-redir\.net|trendmicro\.com|fireeye\.com|checkpoint\.com|sophos\.com|linkedin\.com|lnkd\.in|bit\.ly|tinyurl\.com|aka\.ms)$/

function unwrapOnce(link: string): string | undefined {
  if (/^https?%3a/i.test(link)) return decodeAll(link)
  const url = /^https?:\/\//i.test(link) && URL.canParse(link) ? new URL(link) : undefined
  if (url === undefined) return undefined
  const host = url.hostname.toLowerCase()
  const wrapper = wrappers.find(([hosts, paths]) => hosts.test(host) && paths.test(url.pathname))
  if (wrapper !== undefined) return parameterOf(url, wrapper[2], link)
  if (opaque.test(host))
    throw new JoinUrlProblem('this link only leads to another one', 0, link.length, copyHint)
  if (proxied.test(host)) return link.replace(/^(https?:\/\/)[^/?#]*/i, `$1${host.replace(proxied, '')}`)
  return /\/meetup-join\/[^?]*%25(?:3a|40)|%25(?:7b|22)/i.test(link) ? onceDecoded(link) : undefined
}

function parameterOf(url: URL, names: readonly string[], link: string): string {
  // `URLSearchParams` would make a space of a `+` that belongs to a passcode.
  for (const pair of url.search.slice(1).split('&')) {
    const [name = '', ...value] = pair.split('=')
    if (names.includes(name.toLowerCase())) return decodeAll(value.join('='))
  }
  throw new JoinUrlProblem(
    'mail or chat has wrapped this link, and cut off what was in it',
    0,
    link.length,
    copyHint,
  )
}

function decodeAll(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new JoinUrlProblem('this is not well percent-encoded', 0, text.length, 'Is the link complete?')
  }
}

/** Of a link that was encoded once too often. */
const onceDecoded = (link: string): string => link.replace(/%25(?=[0-9a-f]{2})/gi, '%')
