import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { lintCall } from '../../../src/compile/payload/lint.js'
import type { GraphTarget } from '../../../src/model/call.js'
import type { JsonObject } from '../../../src/model/json.js'

// What the metadata of the US Government cloud lacks against the global one, property by property and type by type.

const test = suite('what national clouds lack')
const global: GraphTarget = { cloud: 'global', version: 'v1.0', collection: 'communications' }

const options = (type: string, name: string): JsonObject => ({
  callOptions: { '@odata.type': `#microsoft.graph.${type}`, [name]: true },
})
const target = (name: string): JsonObject => ({ targets: [{ identity: { user: { id: 'a' } }, [name]: 'x' }] })
const identity = (type: string): JsonObject => ({
  targets: [{ identity: { user: { '@odata.type': `#microsoft.graph.${type}`, id: 'a' } } }],
})
const optionNames = [
  'hideBotAfterEscalation',
  'isContentSharingNotificationEnabled',
  'isDeltaRosterEnabled',
  'isInteractiveRosterEnabled',
]

const absent: readonly (readonly [call: JsonObject, pointer: string])[] = [
  ...optionNames.map((name) => [options('outgoingCallOptions', name), `/callOptions/${name}`] as const),
  [options('incomingCallOptions', 'isDeltaRosterEnabled'), '/callOptions/@odata.type'],
  ...['hidden', 'participantId', 'removeFromDefaultAudioRoutingGroup'].map(
    (name) => [target(name), `/targets/0/${name}`] as const,
  ),
  ...['Application', 'ApplicationInstance', 'Encrypted', 'Guest', 'Phone', 'User'].map(
    (name) => [identity(`communications${name}Identity`), '/targets/0/identity/user/@odata.type'] as const,
  ),
]

const found = (call: JsonObject, code: string, where: GraphTarget): readonly string[] =>
  lintCall(call, where).flatMap((each) => (each.code === code ? [each.pointer] : []))

for (const [call, pointer] of absent) {
  test(`${pointer} of ${JSON.stringify(call).slice(0, 90)}`, () => {
    for (const cloud of ['us-gov', 'us-gov-dod'] as const) {
      assert.equal(found(call, 'lint/not-in-version', { ...global, cloud }), [pointer])
    }
    assert.equal(found(call, 'lint/not-in-version', global), [])
  })
}

test('what they lack and the server sets anyway is one finding, in every cloud', () => {
  const call: JsonObject = {
    contentSharingSessions: [],
    audioRoutingGroups: [],
    source: { identity: {}, participantId: 'x' },
  }
  const pointers = ['/contentSharingSessions', '/audioRoutingGroups', '/source/participantId']
  for (const cloud of ['global', 'us-gov'] as const) {
    assert.equal(found(call, 'lint/read-only', { ...global, cloud }), pointers)
    assert.equal(found(call, 'lint/not-in-version', { ...global, cloud }), [])
  }
})

test.run()
