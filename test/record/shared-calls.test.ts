import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Outcome } from '../../src/model/record/attempt.js'
import { listEvidence } from '../../src/record/lockfile/evidence.js'
import { findSharedCalls, holdersOf } from '../../src/record/shared-calls.js'
import { formatEvidence } from '../../src/report/record/evidence-text.js'

const test = suite('record/shared-calls')

const entry = (attempt: string, callId: string, more: object = {}) => ({
  state: 'placed' as const,
  callId,
  digest: 'd',
  attempt,
  endpoint: '/v1.0/communications/calls',
  ...more,
})
const lockfileOf = (calls: Record<string, ReturnType<typeof entry>>, more: object = {}) => ({
  lockfileVersion: 1 as const,
  lineage: 'l',
  calls,
  ...more,
})

test('one id at two addresses is found, in whatever letter case, earlier attempts too', () => {
  const calls = {
    a: entry('1', 'call-x'),
    b: entry('2', 'CALL-X'),
    c: entry('3', 'call-y', { attempts: [{ attempt: '4', state: 'ended', callId: 'call-z' }] }),
    d: entry('5', 'call-z'),
  }
  assert.equal(findSharedCalls(lockfileOf(calls)), [
    { id: 'call-x', addresses: ['a', 'b'] },
    { id: 'call-z', addresses: ['c', 'd'] },
  ])
})

test('one id of two attempts of one address is found, and an attempt alone is none', () => {
  const twice = { a: entry('1', 'x', { attempts: [{ attempt: '2', state: 'ended', callId: 'x' }] }) }
  assert.equal(findSharedCalls(lockfileOf(twice)), [{ id: 'x', addresses: ['a', 'a'] }])
  assert.equal(findSharedCalls(lockfileOf({ a: entry('1', 'x'), b: entry('2', 'y') })), [])
})

test('whose an id is, forgotten ones too', () => {
  const forgotten = { old: [{ attempt: '9', state: 'ended', callId: 'Gone' }] }
  const holders = holdersOf(lockfileOf({ a: entry('1', 'X') }, { forgotten }))
  assert.equal([holders.get('x'), holders.get('gone'), holders.get('y')], ['a', 'old', undefined])
})

test('evidence shows what was kept, and what to type', () => {
  const outcome: Outcome = {
    kind: 'uncertain',
    reason: 'answer 201 without a call id',
    status: 201,
    requestId: 'r-1',
    named: ['call-7'],
    raw: '{"call":{"id":"call-7"}}\u001b[2J',
    at: '2025',
  }
  const attempt = {
    ...{ address: 'a@INC 1', number: 1, attemptId: 'id-1', digest: 'd', endpoint: 'e', cloud: 'global' },
    ...{ claimedAt: '2025', outcome },
  }
  const evidence = listEvidence('a@INC 1', lockfileOf({}), [attempt])
  assert.equal(evidence[0]?.named, ['call-7'])
  const text = formatEvidence({ address: 'a@INC 1', words: ['--env', 'prod'] }, evidence, {
    hasColor: false,
    columns: 120,
  })
  assert.match(text, "callctl resolve 'a@INC 1' --placed call-7 --env prod")
  assert.match(text, "callctl resolve 'a@INC 1' --not-placed --env prod")
  assert.match(text, 'r-1')
  assert.match(text, '{"call":{"id":"call-7"}}')
  assert.not.match(text, '\u001b')
})

test('the id of another address is not offered', () => {
  const evidence = [{ attempt: 'x', state: 'uncertain', named: ['call-1'], sharedWith: 'b' }]
  const text = formatEvidence({ address: 'a', words: [] }, evidence, { hasColor: false, columns: 80 })
  assert.match(text, 'callctl resolve a --placed CALL-ID')
  assert.match(text, 'which is    b')
})

test.run()
