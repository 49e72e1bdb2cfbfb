import { type Members, parseObject, readId } from './link-context.js'
import { decode, type Part, problem } from './link-part.js'

/** Of the link that the web client makes for guests: either those of a long link, or those of a short one. */
export interface Coordinates {
  readonly threadId?: string
  readonly messageId?: string
  readonly tenantId?: string
  readonly organizerId?: string
  readonly joinMeetingId?: string
  readonly passcode?: string | null
}

const hint = 'Copy the link from the meeting itself.'

/** `coords`: JSON, at times percent-encoded, in base64. */
export function readCoordinates(part: Part): Coordinates {
  const members = parseCoordinates(decode(part))
  if (members === undefined) throw problem(part, 'this link has no coordinates of a meeting', hint)
  const code = members.get('meetingCode')
  if (code !== undefined && code !== '') return readCode(members, part)
  const [threadId, messageId] = [members.get('conversationId'), String(members.get('messageId') ?? '0')]
  if (typeof threadId !== 'string' || !/^\d+:[^\s/@]+@[^\s/@]+$/.test(threadId) || !/^\d+$/.test(messageId))
    throw problem(part, 'these coordinates have no thread of a chat', hint)
  return {
    threadId,
    messageId,
    tenantId: readId(members, 'tenantId', 'the tenant', part),
    organizerId: readId(members, 'organizerId', 'the organizer', part),
  }
}

function readCode(members: Members, part: Part): Coordinates {
  const [code, passcode] = [String(members.get('meetingCode')), members.get('passcode') ?? null]
  if (!/^\d+$/.test(code)) throw problem(part, 'the id of a meeting is a number', hint)
  if (passcode !== null && (typeof passcode !== 'string' || !/^[A-Za-z0-9]*$/.test(passcode)))
    throw problem(part, 'a passcode has letters and digits alone', hint)
  return { joinMeetingId: code, passcode: passcode === '' ? null : passcode }
}

function parseCoordinates(text: string): Members | undefined {
  if (!/^[A-Za-z0-9+/_-]+=*$/.test(text)) return undefined
  const json = Buffer.from(text, 'base64').toString('utf8')
  const found = parseObject(json)
  if (found !== undefined) return found
  try {
    return parseObject(decodeURIComponent(json))
  } catch {
    return undefined
  }
}
