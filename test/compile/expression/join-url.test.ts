import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  type JoinUrl,
  JoinUrlProblem,
  parseJoinUrl,
  teamsHosts,
} from '../../../src/compile/expression/join-url.js'
import { complaintOf, yieldOf } from './helpers-yield.js'

const tenantId = '72f988bf-86f1-41af-91ab-2d7cd011db47'
const organizerId = '4b444206-207c-42f8-92a6-e332b41c88a2'
const threadId = '19:meeting_NTg0NmQ3NTctZDVkZC00YzRh@thread.v2'
const context = (more: object = {}): string => JSON.stringify({ Tid: tenantId, Oid: organizerId, ...more })

interface Link {
  readonly host?: string
  readonly thread?: string
  readonly message?: string
  readonly context?: string
}
const decoded = (link: Link = {}): string =>
  `https://${link.host ?? 'teams.microsoft.com'}/l/meetup-join/${link.thread ?? threadId}/${link.message ?? '0'}` +
  `?context=${link.context ?? context()}`
const encoded = (link: Link = {}): string =>
  decoded({
    ...link,
    thread: encodeURIComponent(link.thread ?? threadId),
    context: encodeURIComponent(link.context ?? context()),
  })

const nothing = {
  threadId: null,
  messageId: null,
  replyChainMessageId: null,
  tenantId: null,
  organizerId: null,
  joinMeetingId: null,
  passcode: null,
}
const long: JoinUrl = { ...nothing, kind: 'long', threadId, messageId: '0', tenantId, organizerId }
const short: JoinUrl = { ...nothing, kind: 'short', joinMeetingId: '2345678901234', passcode: 'aBcD' }

const links = suite('join links')

for (const host of teamsHosts) {
  links(`${host}, encoded and decoded`, () => {
    assert.equal(parseJoinUrl(encoded({ host })), long)
    assert.equal(parseJoinUrl(decoded({ host })), long)
    assert.equal(parseJoinUrl(`https://${host}/meet/2345678901234?p=aBcD`), short)
  })
}

const read: readonly (readonly [string, string, JoinUrl])[] = [
  ['a mix of both encodings', decoded({ thread: encodeURIComponent(threadId) }), long],
  ['escapes in small letters', encoded().replace(/%[0-9A-F]{2}/g, (each) => each.toLowerCase()), long],
  ['white space around it', ` ${encoded()}\n`, long],
  ['a scheme and host in capitals', encoded().replace('https://teams', 'HTTPS://Teams'), long],
  ['other parameters around the context', `${encoded().replace('?context', '?a=b&context')}&anon=true`, long],
  ['a fragment', `${encoded()}#x`, long],
  ['the web client’s path', encoded().replace('/l/', '/_#/l/'), long],
  ['a context with spaces in it', decoded({ context: context().replaceAll(',', ', ') }), long],
  [
    'a message of a channel',
    encoded({
      thread: '19:cbee7c1c860e465f@thread.tacv2',
      message: '1533758867081',
      context: context({ MessageId: '15' }),
    }),
    {
      ...long,
      threadId: '19:cbee7c1c860e465f@thread.tacv2',
      messageId: '1533758867081',
      replyChainMessageId: '15',
    },
  ],
  ['a context with a question mark and slash', encoded({ context: context({ x: '?/#&' }) }), long],
  [
    'a short link without passcode',
    'https://teams.microsoft.com/meet/123',
    { ...short, joinMeetingId: '123', passcode: null },
  ],
  [
    'a short link with an empty passcode',
    'https://teams.microsoft.com/meet/123?p=',
    { ...short, joinMeetingId: '123', passcode: null },
  ],
  [
    'an encoded passcode',
    'https://teams.microsoft.com/meet/2345678901234?p=a%2BcD',
    { ...short, passcode: 'a+cD' },
  ],
]
for (const [name, link, wanted] of read) links(name, () => assert.equal(parseJoinUrl(link), wanted))

/** The part of a link that the complaint is about. */
function complainedAt(link: string): string {
  try {
    parseJoinUrl(link)
  } catch (error) {
    if (!(error instanceof JoinUrlProblem)) throw error
    return link.slice(error.start, error.end)
  }
  throw new Error('no complaint')
}

const mistakes = suite('mistakes in join links')

