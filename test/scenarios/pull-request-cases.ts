// The repository of a team that calls people, and what its pull requests change. People and numbers are made up.

/** Files that a pull request writes; null removes one, a function edits the text that is there. */
export type Edit = string | null | ((text: string) => string)

export interface PullRequest {
  readonly name: string
  readonly edits: Readonly<Record<string, Edit>>
  /** More words for `callctl diff BASE HEAD`. */
  readonly words?: readonly string[]
  /** What main had before, over the common base: for pull requests that mend something. */
  readonly before?: Readonly<Record<string, Edit>>
  /** What the shell of the run has set. */
  readonly environment?: Readonly<Record<string, string>>
  /** 0 unless said. */
  readonly exitCode?: number
}

const uuid = (start: string, index: number): string =>
  `${start}-0000-4000-8000-${String(index).padStart(12, '0')}`
const offices = ['Berlin', 'Oslo', 'Lyon', 'Seattle']

/** Two hundred rows: id, name, office. */
const employees = [
  'id,name,office',
  ...Array.from({ length: 200 }, (_, index) => {
    const number = index + 1
    return `${uuid('e0000000', number)},Person ${String(number).padStart(3, '0')},${offices[index % 4]}`
  }),
  '',
].join('\n')

const call = (lines: readonly string[]): string => `${lines.join('\n')}\n`

export const baseFiles: Readonly<Record<string, string>> = {
  '.gitignore': '.callctl/\n',
  'callctl.yaml': call([
    'version: 1',
    'env: [CALLBACK_URI, { name: PASSCODE, secret: true }]',
    'variables: { tenantId: 6f0b1c2a-54d3-4c8e-9a71-2f3d5b7e9c10, region: emea }',
    'defaults:',
    '  callbackUri: "{{default env.CALLBACK_URI "https://bot.contoso.com/callback"}}"',
    '  tenantId: "{{tenantId}}"',
    'limits: { people: 250, concurrency: 8 }',
    'environments:',
    '  staging: { variables: { region: test } }',
  ])
    .replace('"{{default env', "'{{default env")
    .replace('/callback"}}"', '/callback"}}\''),
  'data/employees.csv': employees,
  'data/oncall.csv': call([
    'id,name',
    `${uuid('a0000000', 1)},Adele Vance`,
    `${uuid('a0000000', 2)},Miriam Graham`,
    `${uuid('a0000000', 3)},Nestor Wilke`,
  ]),
  'templates/announcement.yaml': call([
    'description: Ring one person and play an announcement',
    'variables:',
    '  person: { type: object, required: [id, name, office], properties: { id: { type: string }, name: { type: string }, office: { type: string } } }',
    '  announcement: { type: string, default: closure }',
    'call:',
    '  "@odata.type": "#microsoft.graph.call"',
    '  subject: "Office {{person.office}}: {{announcement}}"',
    '  targets:',
    '    - "@odata.type": "#microsoft.graph.invitationParticipantInfo"',
    '      identity:',
    '        "@odata.type": "#microsoft.graph.identitySet"',
    '        user: { "@odata.type": "#microsoft.graph.identity", id: "{{person.id}}", displayName: "{{person.name}}" }',
    '  requestedModalities: [audio]',
    '  mediaConfig:',
    '    "@odata.type": "#microsoft.graph.serviceHostedMediaConfig"',
    '    preFetchMedia: [{ uri: "https://cdn.contoso.com/{{announcement}}.wav", resourceId: "{{announcement}}" }]',
  ]),
  'templates/bridge.yaml': call([
    'description: Ring several people into one new group call',
    'variables:',
    '  subject: { type: string }',
    '  people: { type: array, minItems: 1, items: { type: object, required: [id], properties: { id: { type: string }, name: { type: string } } } }',
    'call:',
    '  "@odata.type": "#microsoft.graph.call"',
    '  subject: "{{subject}}"',
    '  targets:',
    '    $each: "{{people}}"',
    '    $as: person',
    '    $do:',
    '      "@odata.type": "#microsoft.graph.invitationParticipantInfo"',
    '      identity:',
    '        "@odata.type": "#microsoft.graph.identitySet"',
    '        user: { "@odata.type": "#microsoft.graph.identity", id: "{{person.id}}", displayName: "{{person.name}}" }',
    '  requestedModalities: [audio]',
    '  mediaConfig: { "@odata.type": "#microsoft.graph.serviceHostedMediaConfig" }',
  ]),
  'templates/phone.yaml': call([
    'description: Ring one phone number',
    'variables:',
    '  number: { type: string, format: e164 }',
    '  name: { type: string }',
    'call:',
    '  "@odata.type": "#microsoft.graph.call"',
    '  source:',
    '    "@odata.type": "#microsoft.graph.participantInfo"',
    '    identity:',
    '      "@odata.type": "#microsoft.graph.identitySet"',
    `      applicationInstance: { "@odata.type": "#microsoft.graph.identity", id: ${uuid('b0000000', 1)} }`,
    '  targets:',
    '    - "@odata.type": "#microsoft.graph.invitationParticipantInfo"',
    '      identity:',
    '        "@odata.type": "#microsoft.graph.identitySet"',
    '        phone: { "@odata.type": "#microsoft.graph.identity", id: "{{number}}", displayName: "{{name}}" }',
    '  requestedModalities: [audio]',
    '  mediaConfig: { "@odata.type": "#microsoft.graph.serviceHostedMediaConfig" }',
  ]),
  'calls/closure.yaml': call([
    'variables: { occasion: storm-11 }',
    'data:',
    '  employees: { file: ../data/employees.csv }',
    'calls:',
    '  "closure-{{@index}}":',
    '    forEach: "{{employees}}"',
    '    as: p',
    '    oncePer: "{{occasion}}"',
    '    uses: announcement',
    '    with: { person: "{{p}}" }',
  ]),
  'calls/oncall.yaml': call([
    'variables: { incident: INC-2041 }',
    'data:',
    '  oncall: { file: ../data/oncall.csv }',
    'calls:',
    '  bridge:',
    '    description: Bridge for the people on call',
    '    uses: bridge',
    '    oncePer: "{{incident}}"',
    '    with: { subject: "Bridge for {{incident}}", people: "{{oncall}}" }',
    '  hotline:',
    '    uses: phone',
    '    with: { number: "+14255550100", name: Front Desk }',
    '  standby:',
    '    description: Not placed yet',
    '    uses: phone',
    '    with: { number: "+14255550177", name: Night Desk }',
  ]),
}

