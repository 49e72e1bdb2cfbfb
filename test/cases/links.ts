// B 17: join links that people have, and what `parseJoinUrl` makes of each.
import { type Case, settings, tenantId } from './case.js'

const organizerId = '4b444206-207c-42f8-92a6-e332b41c88a2'
const thread = '19:meeting_NTg0NmQ3NTctZDVkZC00YzRh@thread.v2'
const context = encodeURIComponent(JSON.stringify({ Tid: tenantId, Oid: organizerId }))
const path = `/l/meetup-join/${encodeURIComponent(thread)}/0?context=${context}`
const long = `https://teams.microsoft.com${path}`
const short = 'https://teams.microsoft.com/meet/2345678901234?p=aBcDeF'
const inside = (link: string): string => encodeURIComponent(link)
const coords = Buffer.from(
  JSON.stringify({ conversationId: thread, tenantId, messageId: '0', organizerId }),
).toString('base64')

const joining = (link: string, field: string): Case['files'] => ({
  'callctl.yaml': settings,
  'calls/a.yaml': `variables: { link: ${JSON.stringify(link)} }\ncalls:\n  ping:\n    call:\n      targets: [{ identity: { user: { id: ${organizerId} } } }]\n      subject: "{{get (parseJoinUrl link) '${field}'}}"\n`,
})
const reads = (
  what: string,
  link: string,
  field: 'threadId' | 'passcode' | 'joinMeetingId',
  value: string,
): Case => ({
  of: 'B 17',
  what,
  files: joining(link, field),
  gives: { value },
})
const refuses = (what: string, link: string): Case => ({
  of: 'B 17',
  what,
  files: joining(link, 'threadId'),
  gives: { codes: ['expression/arguments'] },
})

const longs: readonly (readonly [string, string])[] = [
  ['as it stands in an invitation', long],
  ['teams.cloud.microsoft', `https://teams.cloud.microsoft${path}`],
  ['the web client’s path', `https://teams.microsoft.com/_#${path}`],
  [
    'the launcher',
    `https://teams.microsoft.com/dl/launcher/launcher.html?url=${inside(`/_#${path}`)}&type=meetup-join`,
  ],
  ['coordinates', `https://teams.microsoft.com/light-meetings/launch?coords=${inside(coords)}`],
  ['encoded twice', long.replaceAll('%', '%25')],
  [
    'safelinks',
    `https://eur01.safelinks.protection.outlook.com/?url=${inside(long)}&data=05%7C02&reserved=0`,
  ],
  ['safelinks of a US cloud', `https://usg01.safelinks.protection.office365.us/?url=${inside(long)}`],
  ['safelinks of China', `https://chn01.safelinks.protection.partner.outlook.cn/?url=${inside(long)}`],
  [
    'Teams’ own wrapper',
    `https://statics.teams.cdn.office.net/evergreen-assets/safelinks/2/atp-safelinks.html?url=${inside(long)}`,
  ],
  ['its port', long.replace('.com/', '.com:443/')],
  ['the link of a presenter', `${long}&pp=000000`],
  [
    'safelinks in safelinks',
    `https://nam12.safelinks.protection.outlook.com/?url=${inside(`https://eur01.safelinks.protection.outlook.com/?url=${inside(long)}`)}`,
  ],
  ['the host in capitals', long.replace('teams.microsoft', 'Teams.Microsoft')],
  ['Google', `https://www.google.com/url?q=${inside(long)}&sa=D`],
  ['Defender’s proxy', long.replace('teams.microsoft.com', 'teams.microsoft.com.mcas.ms')],
]
const shorts: readonly (readonly [string, string])[] = [
  ['the short link', short],
  ['the web client’s path of it', 'https://teams.microsoft.com/_#/meet/2345678901234?p=aBcDeF'],
  ['the second web client', 'https://teams.microsoft.com/v2/?meetingjoin=true#/meet/2345678901234?p=aBcDeF'],
  ['`&amp;` of HTML', 'https://teams.microsoft.com/meet/2345678901234?anon=true&amp;p=aBcDeF'],
  ['angle brackets around it', `<${short}>`],
]

export const casesOfLinks: readonly Case[] = [
  ...longs.map(([what, link]) => reads(what, link, 'threadId', thread)),
  {
    ...reads('teams.microsoft.us', `https://teams.microsoft.us${path}`, 'threadId', thread),
    gives: { value: thread, codes: ['lint/link-cloud'] },
  },
  ...shorts.flatMap(([what, link]) => [
    reads(`${what}: the passcode`, link, 'passcode', 'aBcDeF'),
    reads(`${what}: the meeting`, link, 'joinMeetingId', '2345678901234'),
  ]),
  ...[...'>.),;"'].map((sign) => refuses(`\`${sign}\` behind a short link`, `${short}${sign}`)),
  refuses('something behind the meeting', 'https://teams.microsoft.com/meet/2345678901234/56'),
  refuses('two meetings', `${short} ${short}`),
  refuses('a recap', `https://teams.microsoft.com/l/meetingrecap?threadId=${inside(thread)}`),
  refuses('a host that only looks right', `https://teams.microsoft.com.example.com${path}`),
  ...(
    [
      ['a wrapper that nobody knows', `https://secure-web.cisco.com/1abc/${inside(long)}`],
      ['text before a link', `Join: ${long}`],
      ['a link of Markdown', `[Join](${long})`],
      ['a link of HTML', `<a href="${long}">Join</a>`],
      ['a link in quotes', `'${short}'`],
      ['Proofpoint’s wrapper', `https://urldefense.com/v3/__${long.replaceAll('%', '*')}__;JSU!!Fb$`],
      ['a link in two lines', `${long.slice(0, 90)}\n${long.slice(90)}`],
      ['a link without its end', long.slice(0, 150)],
      ['a link without what tells the meeting', long.replace(/\?.*/, '')],
      ['a context whose quotes were made curly', `${long.replace(/\?.*/, '')}?context={“Tid”:”${tenantId}”}`],
      ['numbers to dial in', 'https://dialin.teams.microsoft.com/72f988bf?id=100000001'],
      ['a town hall', `https://events.teams.microsoft.com/event/${organizerId}@${tenantId}`],
      ['a new meeting', 'https://teams.microsoft.com/l/meeting/new?subject=x'],
      ['the app’s own scheme', `msteams:${path}`],
      ['two passcodes', `${short}&p=b`],
      ['the id alone', '234 567 890 123 4'],
    ] as const
  ).map(([what, link]) => refuses(what, link)),
  refuses('another service', 'https://zoom.us/j/2345678901?pwd=aBcDeF'),
]
