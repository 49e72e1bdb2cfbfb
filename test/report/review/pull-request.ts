import { createDiagnostic } from '../../../src/model/diagnostics/diagnostic.js'
import type { Callee } from '../../../src/model/payload.js'
import type { Review, ReviewedCall, Ring, RungCallee } from '../../../src/model/review.js'
import { numberAt, personAt, sampleCause, samplePayload, totalsOf } from './reviews.js'

// A pull request of one evening: somebody adds a bridge and a page by phone, rewords a template, and loosens a limit.

const oncall = [personAt(0), personAt(18), personAt(53), personAt(205)]
const newcomer = personAt(100)

const bridgeCause = sampleCause(9, 'subject: "{{#if urgent}}URGENT: {{/if}}{{subject}}"')
const targetCause = {
  ...sampleCause(
    6,
    '- { id: 0d5f9a3e-7c41-4b8e-8f26-000000000064, name: Lee Siciliani }',
    'calls/oncall.yaml',
  ),
  variables: [
    { name: 'people', level: 'with' as const, place: { file: 'calls/oncall.yaml', line: 24, column: 7 } },
    { name: 'responders', level: 'file' as const, place: { file: 'calls/oncall.yaml', line: 4, column: 3 } },
  ],
}

const incidentBridge: ReviewedCall = {
  address: 'incident-bridge',
  kind: 'changed',
  before: samplePayload({ address: 'incident-bridge', subject: 'Bridge for INC-2041', people: oncall }),
  after: samplePayload({
    address: 'incident-bridge',
    subject: 'URGENT: Bridge for INC-2041',
    people: [...oncall, newcomer],
    description: 'Bring everybody who works on the incident into one call',
  }),
  changes: [
    {
      pointer: '/subject',
      kind: 'changed',
      before: 'Bridge for INC-2041',
      after: 'URGENT: Bridge for INC-2041',
      cause: bridgeCause,
    },
    {
      pointer: '/targets/4',
      kind: 'added',
      after: { identity: { user: { id: newcomer.id } } },
      cause: targetCause,
    },
  ],
  action: 'place',
  reason: 'never placed',
}

const boardPage: ReviewedCall = {
  address: 'board-page@INC-2041',
  kind: 'added',
  after: samplePayload({
    address: 'board-page@INC-2041',
    template: 'p2p-pstn',
    numbers: [numberAt(100)],
    description: 'Page the duty manager by phone',
    place: { file: 'calls/board.yaml', line: 8 },
  }),
  changes: [],
  action: 'place',
  reason: 'never placed',
}

const smokeTest: ReviewedCall = {
  address: 'smoke-voice-emea',
  kind: 'changed',
  movedFrom: 'smoke-voice',
  before: samplePayload({
    address: 'smoke-voice',
    template: 'p2p-voip',
    ringSeconds: 30,
    people: [personAt(7)],
  }),
  after: {
    ...samplePayload({
      address: 'smoke-voice',
      template: 'p2p-voip',
      ringSeconds: 45,
      people: [personAt(7)],
    }),
    target: { cloud: 'global', version: 'beta', collection: 'communications' },
    onChange: 'redial',
  },
  changes: [
    {
      pointer: '#endpoint',
      kind: 'changed',
      before: '/v1.0/communications/calls',
      after: '/beta/communications/calls',
      cause: { ...sampleCause(4, 'version: beta', 'callctl.yaml'), variables: [] },
    },
    {
      pointer: '/ringingTimeoutInSeconds',
      kind: 'changed',
      before: 30,
      after: 45,
      cause: sampleCause(18, 'ringingTimeoutInSeconds: "{{ringSeconds}}"', 'templates/p2p-voip.yaml'),
    },
  ],
  action: 'redial',
  reason: 'placed 2026-11-20, and the payload differs: leave by onChange: redial',
}

const oldPage: ReviewedCall = {
  address: 'warehouse-page',
  kind: 'removed',
  before: samplePayload({ address: 'warehouse-page', template: 'p2p-pstn', numbers: [numberAt(7)] }),
  changes: [],
  action: 'retired',
  reason: 'no longer defined: kept',
}

const calls = [boardPage, incidentBridge, smokeTest, oldPage]

const mark =
  (...fresh: readonly Callee[]) =>
  (callee: Callee): RungCallee => ({ ...callee, isNew: fresh.includes(callee) })

function ring(call: ReviewedCall, isNew: boolean, fresh: readonly Callee[]): Ring {
  const { touches, template = '' } = call.after!
  return {
    address: call.address,
    action: call.action === 'redial' ? 'redial' : 'place',
    reason: call.reason ?? '',
    kind: touches.kind,
    template,
    people: touches.people.map(mark(...fresh)),
    numbers: touches.numbers.map(mark(...fresh)),
    isNew,
  }
}

export function pullRequest(): Review {
  const phone = boardPage.after!.touches.numbers
  const rings: readonly Ring[] = [
    ring(boardPage, true, phone),
    ring(incidentBridge, false, [newcomer]),
    {
      address: 'oncall-ping',
      action: 'place',
      reason: 'never placed',
      kind: 'peer-to-peer',
      template: 'p2p-voip',
      people: [personAt(0)].map(mark()),
      numbers: [],
      isNew: false,
    },
    ring(smokeTest, true, [smokeTest.after!.touches.people[0]!]),
  ]
  return {
    base: { name: 'main', commit: '4f98f61c0de0123456789abcdef0123456789abc', calls: 44, errors: 0 },
    head: { name: 'board-paging', commit: 'd5ceca5c0de0123456789abcdef0123456789abc', calls: 44, errors: 0 },
    isMasked: false,
    record: [],
    calls,
    unchanged: 41,
    causes: [
      {
        pointer: '/ringingTimeoutInSeconds',
        cause: sampleCause(18, 'ringingTimeoutInSeconds: "{{ringSeconds}}"', 'templates/p2p-voip.yaml'),
        addresses: ['smoke-voice-emea', 'smoke-voice-apac'],
      },
    ],
    rings,
    blocks: [
      {
        action: 'uncertain',
        reason: 'the outcome of attempt 2 is not known: a person must look',
        addresses: ['monday-standup'],
      },
    ],
    totals: totalsOf(calls, rings),
    newPermissions: ['Calls.InitiateGroupCall.All'],
    guards: [
      { name: 'limits.people', before: 25, after: 250, isLooser: true },
      { name: 'lints.lint/group-size', before: 'error', after: 'warn', isLooser: true },
      { name: 'onChange', address: 'smoke-voice-emea', after: 'redial', isLooser: true },
      { name: 'limits.concurrency', before: 8, after: 4, isLooser: false },
    ],
    diagnostics: [
      {
        diagnostic: createDiagnostic(
          'lint/group-size',
          'The call has 6 people; Graph creates a group call with 5.',
          {
            address: 'incident-bridge',
            hint: 'Let the others join by the meeting’s link.',
          },
        ),
        place: { file: 'calls/oncall.yaml', line: 24, column: 7 },
      },
    ],
    oldDiagnostics: 3,
  }
}
