import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compareLockfiles } from '../../src/review/compare-lockfiles.js'
import { entryOf, lockfileOf } from '../record/lockfile-samples.js'

const test = suite('review/compare-lockfiles')

test('an entry that is gone, or says now that nothing rang, is a guard that is gone', () => {
  const base = lockfileOf({ a: entryOf(1), b: entryOf(2, { state: 'uncertain' }), c: entryOf(3) })
  const head = lockfileOf({ b: entryOf(2, { state: 'failed' }), c: entryOf(3, { state: 'ended' }) })
  assert.equal(compareLockfiles(base, head), [
    { name: 'lockfile', address: 'a', before: 'placed', isLooser: true },
    { name: 'lockfile', address: 'b', before: 'uncertain', after: 'failed', isLooser: true },
  ])
})

test('what never rang, what was renamed and what is new is none', () => {
  const base = lockfileOf({ a: entryOf(1, { state: 'failed' }), b: entryOf(2) })
  const head = lockfileOf({ c: entryOf(2, { movedFrom: ['b'] }), d: entryOf(4) })
  assert.equal(compareLockfiles(base, head), [])
})

test('many are counted', () => {
  const calls = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`a${index}`, entryOf(index)]))
  assert.equal(compareLockfiles(lockfileOf(calls), lockfileOf({})), [
    { name: 'lockfile', before: '11 entries of calls that rang', isLooser: true },
  ])
})

test.run()
