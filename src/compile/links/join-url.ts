// Links that join Teams meetings, read without following them, in every form that people have them in. What they hold
// is in docs/graph-facts.md#join-links. It is loaded by `require` where a link is first read.

import { joinWords, quote } from '../../model/diagnostics/wording.js'
import { readCoordinates } from './coordinates.js'
import { readContext } from './link-context.js'
import {
  cutAt,
  decode,
  findParameter,
  from,
  JoinUrlProblem,
  orWhole,
  type Part,
  problem,
} from './link-part.js'
import { routeProblem } from './other-routes.js'
import { unwrap } from './unwrap.js'

export { remarkOnLink } from './link-cloud.js'
export { JoinUrlProblem }

/** A long link names the meeting's chat and organizer, a short one an id and a passcode. Absent parts are null. */
export interface JoinUrl {
  readonly kind: 'long' | 'short'
  readonly threadId: string | null
  readonly messageId: string | null
  readonly replyChainMessageId: string | null
  readonly tenantId: string | null
  readonly organizerId: string | null
  readonly joinMeetingId: string | null
  /** The link's `p`. Graph takes it as passcode in practice; that is not documented. */
  readonly passcode: string | null
}

export const teamsHosts: readonly string[] = [
  'teams.microsoft.com',
  'teams.cloud.microsoft',
  'teams.live.com',
  'teams.microsoft.us',
  'gov.teams.microsoft.us',
  'dod.teams.microsoft.us',
]

/** Reads a join link, percent-encoded, decoded or wrapped. Throws JoinUrlProblem. */
export function parseJoinUrl(text: string): JoinUrl {
  const link = unwrap(text)
  if (text.trim() === link) return parseLink({ text: link, start: text.length - text.trimStart().length })
  try {
    return parseLink({ text: link, start: 0 })
  } catch (error) {
    // Inside a wrapper nothing stands where it is written.
    if (!(error instanceof JoinUrlProblem)) throw error
    throw new JoinUrlProblem(error.words, 0, text.length, error.hint)
  }
}

const joinHint = 'Copy the one behind “Join” in the invitation.'
const idHint = 'The id of a meeting is no link: the template `join-meeting-id` takes it, with the passcode.'
const formHint =
  'It looks like `https://teams.microsoft.com/l/meetup-join/…` or `https://teams.microsoft.com/meet/…`.'

function parseLink(whole: Part): JoinUrl {
  if (whole.text === '') throw problem(whole, 'the link is empty', formHint)
  refuseMore(whole)
  return parseRoute(readHost(whole), whole)
}

