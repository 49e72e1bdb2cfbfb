// C 24, 25: what Graph would refuse or misread.
import { type Case, call, ids, settings, tenantId, user } from './case.js'

const media = '"#microsoft.graph.serviceHostedMediaConfig"'
const place = {
  user: (text: string) => `targets: [${user(text)}]`,
  tenant: (text: string) => `targets: [${user()}], tenantId: ${JSON.stringify(text)}`,
  thread: (text: string) =>
    `chatInfo: { threadId: ${JSON.stringify(text)}, messageId: "0" }, meetingInfo: { "@odata.type": "#microsoft.graph.organizerMeetingInfo", organizer: { user: { id: ${ids.adele} } } }`,
  meeting: (text: string) =>
    `meetingInfo: { "@odata.type": "#microsoft.graph.joinMeetingIdMeetingInfo", joinMeetingId: ${JSON.stringify(text)} }`,
} as const

const forms: readonly (readonly [where: keyof typeof place, text: string, code: string])[] = [
  ['user', 'adele@contoso.com', 'lint/user-id'],
  ['user', '+14255550100', 'lint/user-id'],
  ['user', '8:orgid:0d5f9a3e', 'lint/id-form'],
  ['user', '<user-id>', 'lint/id-form'],
  ['user', `$\{TENANT}`, 'lint/id-form'],
  ['user', 'https://contoso.com/adele', 'lint/id-form'],
  ['user', '-', 'lint/id-form'],
  ['user', '#N/A', 'lint/id-form'],
  ['user', '0d5f9a3e-7c41-4b8e-8f26-1a90c7d3e50', 'lint/id-form'],
  ['user', '0d5f9a3e-7c41-4b8e-8f26-1a90c7d3e5o1', 'lint/id-form'],
  ['user', '0d5f9a3e7c414b8e8f261a90c7d3e501', 'lint/id-form'],
  ['user', `${ids.adele};${ids.diego}`, 'lint/id-form'],
  ['user', ` ${ids.adele}`, 'lint/id-form'],
  ['user', 'S-1-12-1-1943430372-1249052806-2496021943-3034400218', 'lint/id-form'],
  ['user', 'P4ABC12', 'lint/id-form'],
  ['user', 'U024BE7LH', 'lint/id-form'],
  ['user', 'user-id', 'lint/id-form'],
  ['user', '%USERID%', 'lint/id-form'],
  ['user', 'CONTOSO\\adele', 'lint/id-form'],
  ['user', 'adele_contoso.com#EXT#@fabrikam.onmicrosoft.com', 'lint/user-id'],
  ['user', 'Adele Example <adele@contoso.com>', 'lint/user-id'],
  ['user', 'i:0#.f|membership|adele@contoso.com', 'lint/user-id'],
  ['user', 'sip:adele@contoso.com', 'lint/user-id'],
  ['user', '0049 30 123456', 'lint/user-id'],
  ['tenant', 'common', 'lint/id-form'],
  ['tenant', '72f988bf-86f1-41af-91ab-2d7cd011db4', 'lint/id-form'],
  ['tenant', `https://login.microsoftonline.com/${tenantId}`, 'lint/id-form'],
  ['meeting', '234 567 890 123 4', 'lint/id-form'],
  ['meeting', '2.345678901234E+12', 'lint/id-form'],
  ['thread', 'https://teams.microsoft.com/l/meetup-join/19%3ameeting_x%40thread.v2/0', 'lint/id-form'],
  ['tenant', `$\{TENANT}`, 'lint/id-form'],
  ['tenant', 'YOUR_TENANT_ID', 'lint/id-form'],
  ['tenant', 'contoso.onmicrosoft.com', 'lint/id-form'],
  ['thread', '19%3ameeting_x%40thread.v2', 'lint/id-form'],
  ['thread', '19%3Ameeting_y%40thread.v2', 'lint/id-form'],
  ['meeting', 'https://teams.microsoft.com/meet/2345678901234?p=aBcDeF', 'lint/id-form'],
  ['meeting', '<meeting-id>', 'lint/id-form'],
]

const bare = settings.replace(/^tenantId:.*\n/m, '')
const instance = `source: { identity: { applicationInstance: { id: ${ids.diego} } } }`
const phone = (number: string) => `{ identity: { phone: { id: "${number}" } } }`
const group = `targets: [${user()}, ${user(ids.diego)}]`

