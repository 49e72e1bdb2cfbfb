// What `forget` takes out of an address, and what it must leave.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Entry } from '../../../src/model/record/lockfile.js'
import { forgetAddress } from '../../../src/record/lockfile/forget-address.js'
import { formatLockfile } from '../../../src/record/lockfile/format-lockfile.js'
import { joinRecord } from '../../../src/record/lockfile/moved-entries.js'
import { parseLockfile } from '../../../src/record/lockfile/parse-lockfile.js'
import { entryOf, lockfileOf, sampleTimes } from '../lockfile-samples.js'
import { claimOf, placed, uuid } from '../temporary-place.js'

const test = suite('record/forget-address')

const at = sampleTimes.forgotten
const forget = (entry: Entry, attempt?: string) =>
  forgetAddress(lockfileOf({ a: entry }), { address: 'a', at, ...(attempt !== undefined && { attempt }) })

const ended = { state: 'ended' } as const

test('one attempt that has ended is taken out, and the others stay', () => {
  const entry = entryOf(2, { attempts: [entryOf(1, ended)] })
  const { calls, forgotten } = forget(entry, uuid(1))
  assert.equal(calls['a'], entryOf(2))
  assert.equal({ ...forgotten }, { a: [{ ...entryOf(1, ended), forgottenAt: at }] })
})

test('where the entry\u2019s own goes, the newest that rang stands for the address', () => {
  const { calls } = forget(entryOf(2, { ...ended, attempts: [entryOf(1)] }), uuid(2))
  assert.equal(calls['a'], entryOf(1))
})

test('the last one leaves the address free, as without a choice', () => {
  assert.equal(forget(entryOf(1, ended), uuid(1)), forget(entryOf(1, ended)))
})

test('one that may be live, or may have rung, is refused, and what the others are does not matter', () => {
  assert.throws(() => forget(entryOf(2, { ...ended, attempts: [entryOf(1)] }), uuid(1)), /placed/)
  assert.throws(() => forget(entryOf(1, { state: 'uncertain' }), uuid(1)), /may have rung/)
  const unsure = entryOf(2, { state: 'uncertain', attempts: [entryOf(1, ended)] })
  assert.is(forget(unsure, uuid(1)).calls['a']?.state, 'uncertain')
})

test('attempts of this machine do not bring it back, nor its old names', () => {
  const own = [
    { ...claimOf('old', 1, 1), outcome: placed('call-1') },
    { ...claimOf('old', 2, 2), outcome: placed('call-2') },
  ]
  const moved = entryOf(2, { ...ended, digest: 'ab'.repeat(32), movedFrom: ['old'], attempts: [entryOf(1)] })
  const lockfile = forget(moved, uuid(2))
  const again = joinRecord(parseLockfile(formatLockfile(lockfile), 'x'), own)
  assert.equal(Object.keys(again.calls), ['a'])
  assert.is(again.calls['a']?.attempt, uuid(1))
  assert.is(again.calls['a']?.attempts, undefined)
})

test.run()
