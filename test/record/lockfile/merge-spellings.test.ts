// Two clones that spell one address differently, merged: no ring is freed, and two calls stay two.

import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { keyOfAddress } from '../../../src/model/address.js'
import type { Entry, Lockfile } from '../../../src/model/record/lockfile.js'
import { createPlan } from '../../../src/plan/create-plan.js'
import { forgetAddress } from '../../../src/record/lockfile/forget-address.js'
import { formatLockfile } from '../../../src/record/lockfile/format-lockfile.js'
import { type Merge, mergeLockfiles } from '../../../src/record/lockfile/merge-lockfiles.js'
import { joinRecord } from '../../../src/record/lockfile/moved-entries.js'
import { payloadOf } from '../../plan/fakes.js'
import { entryOf, lockfileOf, sampleTimes } from '../lockfile-samples.js'

const test = suite('record/merge-spellings')

type Calls = Readonly<Record<string, Entry>>

/** Merged from either side: what comes out must be the same. */
function merge(ours: Calls, theirs: Calls): Merge {
  const merged = mergeLockfiles(lockfileOf(ours), lockfileOf(theirs))
  const other = mergeLockfiles(lockfileOf(theirs), lockfileOf(ours))
  assert.equal(attemptsIn(merged.lockfile), attemptsIn(other.lockfile))
  return merged
}

const attemptsIn = ({ calls }: Lockfile): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    Object.entries(calls).map(([address, { attempts = [], ...own }]) => [
      address,
      [...attempts, own].map(({ attempt, state }) => `${attempt.slice(-1)} ${state}`),
    ]),
  )

/** Whether an apply would ring anybody at this address. */
const wouldRing = (lockfile: Lockfile, address: string): boolean =>
  createPlan({
    payloads: [payloadOf(address)],
    definedAddresses: new Set([address]),
    lockfile: joinRecord(lockfile, []),
    observations: [],
    limits: { concurrency: 8 },
    redialNames: new Set([address]),
  }).changes.some(({ action }) => action === 'place' || action === 'redial')

const failed = (id: number): Entry => entryOf(id, { state: 'failed' })

const spellings: readonly (readonly [string, string, string])[] = [
  ['letter case', 'notify-ADELE', 'notify-adele'],
  ['normalization', 'bridge@caf\u00e9', 'bridge@cafe\u0301'],
  ['white space', 'bridge@INC 1', 'bridge@INC  1'],
  ['a no-break space', 'bridge@INC 1', 'bridge@INC\u00a01'],
  ['sigmas', 'bridge@\u03c3\u03c3', 'bridge@\u03a3\u03c2'],
]
for (const [what, one, other] of spellings) {
  test(`two calls that differ by ${what} keep their entries, are named, and neither is dialed`, () => {
    const { lockfile, doubles, twins } = merge({ [one]: entryOf(1) }, { [other]: entryOf(2) })
    const names = [one, other].sort()
    assert.equal(Object.keys(lockfile.calls).sort(), names)
    assert.equal(
      doubles.map(({ addresses, ours, theirs }) => [addresses, ours.callId, theirs.callId]),
      [[names, 'call-1', 'call-2']],
    )
    assert.equal(twins, [names])
    for (const address of names) assert.not(wouldRing(lockfile, address))
  })
}

test('one that may have rung counts as a call', () => {
  const { lockfile, doubles } = merge({ A: entryOf(1, { state: 'uncertain' }) }, { a: entryOf(2) })
  assert.equal(Object.keys(lockfile.calls).sort(), ['A', 'a'])
  assert.is(doubles.length, 1)
})

test('what was refused in one spelling is the past of what rang in the other', () => {
  const { lockfile, doubles, twins } = merge({ A: failed(1) }, { a: entryOf(2) })
  assert.equal(attemptsIn(lockfile), { a: ['1 failed', '2 placed'] })
  assert.equal([...doubles, ...twins], [])
})

test('one call that is recorded in two spellings is one entry, in the further state', () => {
  const ended = entryOf(1, { state: 'ended' })
  const { lockfile, doubles, twins } = merge({ A: ended }, { a: entryOf(1) })
  assert.equal(attemptsIn(lockfile), { A: ['1 ended'] })
  assert.equal([...doubles, ...twins], [])
})

test('a redial in another spelling on one side alone is one call', () => {
  const before = entryOf(1, { state: 'ended' })
  const { lockfile, doubles } = merge({ A: before }, { a: entryOf(2, { redial: true, attempts: [before] }) })
  assert.equal(attemptsIn(lockfile), { a: ['1 ended', '2 placed'] })
  assert.equal(doubles, [])
})

