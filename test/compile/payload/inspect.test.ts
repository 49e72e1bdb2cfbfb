import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { inspect } from '../../../src/compile/payload/inspect.js'
import type { JsonObject, JsonValue } from '../../../src/model/json.js'
import type { CallKind } from '../../../src/model/payload.js'
import { publishedBodies } from '../../helpers/published.js'

const user = (id: string, displayName?: string): JsonObject => ({
  identity: { user: { id, ...(displayName !== undefined && { displayName }) } },
})
const phone = (id: string): JsonObject => ({ identity: { phone: { id } } })
const targets = (...list: readonly JsonValue[]): JsonObject => ({ targets: list })
const hosted = (type: string): JsonObject => ({ mediaConfig: { '@odata.type': type } })
const organizer: JsonObject = {
  meetingInfo: { '@odata.type': '#microsoft.graph.organizerMeetingInfo', organizer: { user: { id: 'o' } } },
  chatInfo: { threadId: '19:x@thread.v2', messageId: '0' },
}
const token: JsonObject = { meetingInfo: { '@odata.type': '#microsoft.graph.tokenMeetingInfo', token: 't' } }
const meetingId: JsonObject = {
  meetingInfo: { '@odata.type': '#microsoft.graph.joinMeetingIdMeetingInfo', joinMeetingId: '1' },
}
const guest: JsonObject = { source: { identity: { guest: { id: 'g', displayName: 'Guest' } } } }

const kinds = suite('inspect: kinds and permissions')

const table: readonly (readonly [string, JsonObject, CallKind, string])[] = [
  ['one person', targets(user('a')), 'peer-to-peer', 'Calls.Initiate.All'],
  ['one number', targets(phone('+1')), 'pstn', 'Calls.Initiate.All'],
  ['two people', targets(user('a'), user('b')), 'group', 'Calls.InitiateGroupCall.All'],
  ['two numbers', targets(phone('+1'), phone('+2')), 'group', 'Calls.InitiateGroupCall.All'],
  ['a person and a number', targets(user('a'), phone('+1')), 'group', 'Calls.InitiateGroupCall.All'],
  ['a meeting by its organizer', organizer, 'meeting-join', 'Calls.JoinGroupCall.All'],
  ['a meeting by its id', meetingId, 'meeting-join', 'Calls.JoinGroupCall.All'],
  ['a meeting by a token', token, 'meeting-join', 'Calls.JoinGroupCall.All'],
  ['a chat alone', { chatInfo: organizer['chatInfo']! }, 'meeting-join', 'Calls.JoinGroupCall.All'],
  ['a meeting as guest', { ...organizer, ...guest }, 'guest-join', 'Calls.JoinGroupCallAsGuest.All'],
  ['a meeting by id as guest', { ...meetingId, ...guest }, 'guest-join', 'Calls.JoinGroupCallAsGuest.All'],
  [
    'a guest of 2018',
    { ...organizer, source: { identity: { user: { id: 'g', identityProvider: 'None' } } } },
    'guest-join',
    'Calls.JoinGroupCallAsGuest.All',
  ],
  [
    'people and a meeting',
    { ...targets(user('a'), user('b')), ...organizer },
    'group',
    'Calls.InitiateGroupCall.All',
  ],
  [
    'one person and a meeting',
    { ...targets(user('a')), ...organizer },
    'group',
    'Calls.InitiateGroupCall.All',
  ],
  ['no target', {}, 'peer-to-peer', 'Calls.Initiate.All'],
  [
    'nulls',
    { ...targets(user('a')), meetingInfo: null, chatInfo: null },
    'peer-to-peer',
    'Calls.Initiate.All',
  ],
  ['a guest who rings', { ...targets(user('a')), ...guest }, 'peer-to-peer', 'Calls.Initiate.All'],
]
for (const [name, call, kind, permission] of table) {
  kinds(`${name}: ${kind}`, () => {
    const found = inspect(call)
    assert.is(found.kind, kind)
    assert.equal(found.permissions, [permission])
  })
}

for (const type of [
  '#microsoft.graph.appHostedMediaConfig',
  'microsoft.graph.appHostedMediaConfig',
  '#microsoft.graph.apphostedMediaConfig',
  'appHostedMediaConfig',
])
  kinds(`${type} needs access to media`, () =>
    assert.equal(inspect({ ...organizer, ...hosted(type) }).permissions, [
      'Calls.AccessMedia.All',
      'Calls.JoinGroupCall.All',
    ]),
  )

kinds('service-hosted media needs no more', () =>
  assert.equal(
    inspect({ ...targets(user('a')), ...hosted('#microsoft.graph.serviceHostedMediaConfig') }).permissions,
    ['Calls.Initiate.All'],
  ),
)

kinds('spells every permission as a token does', () => {
  const known = [
    'Calls.AccessMedia.All',
    'Calls.Initiate.All',
    'Calls.InitiateGroupCall.All',
    'Calls.JoinGroupCall.All',
    'Calls.JoinGroupCallAsGuest.All',
  ]
  for (const { body } of publishedBodies())
    for (const permission of inspect(body).permissions) assert.ok(known.includes(permission), permission)
})

const callees = suite('inspect: whom it rings')

callees('people and numbers apart, with their names', () => {
  const { people, numbers } = inspect(targets(user('a', 'Ada'), phone('+1'), user('b')))
  assert.equal(people, [{ id: 'a', name: 'Ada' }, { id: 'b' }])
  assert.equal(numbers, [{ id: '+1' }])
})

const others: readonly (readonly [string, JsonValue, string])[] = [
  ['an application', { identity: { application: { id: 'app' } } }, 'app'],
  ['an identity that it does not know', { identity: { hologram: { id: 'h' } } }, 'h'],
  [
    'a tagged identitySet',
    { identity: { '@odata.type': '#microsoft.graph.identitySet', user: { id: 'u' } } },
    'u',
  ],
  ['an empty identity', { identity: {} }, '?'],
  ['no identity', {}, '?'],
  ['an id that is no text', { identity: { user: { id: 7 } } }, '?'],
  ['null', null, '?'],
]
for (const [name, target, id] of others)
  callees(`${name} counts as a person`, () => assert.equal(inspect(targets(target)).people, [{ id }]))

callees('a person who stands there twice is rung twice', () =>
  assert.is(inspect(targets(user('a'), user('a'))).people.length, 2),
)

callees('nobody of a meeting is rung', () => {
  const { people, numbers } = inspect({ ...organizer, ...guest })
  assert.equal([...people, ...numbers], [])
})

kinds.run()
callees.run()
