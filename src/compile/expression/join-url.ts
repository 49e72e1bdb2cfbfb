// Links that join Teams meetings, read without following them. What they hold is in
// docs/graph-facts.md#join-links.

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

/** What is wrong with a link, and where in it; the message has no full stop. */
export class JoinUrlProblem extends Error {
  constructor(
    message: string,
    readonly start: number,
    readonly end: number,
    readonly hint?: string,
  ) {
    super(message)
  }
}

export const teamsHosts: readonly string[] = [
  'teams.microsoft.com',
  'teams.live.com',
  'gov.teams.microsoft.us',
  'dod.teams.microsoft.us',
]

/** Reads a join link, percent-encoded or decoded. Throws JoinUrlProblem. */
export function parseJoinUrl(text: string): JoinUrl {
  const whole = trimmed(text)
  const path = readHost(whole)
  const [route, query] = cutAt(cutAt(path, '#', isPathHash)[0], '?')
  const long = /^\/(?:_#\/)?l\/meetup-join\//i.exec(route.text)
  if (long !== null) return readLong(from(route, long[0].length), query)
  const short = /^\/meet\//i.exec(route.text)
  if (short !== null) return readShort(from(route, short[0].length), query)
  throw problem(route.text === '' ? whole : route, 'this Teams link joins no meeting', formHint)
}

const formHint =
  'It looks like `https://teams.microsoft.com/l/meetup-join/…` or `https://teams.microsoft.com/meet/…`.'

/** A part of the link as it stands there, with its place. */
interface Part {
  readonly text: string
  readonly start: number
}

const problem = ({ text, start }: Part, message: string, hint?: string): JoinUrlProblem =>
  new JoinUrlProblem(message, start, start + text.length, hint)

const from = ({ text, start }: Part, length: number): Part => ({
  text: text.slice(length),
  start: start + length,
})

/** The parts before and after a separator; without one, the second is undefined. */
function cutAt(
  part: Part,
  separator: string,
  isOther?: (index: number, text: string) => boolean,
): [Part, Part?] {
  let index = part.text.indexOf(separator)
  if (index >= 0 && isOther?.(index, part.text)) index = part.text.indexOf(separator, index + 1)
  if (index < 0) return [part]
  return [{ text: part.text.slice(0, index), start: part.start }, from(part, index + 1)]
}

/** The web client puts its path after `/_#`. */
const isPathHash = (index: number, text: string): boolean => text.startsWith('/_#/') && index === 2

function trimmed(text: string): Part {
  const start = text.length - text.trimStart().length
  const part = { text: text.trim(), start }
  if (part.text === '') throw problem({ text, start: 0 }, 'the link is empty', formHint)
  return part
}

function readHost(whole: Part): Part {
  const found = /^https:\/\/([^/?#]*)/i.exec(whole.text)
  if (found === null) {
    const scheme = /^[a-z][a-z0-9+.-]*:/i.exec(whole.text)?.[0] ?? whole.text
    throw problem({ text: scheme, start: whole.start }, 'a join link begins with `https://`', formHint)
  }
  const host = { text: found[1]!, start: whole.start + 'https://'.length }
  if (!teamsHosts.includes(host.text.toLowerCase()))
    throw problem(host, 'this is no host of Teams', hostHint(host))
  return from(whole, found[0].length)
}

const hostHint = ({ text }: Part): string =>
  text.toLowerCase().endsWith('.safelinks.protection.outlook.com')
    ? 'Mail has wrapped the link: copy it from the meeting itself.'
    : `Teams meetings are at ${teamsHosts.map((host) => `\`${host}\``).join(', ')}.`

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
  const message = after && cutAt(after, '/')[0]
  const messageId = message === undefined ? '' : decode(message)
  if (message === undefined || !/^\d+$/.test(messageId)) {
    const hint = 'It follows the thread and is `0` for a scheduled meeting.'
    throw problem(orWhole(message, thread), 'the id of the message must be a number', hint)
  }
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

function readShort(rest: Part, query: Part | undefined): JoinUrl {
  const id = cutAt(rest, '/')[0]
  const joinMeetingId = decode(id)
  if (!/^\d+$/.test(joinMeetingId)) throw problem(orWhole(id, rest), 'the id of a meeting is a number')
  const passcode = findParameter(query, 'p')
  return { ...nothing, kind: 'short', joinMeetingId, passcode: passcode ? decode(passcode) || null : null }
}

/** An empty part has no place to point at. */
const orWhole = (part: Part | undefined, other: Part): Part =>
  part !== undefined && part.text !== '' ? part : other

/** The link is cut before it is decoded, so that what an encoded part holds cannot shift the others. */
function decode(part: Part): string {
  const space = /\s/.exec(part.text)
  if (space !== null) {
    const place = { text: space[0], start: part.start + space.index }
    throw problem(place, 'white space stands in the link', 'Was it broken over two lines?')
  }
  return decodeText(part)
}

function decodeText(part: Part): string {
  try {
    return decodeURIComponent(part.text)
  } catch {
    const index = part.text.search(/%(?![0-9a-f]{2})/i)
    const place = index < 0 ? part : { text: part.text.slice(index, index + 3), start: part.start + index }
    throw problem(place, 'this is not well percent-encoded', 'Is the link complete?')
  }
}

function findParameter(query: Part | undefined, name: string): Part | undefined {
  for (let rest = query; rest !== undefined; ) {
    const [pair, next]: [Part, Part?] = cutAt(rest, '&')
    const [key, value] = cutAt(pair, '=')
    if (key.text.toLowerCase() === name) return value ?? from(pair, pair.text.length)
    rest = next
  }
  return undefined
}

type Context = Pick<JoinUrl, 'tenantId' | 'organizerId' | 'replyChainMessageId'>

function readContext(part: Part | undefined, before: Part): Context {
  const hint = 'It follows `?context=` and has `Tid` and `Oid`. Is the link complete?'
  if (part === undefined) throw problem(before, 'the link has no context', hint)
  const context = parseObject(decodeText(part))
  if (context === undefined) throw problem(orWhole(part, before), 'the context is not a JSON object', hint)
  return {
    tenantId: readId(context, 'Tid', 'the tenant', part),
    organizerId: readId(context, 'Oid', 'the organizer', part),
    replyChainMessageId: readMessageId(context, part),
  }
}

type Members = ReadonlyMap<string, unknown>

function parseObject(text: string): Members | undefined {
  try {
    const value: unknown = JSON.parse(text)
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isObject ? new Map(Object.entries(value)) : undefined
  } catch {
    return undefined
  }
}

const idForm = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

function readId(context: Members, name: string, whose: string, part: Part): string {
  const value = context.get(name)
  if (value === undefined) throw problem(part, `the context has no \`${name}\`: the id of ${whose}`)
  if (typeof value === 'string' && idForm.test(value)) return value
  throw problem(placeOf(value, part), `\`${name}\`, the id of ${whose}, is no UUID`, 'Is the link complete?')
}

function readMessageId(context: Members, part: Part): string | null {
  const value = context.get('MessageId') ?? null
  if (value === null || (typeof value === 'string' && /^\d+$/.test(value))) return value
  throw problem(placeOf(value, part), '`MessageId` is no id of a message')
}

/** Where a value of the context stands, if it stands there as it is. */
function placeOf(value: unknown, part: Part): Part {
  const text = String(value)
  const index = text === '' ? -1 : part.text.indexOf(text)
  return index < 0 ? part : { text, start: part.start + index }
}