test('an attempt that both have stands in the further state under both', () => {
  const [live, ended] = [entryOf(1), entryOf(1, { state: 'ended' })]
  const ours = { A: entryOf(2, { redial: true, attempts: [live] }) }
  const { lockfile, doubles } = merge(ours, { a: entryOf(3, { redial: true, attempts: [ended] }) })
  assert.equal(attemptsIn(lockfile), { A: ['1 ended', '2 placed'], a: ['1 ended', '3 placed'] })
  assert.is(doubles.length, 1)
})

test('two spellings that a side has already are kept, and are no news', () => {
  const both = { A: entryOf(1), a: entryOf(2) }
  const { lockfile, doubles, twins } = merge(both, { A: entryOf(1) })
  assert.equal(Object.keys(lockfile.calls).sort(), ['A', 'a'])
  assert.equal([...doubles, ...twins], [])
  assert.is(merge({ A: entryOf(1), a: entryOf(2) }, { AA: entryOf(3) }).twins.length, 0)
})

test('what is forgotten in one spelling and live in the other stays', () => {
  const forgotten = forgetAddress(lockfileOf({ A: entryOf(1, { state: 'ended' }) }), {
    address: 'A',
    at: sampleTimes.forgotten,
  })
  const placedAnew = { ...forgotten, calls: lockfileOf({ A: entryOf(2) }).calls }
  for (const side of [forgotten, placedAnew]) {
    const { lockfile, kept } = mergeLockfiles(side, lockfileOf({ a: entryOf(1) }))
    assert.equal(kept, ['a'])
    assert.not(plansToPlace(lockfile, 'a'))
    assert.not(plansToPlace(lockfile, 'A'))
  }
})

test('what both have forgotten, each in a spelling of its own, is forgotten once', () => {
  const forget = (address: string): Lockfile =>
    forgetAddress(lockfileOf({ [address]: entryOf(1, { state: 'ended' }) }), {
      address,
      at: sampleTimes.forgotten,
    })
  const { lockfile } = mergeLockfiles(forget('A'), forget('a'))
  assert.equal(Object.values(lockfile.forgotten ?? {}).flat().length, 1)
})

test('an old name that comes back in another spelling is folded into the new one', () => {
  const { lockfile } = merge(
    { new: entryOf(1, { movedFrom: ['Old'] }) },
    { old: entryOf(1, { state: 'ended' }) },
  )
  assert.equal(attemptsIn(lockfile), { new: ['1 ended'] })
})

test('and stays where it is another call', () => {
  const { lockfile } = merge({ new: entryOf(1, { movedFrom: ['Old'] }) }, { old: entryOf(2) })
  assert.equal(attemptsIn(lockfile), { new: ['1 placed'], old: ['2 placed'] })
})

test('a call renamed there and back in another spelling is refused by name', () => {
  const calls = { a: entryOf(1, { movedFrom: ['B'] }), b: entryOf(1, { movedFrom: ['A'] }) }
  assert.throws(() => joinRecord(lockfileOf(calls), []), /^a: |a: its entry/)
})

const attemptStates = fc.constantFrom<Entry['state']>('placed', 'uncertain', 'ended', 'failed')
const entry = fc
  .uniqueArray(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 3 })
  .chain((ids) => fc.tuple(...ids.map((id) => attemptStates.map((state) => entryOf(id, { state })))))
  .map(([newest, ...attempts]): Entry => (attempts.length === 0 ? newest! : { ...newest!, attempts }))
const side = fc
  .dictionary(fc.constantFrom('A', 'a', 'B c', 'b  C'), entry, { noNullPrototype: true })
  .map((calls) => lockfileOf(calls))

test('whatever the spellings, no call id is lost and nothing that may have rung can be dialed', () => {
  fc.assert(
    fc.property(side, side, (ours, theirs) => {
      const { lockfile } = mergeLockfiles(ours, theirs)
      const text = formatLockfile(lockfile)
      for (const [address, recorded] of [...Object.entries(ours.calls), ...Object.entries(theirs.calls)]) {
        const all = [...(recorded.attempts ?? []), recorded]
        for (const { callId = '' } of all) assert.ok(text.includes(callId))
        const rang = all.some(({ state }) => state === 'placed' || state === 'ended')
        if (rang) assert.not(plansToPlace(lockfile, address))
      }
      const keys = Object.keys(lockfile.calls).map(keyOfAddress)
      const before = [ours, theirs].flatMap(({ calls }) => Object.keys(calls).map(keyOfAddress))
      assert.equal(new Set(keys), new Set(before))
      assert.is(formatLockfile(mergeLockfiles(lockfile, theirs).lockfile), text)
    }),
    { seed: 20261129, numRuns: 500 },
  )
})

const plansToPlace = (lockfile: Lockfile, address: string): boolean =>
  createPlan({
    payloads: [payloadOf(address)],
    definedAddresses: new Set([address]),
    lockfile,
    observations: [],
    limits: { concurrency: 8 },
  }).changes.some(({ action }) => action === 'place')

test.run()