/** Addresses that main's lockfile has as placed: all but `standby`. */
export const isPlaced = (address: string): boolean => address !== 'standby'

const replace =
  (from: string, to: string): Edit =>
  (text) => {
    if (!text.includes(from)) throw new Error(`nothing to replace: ${from}`)
    return text.replaceAll(from, to)
  }
const append =
  (more: string): Edit =>
  (text) =>
    text + more

const guest = call([
  'calls:',
  '  stand-up:',
  '    call:',
  '      "@odata.type": "#microsoft.graph.call"',
  '      requestedModalities: [audio]',
  '      mediaConfig: { "@odata.type": "#microsoft.graph.serviceHostedMediaConfig" }',
  '      chatInfo: { "@odata.type": "#microsoft.graph.chatInfo", threadId: "19:meeting_x@thread.v2", messageId: "0" }',
  '      meetingInfo:',
  '        "@odata.type": "#microsoft.graph.organizerMeetingInfo"',
  '        organizer:',
  '          "@odata.type": "#microsoft.graph.identitySet"',
  `          user: { "@odata.type": "#microsoft.graph.identity", id: ${uuid('a0000000', 9)}, tenantId: 6f0b1c2a-54d3-4c8e-9a71-2f3d5b7e9c10 }`,
])

const conflict = (ours: string, theirs: string): string =>
  `<<<<<<< ours\n${ours}\n=======\n${theirs}\n>>>>>>> theirs\n`

const oncall = 'calls/oncall.yaml'
const closure = 'calls/closure.yaml'
const announcement = 'templates/announcement.yaml'
const settings = 'callctl.yaml'

