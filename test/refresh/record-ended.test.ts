import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { endingsOf, endingsSeen, recordEnded } from '../../src/refresh/record-ended.js'
import { entryOf } from '../apply/fakes.js'

const test = suite('record-ended')
const at = '2025-01-03T00:00:00.000Z'
const lockfile = {
  lockfileVersion: 1,
  lineage: 'l',
  calls: {
    a: entryOf({ later: 'kept' }),
    b: entryOf({ state: 'ended' }),
    c: entryOf({ state: 'uncertain' }),
  },
} as const

test('calls that are terminated or gone have ended; a problem tells nothing', () => {
  const seen = (state: string, problem?: string) =>
    endingsSeen([
      { address: 'a', callId: 'call-9', state, at, ...(problem === undefined ? {} : { problem }) },
    ]).length
  assert.equal(
    ['terminated', 'gone', 'terminating', 'established', 'unknown'].map((state) => seen(state)),
    [1, 1, 0, 0, 0],
  )
  assert.is(seen('gone', 'odd'), 0)
})

test('results of hangup that ended a call are endings', () => {
  const ended = { callId: 'call-9', at }
  const results = [
    { address: 'a', kind: 'ended', ended, message: '' },
    { address: 'b', kind: 'hang-up-failed', message: '' },
    { address: 'c', kind: 'skipped', message: '' },
  ] as const
  assert.equal(endingsOf(results), [{ address: 'a', ...ended }])
})

test('a placed entry becomes ended and keeps everything else', () => {
  const after = recordEnded(lockfile, [{ address: 'a', callId: 'call-9', at }])
  assert.equal(after.calls['a'], { ...lockfile.calls.a, state: 'ended', endedAt: at })
  assert.is(after.calls['b'], lockfile.calls.b)
  assert.is(lockfile.calls.a.state, 'placed')
})

test('an entry that is not placed, is unknown, or holds another call stays as it is', () => {
  const endings = [
    { address: 'a', callId: 'another', at },
    { address: 'b', callId: 'call-9', at },
    { address: 'c', callId: 'call-9', at },
    { address: 'toString', callId: 'call-9', at },
  ]
  assert.is(recordEnded(lockfile, endings), lockfile)
})

test('an earlier call of an entry can end too, and a redial tells which one did', () => {
  const attempts = [{ attempt: 'uuid-1', state: 'placed', callId: 'call-1' }] as const
  const before = { ...lockfile, calls: { a: entryOf({ attempts }) } }
  const results = [{ address: 'a', kind: 'placed', ended: { callId: 'call-1', at }, message: '' }] as const
  const { a } = recordEnded(before, endingsOf(results)).calls
  assert.is(a?.state, 'placed')
  assert.equal(a?.attempts, [{ ...attempts[0], state: 'ended', endedAt: at }])
})

test.run()
