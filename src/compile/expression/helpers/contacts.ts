import type { Cloud } from '../../../model/call.js'
import type { JsonObject, JsonValue } from '../../../model/json.js'
import type { JoinUrl } from '../../links/join-url.js'
import { HelperProblem } from '../helper-results.js'
import type { Shape } from '../shape.js'
import { type Helpers, type Remark, text, type Value } from './helper.js'

/** Phone numbers and meetings. */
export const contactHelpers: Helpers = {
  e164: {
    parameters: [text('number'), { name: 'region', type: 'text', isOptional: true }],
    meaning:
      'A phone number as people write it in E.164 form; the region (such as `DE`) is needed when the number has no country code. Numbers that cannot exist, and two in one text, are errors.',
    example: ['{{e164 "(425) 882-8080" "US"}}', '+14258828080'],
    run: (number, region) => readNumber(number as string, region as string | undefined),
  },
  parseJoinUrl: {
    parameters: [text('url')],
    meaning:
      'What a Teams join link holds: kind (`long` or `short`), threadId, messageId, replyChainMessageId, tenantId, organizerId, joinMeetingId, passcode; null for what it lacks.',
    example: [
      '{{parseJoinUrl "https://teams.microsoft.com/meet/2345678901234?p=aBcD"}}',
      {
        kind: 'short',
        threadId: null,
        messageId: null,
        replyChainMessageId: null,
        tenantId: null,
        organizerId: null,
        joinMeetingId: '2345678901234',
        passcode: 'aBcD',
      },
    ],
    yields: textsNamed([
      ...['kind', 'threadId', 'messageId', 'replyChainMessageId', 'tenantId'],
      ...['organizerId', 'joinMeetingId', 'passcode'],
    ]),
    remark: remarkOnUrl,
    run: (url) => ({ ...readUrl(url as string) }),
  },
  chatInfo: {
    parameters: [text('url')],
    meaning: 'The `chatInfo` of a call that joins by a long join link; a short link has none.',
    example: [
      '{{chatInfo "https://teams.microsoft.com/l/meetup-join/19%3ameeting_x%40thread.v2/0?context=%7b%22Tid%22%3a%2272f988bf-86f1-41af-91ab-2d7cd011db47%22%2c%22Oid%22%3a%224b444206-207c-42f8-92a6-e332b41c88a2%22%7d"}}',
      { '@odata.type': '#microsoft.graph.chatInfo', threadId: '19:meeting_x@thread.v2', messageId: '0' },
    ],
    yields: textsNamed(['@odata.type', 'threadId', 'messageId', 'replyChainMessageId']),
    remark: remarkOnUrl,
    run: (url) => chatInfoOf(readUrl(url as string), url as string),
  },
  meetingInfo: {
    parameters: [text('url')],
    meaning:
      'The `meetingInfo` of a call that joins by a link: `organizerMeetingInfo` of a long one, `joinMeetingIdMeetingInfo` of a short one.',
    example: [
      '{{meetingInfo "https://teams.microsoft.com/meet/2345678901234?p=aBcD"}}',
      {
        '@odata.type': '#microsoft.graph.joinMeetingIdMeetingInfo',
        joinMeetingId: '2345678901234',
        passcode: 'aBcD',
      },
    ],
    remark: remarkOnUrl,
    run: (url) => meetingInfoOf(readUrl(url as string)),
  },
}

function textsNamed(names: readonly string[]): Shape {
  return { kind: 'object', properties: new Map(names.map((name) => [name, { kind: 'scalar' }])) }
}

function readNumber(number: string, region: string | undefined): string {
  // A bundled `require` runs the file when it is first reached, in every build.
  const { readPhoneNumber } = require('../../numbers/phone.js') as typeof import('../../numbers/phone.js')
  // A cell of a table may be empty.
  const found = readPhoneNumber(number, region === '' ? undefined : region)
  if ('number' in found) return found.number
  throw new HelperProblem(found.problem, {
    place: { argument: 0, start: 0, end: number.length },
    ...(found.hint !== undefined && { hint: found.hint }),
  })
}

function remarkOnUrl(cloud: Cloud, url: Value): Remark | undefined {
  const { remarkOnLink } = require('../../links/join-url.js') as typeof import('../../links/join-url.js')
  return remarkOnLink(url as string, cloud)
}

function readUrl(url: string): JoinUrl {
  const { parseJoinUrl, JoinUrlProblem } =
    require('../../links/join-url.js') as typeof import('../../links/join-url.js')
  try {
    return parseJoinUrl(url)
  } catch (error) {
    if (!(error instanceof JoinUrlProblem)) throw error
    const { message, start, end, hint } = error
    throw new HelperProblem(message, {
      place: { argument: 0, start, end },
      ...(hint !== undefined && { hint }),
    })
  }
}

function chatInfoOf({ threadId, messageId, replyChainMessageId }: JoinUrl, url: string): JsonObject {
  if (threadId === null || messageId === null) {
    throw new HelperProblem('a short join link does not tell its chat', {
      place: { argument: 0, start: 0, end: url.length },
      hint: 'Leave `chatInfo` out: a call that joins by a meeting’s id needs none.',
    })
  }
  const reply = replyChainMessageId === null ? {} : { replyChainMessageId }
  return { '@odata.type': '#microsoft.graph.chatInfo', threadId, messageId, ...reply }
}

function meetingInfoOf(link: JoinUrl): JsonValue {
  if (link.joinMeetingId !== null) {
    const { joinMeetingId, passcode } = link
    return { '@odata.type': '#microsoft.graph.joinMeetingIdMeetingInfo', joinMeetingId, passcode }
  }
  const user = { '@odata.type': '#microsoft.graph.identity', id: link.organizerId, tenantId: link.tenantId }
  return {
    '@odata.type': '#microsoft.graph.organizerMeetingInfo',
    organizer: { '@odata.type': '#microsoft.graph.identitySet', user },
  }
}
