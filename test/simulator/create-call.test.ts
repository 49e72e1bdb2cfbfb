import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { calls, errorOf, get, meetingCall, peerCall, post, stoppedClock, withSimulator } from './client.js'

const createSuite = suite('simulator/create-call')

const uuidForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

createSuite('answers 201 with the full call and where it is', () =>
  withSimulator({ now: stoppedClock().now }, async (simulator) => {
    const answer = await post(simulator, peerCall, { headers: { 'client-request-id': 'attempt-1' } })
    const { json, headers } = answer
    assert.is(answer.status, 201)
    assert.match(String(json['id']), uuidForm)
    assert.is(headers['location'], `${simulator.url}${calls}/${json['id']}`)
    assert.is(headers['content-type'], 'application/json')
    assert.is(headers['client-request-id'], 'attempt-1')
    assert.match(String(headers['request-id']), uuidForm)
    assert.ok(headers['x-ms-ags-diagnostic'])
    assert.is(headers['date'], 'Thu, 01 Jan 2026 00:00:00 GMT')
    assert.is(json['state'], 'establishing')
    assert.is(json['direction'], 'outgoing')
    assert.match(String(json['callChainId']), uuidForm)
    assert.match(String(json['myParticipantId']), uuidForm)
    assert.is(json['@odata.context'], 'https://graph.microsoft.com/v1.0/$metadata#app/calls/$entity')
    assert.equal(json['mediaConfig'], peerCall.mediaConfig)
    for (const name of ['subject', 'chatInfo', 'meetingInfo', 'toneInfo', 'resultInfo']) {
      assert.is(json[name], null)
    }
    const [target] = json['targets'] as Record<string, unknown>[]
    assert.equal([target?.['identity'], target?.['replacesCallId']], [peerCall.targets[0]?.identity, null])
  }),
)

createSuite('gives every call an id of its own', () =>
  withSimulator({}, async (simulator) => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => post(simulator)))
    assert.is(new Set(answers.map(({ json }) => json['id'])).size, 50)
  }),
)

createSuite('answers a join by meeting id with the chat of the meeting', () =>
  withSimulator({}, async (simulator) => {
    const { status, json } = await post(simulator, meetingCall)
    assert.is(status, 201)
    assert.is((json['chatInfo'] as Record<string, unknown>)['messageId'], '0')
  }),
)

createSuite('takes the seed’s call in the old collections, read-only properties and all', () =>
  withSimulator({}, async (simulator) => {
    const seed = {
      activeModalities: ['unknown'],
      callbackUri: 'callbackUri-value',
      direction: 'incoming',
      mediaConfig: { '@odata.type': '#microsoft.graph.serviceHostedMediaConfig' },
      state: 'incoming',
      targetDisposition: 'default',
      targets: [{ identity: { phone: { id: '+14258828080' } } }],
      terminationReason: 'terminationReason-value',
      toneInfo: { sequenceId: 99, tone: 'tone0' },
    }
    for (const path of ['/beta/app/calls', '/beta/applications/app-1/calls']) {
      const { status, json, headers } = await post(simulator, seed, { path })
      assert.is(status, 201)
      assert.is(json['targetDisposition'], 'default')
      assert.equal([json['state'], json['direction']], ['establishing', 'outgoing'])
      assert.equal([json['toneInfo'], json['terminationReason']], [null, null])
      assert.is(headers['location'], `${simulator.url}${path}/${json['id']}`)
      assert.is((await get(simulator, `${path}/${json['id']}`)).status, 200)
    }
    assert.is((await post(simulator, seed, { path: '/beta/communications/calls' })).status, 400)
  }),
)

createSuite('answers 413 to a body over 1 MiB, and lives on', () =>
  withSimulator({}, async (simulator) => {
    const answer = await post(simulator, { ...peerCall, subject: 'x'.repeat(2 ** 20) })
    assert.equal([answer.status, errorOf(answer).code], [413, 'RequestEntityTooLarge'])
    assert.is((await post(simulator)).status, 201)
  }),
)

createSuite.run()
