import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { RecordError } from '../../../src/model/errors.js'
import type { Entry, Lockfile } from '../../../src/model/record/lockfile.js'
import { forgetAddress } from '../../../src/record/lockfile/forget-address.js'
import { formatLockfile } from '../../../src/record/lockfile/format-lockfile.js'
import { mergeLockfiles } from '../../../src/record/lockfile/merge-lockfiles.js'
import { parseLockfile } from '../../../src/record/lockfile/parse-lockfile.js'
import { entryOf, lockfileOf, lockfiles, sampleTimes } from '../lockfile-samples.js'

const test = suite('record/merge-lockfiles')

const merged = (ours: Entry, theirs: Entry): Entry | undefined =>
  mergeLockfiles(lockfileOf({ a: ours }), lockfileOf({ a: theirs })).lockfile.calls['a']

test('is the union of addresses', () => {
  const { lockfile, doubles } = mergeLockfiles(lockfileOf({ a: entryOf(1) }), lockfileOf({ b: entryOf(2) }))
  assert.equal({ ...lockfile.calls }, { a: entryOf(1), b: entryOf(2) })
  assert.equal(doubles, [])
})

const further: readonly (readonly [string, Partial<Entry>, Partial<Entry>, Entry['state']])[] = [
  ['an end over a placing', { state: 'placed' }, { state: 'ended', endedAt: sampleTimes.ended }, 'ended'],
  ['a placing over not knowing', { state: 'uncertain' }, { state: 'placed' }, 'placed'],
  ['not knowing over a refusal', { state: 'uncertain' }, { state: 'failed' }, 'uncertain'],
  ['a person over not knowing', { state: 'uncertain' }, { state: 'failed', evidence: 'person' }, 'failed'],
  [
    'a call id over a person',
    { state: 'uncertain', callId: 'call-1' },
    { state: 'failed', evidence: 'person' },
    'uncertain',
  ],
]
for (const [what, one, other, state] of further) {
  test(`takes ${what}, whichever side has it`, () => {
    assert.is(merged(entryOf(1, one), entryOf(1, other))?.state, state)
    assert.is(merged(entryOf(1, other), entryOf(1, one))?.state, state)
  })
}

test('keeps unknown properties of both sides', () => {
  const entry = merged(entryOf(1, { mine: 1 }), entryOf(1, { theirs: 2 }))
  assert.is(entry?.['mine'], 1)
  assert.is(entry?.['theirs'], 2)
  const { lockfile } = mergeLockfiles(
    { ...lockfileOf({}), mine: 1 } as Lockfile,
    {
      ...lockfileOf({}),
      theirs: 2,
    } as Lockfile,
  )
  const text = formatLockfile(lockfile)
  assert.ok(text.includes('"mine": 1') && text.includes('"theirs": 2'))
})

test('reports an address that both sides dialed, and keeps both call ids', () => {
  const ours = lockfileOf({ a: entryOf(1, { placedAt: '2025-01-02T00:00:00Z' }) })
  const theirs = lockfileOf({ a: entryOf(2, { placedAt: '2025-01-01T00:00:00Z' }) })
  const { lockfile, doubles } = mergeLockfiles(ours, theirs)
  assert.equal(
    doubles.map((double) => [...double.addresses, double.ours.callId, double.theirs.callId]),
    [['a', 'call-1', 'call-2']],
  )
  assert.is(lockfile.calls['a']?.callId, 'call-1')
  assert.equal(
    lockfile.calls['a']?.attempts?.map(({ callId }) => callId),
    ['call-2'],
  )
})

test('reports one that rang here and may have rung there', () => {
  const { doubles } = mergeLockfiles(
    lockfileOf({ a: entryOf(1) }),
    lockfileOf({ a: entryOf(2, { state: 'uncertain' }) }),
  )
  assert.is(doubles.length, 1)
})

test('a redial on one side alone is no incident', () => {
  const { attempts: _, ...old } = entryOf(1, { state: 'ended', endedAt: sampleTimes.ended })
  const redialed = entryOf(2, { redial: true, attempts: [old as Entry] })
  const { lockfile, doubles } = mergeLockfiles(lockfileOf({ a: redialed }), lockfileOf({ a: entryOf(1) }))
  assert.equal(doubles, [])
  assert.is(lockfile.calls['a']?.callId, 'call-2')
  assert.is(lockfile.calls['a']?.attempts?.[0]?.state, 'ended')
})

test('what one side has forgotten stays so', () => {
  const known = lockfileOf({ a: entryOf(1, { state: 'ended' }) })
  const forgotten = forgetAddress(known, { address: 'a', at: sampleTimes.forgotten })
  for (const { lockfile } of [mergeLockfiles(known, forgotten), mergeLockfiles(forgotten, known)]) {
    assert.not.ok('a' in lockfile.calls)
    assert.is(lockfile.forgotten?.['a']?.[0]?.callId, 'call-1')
  }
})

test('what one side has forgotten and the other has as live is never dropped', () => {
  const live = lockfileOf({ a: entryOf(1), b: entryOf(2) })
  const ended = lockfileOf({ a: entryOf(1, { state: 'ended' }), b: entryOf(2) })
  const forgotten = forgetAddress(ended, { address: 'a', at: sampleTimes.forgotten })
  for (const { lockfile, kept } of [mergeLockfiles(live, forgotten), mergeLockfiles(forgotten, live)]) {
    assert.is(lockfile.calls['a']?.state, 'ended')
    assert.is(lockfile.calls['a']?.endedAt, sampleTimes.ended)
    assert.is(lockfile.forgotten, undefined)
    assert.equal(kept, ['a'])
  }
})

test('nor under another address, with its earlier attempts', () => {
  const entry = entryOf(1, { attempts: [entryOf(3, { state: 'failed' })] })
  const forgotten = {
    ...lockfileOf({}),
    forgotten: { x: [{ ...entryOf(1, { state: 'ended' }), forgottenAt: sampleTimes.forgotten }] },
  }
  const { lockfile } = mergeLockfiles(lockfileOf({ a: entry }), forgotten)
  assert.is(lockfile.calls['a']?.state, 'ended')
  assert.is(lockfile.calls['a']?.attempts?.length, 1)
})

test('refuses two call ids for one attempt', () => {
  assert.throws(
    () => merged(entryOf(1), entryOf(1, { callId: 'other' })),
    (cause: Error) => cause instanceof RecordError,
  )
})

test('drops no call id, frees no address, and can be read again', () => {
  fc.assert(
    fc.property(lockfiles, lockfiles, (ours, theirs) => {
      const { lockfile } = mergeLockfiles(ours, theirs)
      const text = formatLockfile(lockfile)
      for (const side of [ours, theirs]) {
        for (const [address, entry] of Object.entries(side.calls)) {
          assert.ok(Object.hasOwn(lockfile.calls, address))
          for (const { callId } of [entry, ...(entry.attempts ?? [])]) {
            if (callId !== undefined) assert.ok(JSON.stringify(lockfile.calls[address]).includes(callId))
          }
          if (entry.state !== 'failed' && entry.state !== 'uncertain') {
            assert.is.not(lockfile.calls[address]?.state, 'failed')
          }
        }
      }
      assert.is(formatLockfile(parseLockfile(text, 'x')), text)
      // But for the order of unknown properties.
      const again = formatLockfile(mergeLockfiles(lockfile, theirs).lockfile)
      assert.equal(again.split(/,?\n/).sort(), text.split(/,?\n/).sort())
    }),
    { numRuns: 500, seed: 1 },
  )
})

test.run()