/** Text before the link, a second link, or white space within this one. */
function refuseMore({ text, start }: Part): void {
  const first = text.search(/https?:\/\//i)
  if (first > 0 && !/^[a-z][a-z0-9+.-]*:\//i.test(text))
    throw problem(
      { text: text.slice(0, first), start },
      'something stands before the link',
      'Leave it out, and what may stand behind it.',
    )
  const second = text.slice(1).search(/https?:\/\//i)
  if (second >= 0) {
    const place = { text: text.slice(second + 1), start: start + second + 1 }
    throw problem(place, 'more than one link stands here', 'Give the one that joins the meeting.')
  }
  // A decoded context may have some.
  const space = /\s(?![^{]*\})/.exec(text)
  if (space === null || !/^https:/i.test(text)) return
  const place = { text: space[0], start: start + space.index }
  throw problem(
    place,
    'white space stands in the link',
    'Was it broken over two lines, or does text follow it?',
  )
}

function readHost(whole: Part): Part {
  const found = /^https:\/\/([^/?#]*)/i.exec(whole.text)
  if (found === null) {
    const scheme = /^[a-z][a-z0-9+.-]*:/i.exec(whole.text)?.[0] ?? whole.text
    const hint = /^msteams:/i.test(scheme)
      ? 'Write `https://teams.microsoft.com` in place of `msteams:`.'
      : /^[\d ]{9,}$/.test(whole.text)
        ? idHint
        : formHint
    throw problem({ text: scheme, start: whole.start }, 'a join link begins with `https://`', hint)
  }
  const host = { text: found[1]!, start: whole.start + 'https://'.length }
  const name = host.text.toLowerCase().replace(/:443$/, '')
  if (!teamsHosts.includes(name)) {
    if (/\/https?(?:%25)*(?::|%3a)/i.test(whole.text))
      throw problem(host, 'this link only leads to another one', 'Copy it from the meeting itself.')
    if (teamsHosts.some((each) => name.endsWith(`.${each}`)))
      throw problem(host, 'this link opens something else than a meeting', joinHint)
    const hint = quote`Teams meetings are at ${joinWords(
      teamsHosts.map((each) => quote`${each}`),
      ', ',
    )}.`
    throw problem(host, 'this is no host of Teams', hint)
  }
  return from(whole, found[0].length)
}

const longForm = /^\/l\/meetup-join\//i
const shortForm = /^\/meet\//i
/** Paths of the web client, which puts its own behind a `#`. */
const clientForm = /^\/(?:_|v2\/?)?$/i

function parseRoute(path: Part, whole: Part): JoinUrl {
  const [beforeHash, fragment] = cutAt(path, '#')
  const [route, query] = cutAt(beforeHash, '?')
  if (clientForm.test(route.text) && fragment?.text.startsWith('/')) return parseRoute(fragment, whole)
  refuseTrailing(fragment ?? path)
  const long = longForm.exec(route.text)
  if (long !== null) return readLong(from(route, long[0].length), query)
  const short = shortForm.exec(route.text)
  if (short !== null) return readShort(from(route, short[0].length), query)
  if (/^\/dl\/launcher\/launcher\.html$/i.test(route.text)) return readLauncher(query, whole)
  if (/^\/light-meetings\/launch$/i.test(route.text)) {
    const found = readCoordinates(orWhole(findParameter(query, 'coords'), route))
    return { ...nothing, ...found, kind: found.joinMeetingId === undefined ? 'long' : 'short' }
  }
  throw routeProblem(route, orWhole(route, whole), formHint)
}

/** What text puts behind a link; the last brace of a decoded context belongs to it. */
function refuseTrailing(part: Part): void {
  const found = /[^\w\-~%=+/}]+$/.exec(part.text)
  if (found === null) return
  const place = { text: found[0], start: part.start + found.index }
  throw problem(place, 'something stands behind the link', 'Leave it out.')
}

/** The page that starts the app has the path of the meeting in its query. */
function readLauncher(query: Part | undefined, whole: Part): JoinUrl {
  const url = findParameter(query, 'url')
  if (url === undefined)
    throw problem(whole, 'this link has lost its meeting', 'Copy it from the meeting itself.')
  const path = decode(url)
  if (!path.startsWith('/')) throw problem(url, 'this is no path of Teams', formHint)
  try {
    return parseRoute({ text: path, start: 0 }, whole)
  } catch (error) {
    if (!(error instanceof JoinUrlProblem)) throw error
    throw problem(url, error.words, error.hint)
  }
}

function readLong(rest: Part, query: Part | undefined): JoinUrl {
  const [thread, after] = cutAt(rest, '/')
  const threadId = decode(thread)
  if (!/^\d+:[^\s/@]+@[^\s/@]+$/.test(threadId)) {
    throw problem(
      orWhole(thread, rest),
      'this is no thread of a chat',
      'It looks like `19:meeting_…@thread.v2`.',
    )
  }
  const [message, more] = after === undefined ? [undefined] : cutAt(after, '/')
  const messageId = message === undefined ? '' : decode(message)
  if (message === undefined || !/^\d+$/.test(messageId)) {
    const hint = 'It follows the thread and is `0` for a scheduled meeting.'
    throw problem(orWhole(message, thread), 'the id of the message must be a number', hint)
  }
  refuseSegments(more)
  const context = readContext(findParameter(query, 'context'), message)
  return { ...nothing, kind: 'long', threadId, messageId, ...context }
}

const nothing = {
  threadId: null,
  messageId: null,
  replyChainMessageId: null,
  tenantId: null,
  organizerId: null,
  joinMeetingId: null,
  passcode: null,
} as const

/** In practice letters and digits; nothing else may end it, which would be the text's around it. */
const passcodeForm = /^[A-Za-z0-9](?:[A-Za-z0-9+/=_-]*[A-Za-z0-9])?$/

function readShort(rest: Part, query: Part | undefined): JoinUrl {
  const [id, more] = cutAt(rest, '/')
  const joinMeetingId = decode(id)
  if (!/^\d+$/.test(joinMeetingId)) throw problem(orWhole(id, rest), 'the id of a meeting is a number')
  refuseSegments(more)
  const part = findParameter(query, 'p')
  const passcode = part && decode(part)
  if (part !== undefined && passcode && !passcodeForm.test(passcode)) {
    const hint = 'Does something stand behind the link?'
    throw problem(part, 'a passcode has letters and digits alone', hint)
  }
  return { ...nothing, kind: 'short', joinMeetingId, passcode: passcode || null }
}

function refuseSegments(more: Part | undefined): void {
  if (more !== undefined && more.text !== '')
    throw problem(more, 'something stands behind the link', 'Leave it out.')
}
