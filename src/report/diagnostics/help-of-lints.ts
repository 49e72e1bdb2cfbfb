import type { DiagnosticHelp } from './help-entry.js'

const media = 'mediaConfig: { "@odata.type": "#microsoft.graph.serviceHostedMediaConfig" }'
const callback = 'callbackUri: https://bot.contoso.com'
const tenant = 'tenantId: 6f0b1c2a-54d3-4c8e-9a71-2f3d5b7e9c10'
const person = (id: string) => `{ identity: { user: { id: ${id} } } }`
const ringing = `targets: [${person('adele')}]`
const phone = (number: string) => `targets: [{ identity: { phone: { id: "${number}" } } }]`

/** A call of these properties, one a line. */
const call = (...lines: readonly string[]) => ({
  'calls/a.yaml': `calls:\n  ping:\n    call:\n${lines.map((line) => `      ${line}\n`).join('')}`,
})
const beta = (...lines: readonly string[]) => ({
  'callctl.yaml': 'graph: { version: beta }\n',
  ...call(...lines),
})

/** What Graph would take from a schema's view, and yet most likely refuse, ignore, or do to the wrong people. */
export const helpOfLints = {
  'lint/callback-uri': {
    example: call('callbackUri: http://localhost:3978/callback', media, ringing),
    fix: 'Give an https address that the internet reaches; while you develop, that of a tunnel.',
    fact: 'callbacks',
  },
  'lint/duplicate-target': {
    example: call(callback, media, 'targets:', `  - ${person('adele')}`, `  - ${person('adele')}`),
    fix: 'Remove one of them; look for a row that stands twice in the list behind it.',
    fact: 'not-established',
  },
  'lint/emergency-number': {
    example: call(callback, media, tenant, phone('112')),
    fix: 'Ring a number of your own. A program must not ring emergency services.',
  },
  'lint/foreign-tenant': {
    example: call(
      callback,
      media,
      tenant,
      'targets: [{ identity: { user: { id: adele, tenantId: 7a1c2d3b-54d3-4c8e-9a71-2f3d5b7e9c11 } } }]',
    ),
    fix: 'Give the tenant of the call, or leave `tenantId` of the target out. Who is of another tenant is called by an app that signs in there.',
    fact: 'kinds-of-calls',
  },
  'lint/group-size': {
    example: call(callback, media, `targets: [${['a', 'b', 'c', 'd', 'e', 'f'].map(person).join(', ')}]`),
    fix: 'Ring at most five, or make several calls, or let all join a meeting. Nobody can be invited later: a group call that is placed without a meeting has no chat.',
    fact: 'kinds-of-calls',
  },
  'lint/id-form': {
    example: call(callback, media, `targets: [${person('"<user-id>"')}]`),
    fix: 'Put the id there: a UUID, from Microsoft Entra; the id of a chat or meeting as a join link has it, decoded. A tenant is named by its id, too: a domain does for signing in alone.',
    fact: 'ids',
  },
  'lint/incoming-options': {
    example: call(
      callback,
      media,
      `targets: [${person('adele')}]`,
      'callOptions: { "@odata.type": "#microsoft.graph.incomingCallOptions", isDeltaRosterEnabled: true }',
    ),
    fix: 'Write `#microsoft.graph.outgoingCallOptions`.',
    fact: 'the-call-object',
  },
  'lint/link-cloud': {
    example: call(
      callback,
      media,
      tenant,
      'meetingInfo: \'{{meetingInfo "https://dod.teams.microsoft.us/meet/2345678901234?p=aBcD"}}\'',
    ),
    fix: 'Look whose meeting it is. A workspace calls in one cloud, `graph.cloud` of callctl.yaml; meetings of personal accounts (`teams.live.com`) have no tenant that a call could be of.',
    fact: 'join-links',
  },
  'lint/media-blob': {
    example: call(
      callback,
      'mediaConfig: { "@odata.type": "#microsoft.graph.appHostedMediaConfig" }',
      ringing,
    ),
    fix: 'Give the blob that the bot’s media library makes, or let Graph host the media.',
    fact: 'media-and-prompts',
  },
  'lint/meeting-chat': {
    example: call(
      callback,
      media,
      tenant,
      'meetingInfo:',
      '  "@odata.type": "#microsoft.graph.organizerMeetingInfo"',
      '  organizer: { user: { id: adele } }',
    ),
    fix: 'Take both from the join link: `"{{chatInfo joinUrl}}"` and `"{{meetingInfo joinUrl}}"`.',
    fact: 'meetings',
  },
  'lint/meeting-tenant': {
    example: call(
      callback,
      media,
      'meetingInfo: { "@odata.type": "#microsoft.graph.joinMeetingIdMeetingInfo", joinMeetingId: "1", passcode: x }',
    ),
    fix: 'Set `tenantId` to the tenant of the meeting’s organizer; callctl.yaml’s `tenantId` is the default.',
    fact: 'meetings',
  },
  'lint/missing-tenant': {
    example: call(callback, media, phone('+14255550100')),
    fix: 'Set `tenantId` in callctl.yaml, or in the call.',
    fact: 'phone-calls',
  },
  'lint/mixed-kinds': {
    example: call(
      callback,
      media,
      tenant,
      `targets: [${person('adele')}]`,
      'meetingInfo: { "@odata.type": "#microsoft.graph.joinMeetingIdMeetingInfo", joinMeetingId: "1", passcode: x }',
    ),
    fix: 'Leave out `targets` to join the meeting, or `meetingInfo` and `chatInfo` to ring the person.',
    fact: 'kinds-of-calls',
  },
  'lint/name-by-position': {
    example: {
      'calls/a.yaml':
        'data: { oncall: { file: ../data/oncall.csv } }\ncalls:\n  "page-{{@index}}":\n    forEach: "{{oncall}}"\n    as: p\n    call: { callbackUri: "https://bot.contoso.com", mediaConfig: { "@odata.type": "#microsoft.graph.serviceHostedMediaConfig" }, targets: [{ identity: { user: { id: "{{p.id}}" } } }] }\n',
      'data/oncall.csv': 'id\nadele\ndiego\n',
    },
    fix: 'Name each call by a value that stays with its row: `"page-{{p.id}}"`. For calls that were placed already, keep the old names as `movedFrom: "page-{{@index}}"` in the same change.',
  },
  'lint/no-media': {
    example: call(callback, ringing),
    fix: 'Set `mediaConfig`, for every call under `defaults` in callctl.yaml.',
    fact: 'media-and-prompts',
  },
  'lint/nobody': {
    example: call(callback, media, 'subject: hi'),
    fix: 'Give it targets, or look at the list that they are made of; a call that joins a meeting has `meetingInfo`. A call that is to be left out has `$if` around the whole of it, or a `where` beside `forEach`.',
  },
  'lint/not-in-version': {
    example: call(callback, media, ringing, 'requestedModalities: [audio, unknown]'),
    fix: 'Leave it out, or choose the version or cloud that has it, under `graph`.',
    fact: 'clouds',
  },
  'lint/peer-to-peer-only': {
    example: beta(
      callback,
      media,
      'ringingTimeoutInSeconds: 30',
      `targets: [${person('a')}, ${person('b')}]`,
    ),
    fix: 'Leave it out: Graph heeds it in calls to one person alone.',
    fact: 'kinds-of-calls',
  },
  'lint/phone-format': {
    example: call(callback, media, tenant, phone('0151 2345678')),
    fix: 'Write `+`, the country’s code and digits alone, or convert it: `{{e164 number "DE"}}`.',
    fact: 'phone-calls',
  },
  'lint/phone-in-group': {
    example: call(
      callback,
      media,
      tenant,
      'source: { identity: { applicationInstance: { id: 6a0e3c57-91d4-4b28-8f7c-0b5d2e49a103 } } }',
      'targets: [{ identity: { phone: { id: "+14255550100" } } }, { identity: { phone: { id: "+14255550101" } } }]',
    ),
    fix: 'Make one call for each number, with `forEach`; or let the call join a meeting, and invite numbers once it is established.',
    fact: 'phone-calls',
  },
  'lint/premium-number': {
    example: call(callback, media, tenant, phone('+19005550100')),
    fix: 'Check the number. If it is meant, set the lint to `off` in callctl.yaml.',
  },
  'lint/prompt-media': {
    example: call(
      callback,
      'mediaConfig: { "@odata.type": "#microsoft.graph.serviceHostedMediaConfig", preFetchMedia: [{ uri: "http://cdn.contoso.com/beep.mp3" }] }',
      `targets: [${person('adele')}]`,
    ),
    fix: 'Give the https address of a .wav file: mono, 16 bit, 16 kHz.',
    fact: 'media-and-prompts',
  },
  'lint/pstn-source': {
    example: call(callback, media, tenant, phone('+14255550100')),
    fix: 'Set `source.identity.applicationInstance` to the resource account that has the number.',
    fact: 'phone-calls',
  },
  'lint/read-only': {
    example: call(callback, media, ringing, 'state: established'),
    fix: 'Leave it out: Graph sets it, and what a request says has no effect.',
    fact: 'what-the-service-sets',
  },
  'lint/two-identities': {
    example: call(
      callback,
      media,
      tenant,
      'source: { identity: { applicationInstance: { id: 6a0e3c57-91d4-4b28-8f7c-0b5d2e49a103 } } }',
      'targets: [{ identity: { user: { id: adele }, phone: { id: "+14255550100" } } }]',
    ),
    fix: 'Take the one that is meant. To ring both, make two calls.',
    fact: 'not-established',
  },
  'lint/user-id': {
    example: call(callback, media, `targets: [${person('adele@contoso.com')}]`),
    fix: 'Give the object id of the person, a UUID: the column `id` or `Object Id` of what the Microsoft 365 admin centre and Microsoft Entra export. A number is rung as `phone`.',
    fact: 'ids',
  },
  'lint/user-source': {
    example: call(
      callback,
      media,
      'source: { identity: { user: { id: diego } } }',
      `targets: [${person('adele')}]`,
    ),
    fix: 'Leave `source` out: the app that signs in calls. For another name or number, give its application, application instance or guest.',
    fact: 'errors',
  },
} as const satisfies Record<string, DiagnosticHelp>
