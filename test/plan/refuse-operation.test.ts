import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { JsonObject } from '../../src/model/json.js'
import type { CallFacts, OperationName } from '../../src/model/operation.js'
import { findOperation, operationNames } from '../../src/plan/operations.js'
import { refuseOperation, refuseTarget, targetOf } from '../../src/plan/refuse-operation.js'

const test = suite('refuse operation')

const isRefused = (name: OperationName, facts: CallFacts, body?: JsonObject): boolean =>
  refuseOperation(findOperation(name)!, facts, body) !== undefined

const refusedNames = (facts: CallFacts): readonly string[] =>
  operationNames.filter((name) => isRefused(name, facts))

test('what is not known is left to Graph', () => {
  assert.equal(refusedNames({}), [])
})

test('muting needs a group', () => {
  const muting = [
    ...['mute', 'unmute', 'mute-participant', 'mute-all'],
    ...['admit', 'admit-all', 'remove-from-lobby', 'whisper'],
  ]
  assert.equal(refusedNames({ kind: 'peer-to-peer' }), muting)
  assert.equal(refusedNames({ kind: 'pstn' }), muting)
  for (const kind of ['group', 'meeting-join', 'guest-join'] as const)
    assert.equal(refusedNames({ kind }), ['transfer'])
})

test('prompts, recording and tones need media that the service hosts', () => {
  assert.equal(refusedNames({ media: 'app-hosted' }), ['cancel-media', 'subscribe-to-tone', 'play', 'record'])
  assert.equal(refusedNames({ media: 'service-hosted' }), [])
})

test('an invitation needs a chat, which a call of two gets by it', () => {
  assert.ok(isRefused('invite', { kind: 'group', hasChat: false }))
  assert.not(isRefused('invite', { kind: 'group', hasChat: true }))
  assert.not(isRefused('invite', { kind: 'peer-to-peer', hasChat: false }))
  assert.not(isRefused('invite', { kind: 'group' }))
})

test('a transferee is for groups, and they need one', () => {
  const transferee = { identity: { user: { id: 'a' } } }
  assert.ok(isRefused('transfer', { kind: 'pstn' }, { transferee }))
  assert.not(isRefused('transfer', { kind: 'peer-to-peer' }, {}))
  assert.ok(isRefused('transfer', { kind: 'meeting-join' }, {}))
  assert.not(isRefused('transfer', { kind: 'group' }, { transferee }))
})

test('only an application instance transfers to a number', () => {
  const body = { transferTarget: { identity: { phone: { id: '+14255550100' } } } }
  assert.ok(isRefused('transfer', { kind: 'pstn', hasInstance: false }, body))
  assert.not(isRefused('transfer', { kind: 'pstn', hasInstance: true }, body))
  assert.not(isRefused('transfer', { kind: 'pstn' }, body))
})

test('the collections of 2018 have operations too', () => {
  for (const collection of ['app', 'application'] as const) {
    const old = { cloud: 'global', version: 'beta', collection } as const
    assert.equal(
      operationNames.filter((name) => refuseTarget(findOperation(name)!, old) !== undefined),
      [],
    )
  }
})

test('what beta alone has is asked of beta', () => {
  const target = { cloud: 'global', version: 'v1.0', collection: 'communications' } as const
  assert.equal(
    operationNames.filter((name) => targetOf(findOperation(name)!, target).version === 'beta'),
    [
      'mute-all',
      'start-recording',
      'stop-recording',
      'start-transcription',
      'stop-transcription',
      'admit',
      'admit-all',
      'remove-from-lobby',
    ],
  )
})

test('the clouds of the US government send no tones, and route no audio', () => {
  for (const cloud of ['us-gov', 'us-gov-dod'] as const) {
    const target = { cloud, version: 'v1.0', collection: 'communications' } as const
    const refused = operationNames.filter((name) => refuseTarget(findOperation(name)!, target) !== undefined)
    assert.equal(refused, ['dtmf', 'routing-groups', 'whisper', 'update-whisper', 'end-whisper'])
  }
})

test.run()
