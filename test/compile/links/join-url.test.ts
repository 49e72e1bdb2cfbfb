import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  type JoinUrl,
  JoinUrlProblem,
  parseJoinUrl,
  teamsHosts,
} from '../../../src/compile/links/join-url.js'
import { complaintOf, yieldOf } from '../expression/helpers-yield.js'

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

const pathOf = (link: string): string => link.replace(/^https:\/\/[^/]*/, '')
const base64 = (value: object): string =>
  Buffer.from(JSON.stringify(value)).toString('base64').replace(/=+$/, '')
const coords = (isEncoded = false): string => {
  const value = JSON.stringify({ conversationId: threadId, tenantId, messageId: '0', organizerId })
  return Buffer.from(isEncoded ? encodeURIComponent(value) : value)
    .toString('base64')
    .replace(/=+$/, '')
}

const links = suite('join links')

for (const host of teamsHosts) {
  links(`${host}, encoded and decoded`, () => {
    assert.equal(parseJoinUrl(encoded({ host })), long)
    assert.equal(parseJoinUrl(decoded({ host })), long)
    assert.equal(parseJoinUrl(`https://${host}/meet/2345678901234?p=aBcD`), short)
  })
}

links('no escape is left in what is read', () => {
  for (const [, link] of read) assert.not.match(JSON.stringify(parseJoinUrl(link)), /%[0-9a-f]{2}/i)
})

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
  [
    'the web client’s path of a short link',
    'https://teams.microsoft.com/_#/meet/2345678901234?p=aBcD',
    short,
  ],
  [
    'the web client’s second version',
    'https://teams.microsoft.com/v2/?meetingjoin=true#/meet/2345678901234?p=aBcD&anon=true',
    short,
  ],
  ['the same of a long link', encoded().replace('/l/', '/v2/?clientexperience=t2#/l/'), long],
  [
    'the launcher of a long link',
    `https://teams.microsoft.com/dl/launcher/launcher.html?url=${encodeURIComponent(`/_#${pathOf(encoded())}&anon=true`)}&type=meetup-join&deeplinkId=x&directDl=true`,
    long,
  ],
  [
    'the launcher of a short link',
    `https://teams.live.com/dl/launcher/launcher.html?url=${encodeURIComponent('/_#/meet/2345678901234?p=aBcD&anon=true')}&type=meet`,
    short,
  ],
  [
    'coordinates of a long link',
    `https://teams.microsoft.com/light-meetings/launch?agent=web&coords=${coords()}%3D`,
    long,
  ],
  [
    'percent-encoded coordinates',
    `https://teams.microsoft.com/light-meetings/launch?coords=${coords(true)}&anon=true`,
    long,
  ],
  [
    'coordinates of a short link',
    `https://teams.live.com/light-meetings/launch?coords=${base64({ meetingCode: '2345678901234', passcode: 'aBcD' })}`,
    short,
  ],
  ['a link that was encoded twice', encoded().replaceAll('%', '%25'), long],
  ['a link that is encoded whole', encodeURIComponent(encoded()), long],
  ['a link between angle brackets', `<${encoded()}>`, long],
  ['entities of HTML', 'https://teams.microsoft.com/meet/2345678901234?anon=true&amp;p=aBcD', short],
  ['a decoded context with entities', decoded().replaceAll('"', '&quot;'), long],
  ['a slash at the end', 'https://teams.microsoft.com/meet/2345678901234/?p=aBcD', short],
  ...[
    'https://eur01.safelinks.protection.outlook.com/',
    'https://safelinks.protection.outlook.com/ap/t-59584e83/',
    'https://usg01.safelinks.protection.office365.us/',
    'https://chn01.safelinks.protection.partner.outlook.cn/',
    'https://statics.teams.cdn.office.net/evergreen-assets/safelinks/2/atp-safelinks.html',
    'https://statics.gov.teams.microsoft.us/evergreen-assets/safelinks/1/atp-safelinks.html',
    'https://outlook.office.com/mail/safelink.html',
  ].flatMap((wrapper): (readonly [string, string, JoinUrl])[] => [
    [wrapper, `${wrapper}?url=${encodeURIComponent(encoded())}&data=05%7C02&reserved=0`, long],
    [
      `${wrapper} with a short link`,
      `${wrapper}?locale=en-us&url=${encodeURIComponent('https://teams.microsoft.com/meet/2345678901234?p=aBcD')}`,
      short,
    ],
  ]),
  [
    'Google',
    `https://www.google.com/url?q=${encodeURIComponent(encoded())}&sa=D&source=calendar&usg=x`,
    long,
  ],
  ['Google of a country', `https://www.google.co.uk/url?sa=t&url=${encodeURIComponent(encoded())}`, long],
  [
    'Google around mail',
    `https://www.google.com/url?q=${encodeURIComponent(`https://eur01.safelinks.protection.outlook.com/?url=${encodeURIComponent(encoded())}`)}`,
    long,
  ],
  ['Defender’s proxy', encoded().replace('teams.microsoft.com', 'teams.microsoft.com.mcas.ms'), long],
  [
    'Defender’s proxy of a region',
    'https://teams.microsoft.com.us2.mcas.ms/meet/2345678901234?p=aBcD&McasTsid=20893',
    short,
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
const shortLink = 'https://teams.microsoft.com/meet/2345678901234?p=aBcDeF'
for (const behind of [
  '>',
  '.',
  ')',
  ',',
  ';',
  '"',
  "'",
  ']',
  '»',
  '*',
  ' now',
  '\n',
  '!',
  '&p=other',
  '%3E',
  '%22',
  '=',
  '_',
])
  mistakes(`${JSON.stringify(behind)} behind a short link`, () => {
    if (behind.trim() === '') return assert.is(parseJoinUrl(shortLink + behind).passcode, 'aBcDeF')
    assert.throws(
      () => parseJoinUrl(shortLink + behind),
      (error: unknown) => error instanceof JoinUrlProblem,
    )
  })
for (const behind of [
  '>',
  '.',
  ')',
  ';',
  '"',
  '/',
  ' (Teams)',
  `, ${shortLink}`,
  ` ${shortLink}`,
  '&context={}',
])
  mistakes(`${JSON.stringify(behind)} behind a long link`, () => {
    const ignored = /^[/&]/.test(behind) ? [] : [`${encoded()}&anon=true`, `${encoded()}#x`]
    for (const link of [encoded(), decoded(), ...ignored])
      assert.throws(
        () => parseJoinUrl(link + behind),
        (error: unknown) => error instanceof JoinUrlProblem,
      )
  })
for (const link of [
  'https://teams.microsoft.com/meet/2345678901234/56',
  'https://teams.microsoft.com/meet/2345678901234/56?p=aBcD',
  encoded().replace('/0?', '/0/1?'),
  `https://teams.microsoft.com/l/meetingrecap?threadId=${threadId}&organizerId=${organizerId}&tenantId=${tenantId}`,
  `https://teams.microsoft.com/meetingOptions/?organizerId=${organizerId}`,
  'https://teams.microsoft.com/l/channel/19%3ax%40thread.tacv2/General?groupId=x',
  'https://events.teams.microsoft.com/event/x@y',
  'https://teams.microsoft.com/dl/launcher/launcher.html?type=meet',
  'https://teams.microsoft.com/dl/launcher/launcher.html?url=https%3A%2F%2Fevil.example%2Fmeet%2F1',
  'https://teams.microsoft.com/light-meetings/launch?coords=bm90IGpzb24',
  'https://teams.microsoft.com/light-meetings/launch?anon=true',
  'https://teams.microsoft.com/v2/?meetingjoin=true',
  'https://eur01.safelinks.protection.outlook.com/?data=x',
  'https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fteams.example.com%2Fmeet%2F1',
  'https://urldefense.com/v3/__https://teams.microsoft.com/l/meetup-join/19*3ameeting__;JQ!!x',
  'https://aka.ms/JoinTeamsMeeting?omkt=en-US',
  'https://evil.example/?url=https%3A%2F%2Fteams.microsoft.com%2Fmeet%2F1',
  '[Join](https://teams.microsoft.com/meet/2345678901234?p=aBcD)',
  'Join: https://teams.microsoft.com/meet/2345678901234?p=aBcD',
])
  mistakes(`${link} is refused, in words`, () => {
    const found = complaintOf('{{json (parseJoinUrl url)}}', { url: link })
    assert.is(found?.code, 'expression/arguments')
    assert.ok(found?.hint !== undefined)
  })

mistakes('what is read is written in canonical form, and that is read as the same', () => {
  const canonical = (link: JoinUrl): string =>
    link.kind === 'short'
      ? `https://teams.microsoft.com/meet/${link.joinMeetingId}${link.passcode === null ? '' : `?p=${encodeURIComponent(link.passcode)}`}`
      : encoded({
          thread: link.threadId!,
          message: link.messageId!,
          context: JSON.stringify({
            Tid: link.tenantId,
            Oid: link.organizerId,
            ...(link.replyChainMessageId !== null && { MessageId: link.replyChainMessageId }),
          }),
        })
  const bases = [encoded(), decoded(), shortLink, ...read.map(([, link]) => link)]
  const edit = fc.tuple(
    fc.constantFrom(...bases),
    fc.nat(400),
    fc.nat(3),
    fc.constantFrom('', '.', '>', '&', '/', '?', '#', '%', 'a', '0', ' ', '"', '&p=x'),
  )
  fc.assert(
    fc.property(edit, ([link, at, length, text]) => {
      const edited = link.slice(0, at) + text + link.slice(at + length)
      let found: JoinUrl
      try {
        found = parseJoinUrl(edited)
      } catch (error) {
        return assert.instance(error, JoinUrlProblem)
      }
      assert.equal(parseJoinUrl(canonical(found)), found)
    }),
    { numRuns: 3000 },
  )
})

for (const [name, link, at] of wrong) mistakes(name, () => assert.is(complainedAt(link), at))

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