const bodies: readonly (readonly [
  what: string,
  body: string,
  codes: readonly string[],
  settings?: string,
])[] = [
  ['a group call without `tenantId`', group, ['lint/missing-tenant'], bare],
  [
    'a number without `tenantId`',
    `${instance}, targets: [${phone('+14255550100')}]`,
    ['lint/missing-tenant'],
    bare,
  ],
  [
    'a source that is a user',
    `targets: [${user()}], source: { identity: { user: { id: ${ids.diego} } } }`,
    ['lint/user-source'],
  ],
  [
    'several numbers in a new call',
    `${instance}, targets: [${phone('+14255550100')}, ${phone('+4930123456')}]`,
    ['lint/phone-in-group'],
  ],
  [
    'a number and a person in a new call',
    `${instance}, targets: [${phone('+14255550100')}, ${user()}]`,
    ['lint/phone-in-group'],
  ],
  [
    'a target that is a person and a number',
    `${instance}, targets: [{ identity: { user: { id: ${ids.adele} }, phone: { id: "+14255550100" } } }]`,
    ['lint/two-identities'],
  ],
  [
    'a target of another tenant',
    `targets: [{ identity: { user: { id: ${ids.adele}, tenantId: ${ids.diego} } } }]`,
    ['lint/foreign-tenant'],
  ],
  [
    'a target of the same tenant, in other letters',
    `targets: [{ identity: { user: { id: ${ids.adele}, tenantId: ${tenantId.toUpperCase()} } } }]`,
    [],
  ],
  ...['a.mp3', 'a.wav?x=http://b', 'a'].map(
    (file) =>
      [
        `\`preFetchMedia\` of ${file}`,
        `targets: [${user()}], mediaConfig: { "@odata.type": ${media}, preFetchMedia: [{ uri: "http://cdn.contoso.com/${file}", resourceId: ${ids.diego} }] }`,
        ['lint/prompt-media'],
      ] as const,
  ),
  ...[
    '10.0.0.5',
    '172.16.0.1',
    '192.168.1.10',
    '169.254.1.1',
    '[fc00::1]',
    'bot.local',
    'bot.internal',
    'bot',
    '100.64.0.1',
    '2130706433',
    '[::ffff:10.0.0.1]',
    'bot.home.arpa',
    'bot.svc.cluster.local',
  ].map(
    (host) =>
      [
        `a callback at ${host}`,
        `targets: [${user()}], callbackUri: "https://${host}/callback"`,
        ['lint/callback-uri'],
      ] as const,
  ),
  [
    'the options of answering',
    `targets: [${user()}], callOptions: { "@odata.type": "#microsoft.graph.incomingCallOptions" }`,
    ['lint/incoming-options'],
  ],
  [
    'no `mediaConfig`',
    `targets: [${user()}]`,
    ['lint/no-media'],
    settings.replace(/^ {2}mediaConfig.*\n/m, ''),
  ],
  ['`mediaConfig` that is null', `targets: [${user()}], mediaConfig: null`, ['lint/no-media']],
]

const context = encodeURIComponent(JSON.stringify({ Tid: tenantId, Oid: ids.adele }))
const clouds: readonly (readonly [host: string, cloud: string, codes: readonly string[]])[] = [
  ['teams.microsoft.com', 'global', []],
  ['teams.microsoft.com', 'us-gov', ['lint/link-cloud']],
  ['gov.teams.microsoft.us', 'us-gov', []],
  ['gov.teams.microsoft.us', 'global', ['lint/link-cloud']],
  ['teams.live.com', 'global', ['lint/link-cloud']],
]

export const casesOfLints: readonly Case[] = [
  ...forms.map(
    ([where, text, code]): Case => ({
      of: 'C 24',
      what: `\`${text}\` where the id of a ${where} belongs`,
      files: call(place[where](text)),
      gives: { codes: [code] },
    }),
  ),
  ...bodies.map(
    ([what, body, codes, own = settings]): Case => ({
      of: 'C 25',
      what,
      files: call(body, { 'callctl.yaml': own }),
      gives: { codes },
    }),
  ),
  ...clouds.map(
    ([host, cloud, codes]): Case => ({
      of: 'C 25',
      what: `a link of ${host} in the cloud ${cloud}`,
      files: {
        'callctl.yaml': `${settings}graph: { cloud: ${cloud} }\n`,
        'calls/a.yaml': `variables: { link: "https://${host}/l/meetup-join/19%3Ameeting_x%40thread.v2/0?context=${context}" }\ncalls:\n  ping:\n    call:\n      meetingInfo: "{{meetingInfo link}}"\n      chatInfo: "{{chatInfo link}}"\n`,
      },
      gives: { codes },
    }),
  ),
]