export const pullRequests: readonly PullRequest[] = [
  {
    name: 'new-call',
    edits: {
      [oncall]: append(
        '  front-door:\n    uses: phone\n    with: { number: "+14255550142", name: Front Door }\n',
      ),
    },
  },
  { name: 'new-file-that-joins-a-meeting', edits: { 'calls/meetings.yaml': guest } },
  { name: 'new-row', edits: { 'data/employees.csv': append(`${uuid('e0000000', 201)},Zoe Moreau,Lyon\n`) } },
  {
    name: 'person-joins-the-bridge',
    edits: {
      'data/oncall.csv': replace(
        `${uuid('a0000000', 2)}`,
        `${uuid('a0000000', 7)},Lee Gu\n${uuid('a0000000', 2)}`,
      ),
    },
  },
  { name: 'template-edit-of-200-placed-calls', edits: { [announcement]: replace('.wav', '.mp3') } },
  {
    name: 'new-occasion-rings-200-again',
    edits: { [closure]: replace('storm-11', 'storm-12') },
  },
  {
    name: 'new-occasion-and-edited-template',
    edits: {
      [closure]: replace('storm-11', 'storm-12'),
      [announcement]: replace('Office {{person', 'Site {{person'),
    },
  },
  {
    name: 'rename-with-moved-from',
    edits: { [oncall]: replace('  hotline:\n', '  front-desk:\n    movedFrom: hotline\n') },
  },
  { name: 'rename-without-moved-from', edits: { [oncall]: replace('  hotline:\n', '  front-desk:\n') } },
  {
    name: 'rename-and-edit',
    edits: {
      [oncall]: (text) =>
        text
          .replace('  hotline:\n', '  front-desk:\n    movedFrom: hotline\n')
          .replace('Front Desk', 'Reception'),
    },
  },
  { name: 'removal-of-placed-calls', edits: { [closure]: null } },
  {
    name: 'removal-of-a-call-not-placed',
    edits: { [oncall]: (text) => text.slice(0, text.indexOf('  standby:')) },
  },
  {
    name: 'environment-change',
    edits: {
      [settings]: replace(
        '{ variables: { region: test } }',
        '{ variables: { region: lab }, limits: { people: 2 } }',
      ),
      [oncall]: replace('Bridge for {{incident}}', 'Bridge for {{incident}} ({{region}})'),
    },
    words: ['--env', 'staging', '--only', 'bridge*'],
  },
  {
    name: 'workspace-variable-change',
    edits: {
      [settings]: replace('6f0b1c2a-54d3-4c8e-9a71-2f3d5b7e9c10', '7a1c2d3b-54d3-4c8e-9a71-2f3d5b7e9c11'),
    },
    words: ['--only', 'bridge*', '--only', 'hotline'],
  },
  {
    name: 'secret-in-a-payload',
    edits: {
      [oncall]: replace('name: Front Desk', 'name: \'{{default env.PASSCODE "Front Desk"}}\''),
    },
    environment: { PASSCODE: 'canary-7f3a' },
    exitCode: 4,
  },
  {
    name: 'secret-in-a-new-call',
    edits: {
      [oncall]: append(
        call([
          '  join-by-code:',
          '    call:',
          '      "@odata.type": "#microsoft.graph.call"',
          '      requestedModalities: [audio]',
          '      mediaConfig: { "@odata.type": "#microsoft.graph.serviceHostedMediaConfig" }',
          '      meetingInfo: { "@odata.type": "#microsoft.graph.joinMeetingIdMeetingInfo", joinMeetingId: "2345678901234", passcode: "{{env.PASSCODE}}" }',
        ]),
      ),
    },
    environment: { PASSCODE: 'canary-7f3a' },
  },
  {
    name: 'variable-is-a-secret-no-more',
    edits: { [settings]: replace('{ name: PASSCODE, secret: true }', 'PASSCODE') },
    environment: { PASSCODE: 'canary-7f3a' },
  },
  {
    name: 'conflict-in-a-definition',
    edits: { [oncall]: append(conflict('  a: {}', '  b: {}')) },
    exitCode: 4,
  },
  {
    name: 'conflict-in-the-lockfile',
    edits: { 'calls.lock.json': (text) => text.replace('"calls": {\n', `"calls": {\n${conflict('', '')}`) },
    exitCode: 7,
  },
  { name: 'lockfile-removed', edits: { 'calls.lock.json': null } },
  { name: 'limit-raised', edits: { [settings]: replace('people: 250', 'people: 5000') } },
  {
    name: 'limit-lowered-below-what-would-ring',
    edits: { [settings]: replace('people: 250', 'people: 100'), [closure]: replace('storm-11', 'storm-12') },
  },
  {
    name: 'limit-removed',
    edits: { [settings]: replace('limits: { people: 250, concurrency: 8 }', 'limits: { concurrency: 64 }') },
  },
  {
    name: 'lints-switched-off',
    edits: { [settings]: append('lints: { lint/premium-number: off, lint/no-media: error }\n') },
  },
  {
    name: 'beta-instead-of-v1',
    edits: { [settings]: append('graph: { version: beta }\n') },
    words: ['--only', 'bridge*', '--only', 'hotline', '--only', 'standby'],
  },
  {
    name: 'another-cloud',
    edits: { [settings]: append('graph: { cloud: us-gov }\n') },
    words: ['--only', 'standby'],
  },
  { name: 'number-of-a-placed-call', edits: { [oncall]: replace('+14255550100', '+14255550101') } },
  {
    name: 'leave-to-redial',
    edits: {
      [oncall]: (text) =>
        text
          .replace('+14255550100', '+14255550101')
          .replace('  hotline:\n', '  hotline:\n    onChange: redial\n'),
    },
  },
  { name: 'comment-only', edits: { [oncall]: (text) => `# Who answers when it burns.\n${text}` } },
  {
    name: 'list-moved',
    edits: {
      'data/oncall.csv': null,
      'data/people/oncall.csv': baseFiles['data/oncall.csv']!,
      [oncall]: replace('../data/oncall.csv', '../data/people/oncall.csv'),
    },
  },
  {
    name: 'undefined-variable',
    edits: { [oncall]: replace('Bridge for {{incident}}', 'Bridge for {{incidnt}}') },
    exitCode: 4,
  },
  {
    name: 'mends-what-main-has-broken',
    before: { [oncall]: replace('Bridge for {{incident}}', 'Bridge for {{incidnt}}') },
    edits: { [oncall]: replace('{{incidnt}}', '{{incident}}') },
  },
  {
    name: 'new-warning',
    edits: {
      [oncall]: append(
        '  bare:\n    uses: phone\n    with: { number: "+14255550143", name: Bare }\n    call: { mediaConfig: null }\n',
      ),
    },
  },
  {
    name: 'no-phone-number',
    edits: { [oncall]: replace('+14255550177', '+1911') },
    exitCode: 4,
  },
  {
    name: 'hostile-names',
    edits: {
      'data/employees.csv': append(
        `${uuid('e0000000', 202)},"@contoso/everyone | <img src=x onerror=alert(1)> \`\`\` </details>",Lyon\n`,
      ),
    },
  },
  {
    name: 'tests-of-definitions-only',
    edits: {
      'calls/oncall.test.yaml':
        'tests:\n  the hotline rings the desk:\n    call: hotline\n    expect: { numbers: ["+14255550100"] }\n',
    },
  },
  {
    name: 'reference-to-another-call',
    edits: {
      [oncall]: append(
        '  escalation:\n    uses: phone\n    with: { number: "+14255550144", name: Duty Manager }\n    call: { subject: "{{calls.standby.id}}" }\n',
      ),
    },
  },
  {
    name: 'template-that-extends-another',
    edits: {
      'templates/urgent-bridge.yaml': 'extends: bridge\ncall: { subject: "URGENT: {{subject}}" }\n',
      [oncall]: replace('    uses: bridge\n', '    uses: urgent-bridge\n'),
    },
  },
]