const wrong: readonly (readonly [string, string, string])[] = [
  ['nothing', '', ''],
  ['no link', 'see the invitation', 'see the invitation'],
  ['plain http', encoded().replace('https:', 'http:'), 'http:'],
  ['another scheme', 'msteams:/l/meetup-join/x', 'msteams:'],
  ['another host', encoded({ host: 'teams.example.com' }), 'teams.example.com'],
  [
    'a host that only looks right',
    encoded({ host: 'teams.microsoft.com.example.com' }),
    'teams.microsoft.com.example.com',
  ],
  [
    'a user before the host',
    encoded({ host: 'teams.microsoft.com@example.com' }),
    'teams.microsoft.com@example.com',
  ],
  ['a port', encoded({ host: 'teams.microsoft.com:8443' }), 'teams.microsoft.com:8443'],
  ['a link to a chat', 'https://teams.microsoft.com/l/chat/19:x@thread.v2/0', '/l/chat/19:x@thread.v2/0'],
  ['no path', 'https://teams.microsoft.com', 'https://teams.microsoft.com'],
  ['a thread that is none', encoded({ thread: 'meeting' }), 'meeting'],
  ['no message', `https://teams.microsoft.com/l/meetup-join/${threadId}?context=${context()}`, threadId],
  ['a message that is no number', encoded({ message: 'x' }), 'x'],
  ['no context', 'https://teams.microsoft.com/l/meetup-join/19:x@thread.v2/0', '0'],
  ['a context that is cut off', decoded({ context: '{"Tid":"72f9' }), '{"Tid":"72f9'],
  ['a context that is a list', decoded({ context: '[]' }), '[]'],
  ['a context without Tid', decoded({ context: `{"Oid":"${organizerId}"}` }), `{"Oid":"${organizerId}"}`],
  ['a context without Oid', decoded({ context: `{"Tid":"${tenantId}"}` }), `{"Tid":"${tenantId}"}`],
  ['a Tid that is no id', encoded({ context: context({ Tid: 'contoso' }) }), 'contoso'],
  [
    'an Oid that is cut off',
    decoded({ context: context({ Oid: organizerId.slice(0, 30) }) }),
    organizerId.slice(0, 30),
  ],
  ['a MessageId that is text', encoded({ context: context({ MessageId: 'x-1' }) }), 'x-1'],
  ['a bad escape', encoded().replace('%40', '%4'), '%4t'],
  ['a line break', encoded().replace('/0?', '/\n0?'), '\n'],
  ['a meeting id with letters', 'https://teams.microsoft.com/meet/12ab?p=x', '12ab'],
  ['no meeting id', 'https://teams.microsoft.com/meet/?p=x', ''],
]
for (const [name, link, at] of wrong) mistakes(name, () => assert.is(complainedAt(link), at))

mistakes('a link that mail has wrapped has a hint', () => {
  const wrapped = `https://eur01.safelinks.protection.outlook.com/?url=${encodeURIComponent(encoded())}`
  assert.match(complaintOf('{{parseJoinUrl url}}', { url: wrapped })?.hint ?? '', /wrapped/)
})

mistakes('any text gives a link or a complaint within it', () => {
  const pieces = fc.constantFrom(
    ...encoded().split(/(?=[/?%:])/),
    '/meet/',
    '?p=',
    '#',
    '&',
    '%',
    ' ',
    '"',
    '{}',
    '\ud800',
  )
  const check = (parts: readonly string[]): void => {
    const text = parts.join('')
    try {
      parseJoinUrl(text)
    } catch (error) {
      assert.instance(error, JoinUrlProblem)
      const { start, end } = error as JoinUrlProblem
      assert.ok(start >= 0 && start <= end && end <= text.length)
    }
  }
  const starts = fc.constantFrom(
    '',
    'https://',
    'https://teams.microsoft.com/l/meetup-join/',
    'https://teams.microsoft.com/meet/',
  )
  const texts = fc.tuple(starts, fc.array(pieces, { maxLength: 30 })).map(([start, rest]) => [start, ...rest])
  fc.assert(fc.property(texts, check), { seed: 7, numRuns: 1000 })
})

const helpers = suite('helpers of join links')

helpers('meetingInfo of a long link names organizer and tenant', () =>
  assert.equal(yieldOf('{{meetingInfo url}}', { url: encoded() }), {
    '@odata.type': '#microsoft.graph.organizerMeetingInfo',
    organizer: {
      '@odata.type': '#microsoft.graph.identitySet',
      user: { '@odata.type': '#microsoft.graph.identity', id: organizerId, tenantId },
    },
  }),
)
helpers('chatInfo has the reply chain where the link has it', () =>
  assert.equal(yieldOf('{{chatInfo url}}', { url: encoded({ context: context({ MessageId: '7' }) }) }), {
    '@odata.type': '#microsoft.graph.chatInfo',
    threadId,
    messageId: '0',
    replyChainMessageId: '7',
  }),
)
helpers('chatInfo of a short link is refused', () =>
  assert.match(
    complaintOf('{{chatInfo "https://teams.microsoft.com/meet/1?p=x"}}')?.hint ?? '',
    /Leave `chatInfo` out/,
  ),
)
helpers('what parseJoinUrl yields is known to the check of paths', () => {
  assert.is(yieldOf('{{#with (parseJoinUrl url)}}{{tenantId}}{{/with}}', { url: encoded() }), tenantId)
  assert.is(
    complaintOf('{{#with (parseJoinUrl url)}}{{tenant}}{{/with}}', { url: encoded() })?.code,
    'variable/undefined',
  )
})
helpers('a complaint points into the link, where it is written', () => {
  const found = complaintOf('Join {{json (parseJoinUrl "https://teams.example.com/meet/1")}}')
  assert.is(found?.code, 'expression/arguments')
  assert.is(found?.at, 'teams.example.com')
})
helpers('with escapes in the literal, a complaint points at all of it', () => {
  const literal = '"https://teams.microsoft.com/l/meetup-join/19:x@thread.v2/0?context={\\"Tid\\":1}"'
  assert.is(complaintOf(`{{chatInfo ${literal}}}`)?.at, literal)
})
helpers('a complaint about a variable points at its name', () =>
  assert.is(complaintOf('{{chatInfo link}}', { link: 'x' })?.at, 'link'),
)

links.run()
mistakes.run()
helpers.run()
