import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { RecordError } from '../../../src/model/errors.js'
import type { Entry, Lockfile } from '../../../src/model/record/lockfile.js'
import { joinRecord, moveEntries } from '../../../src/record/lockfile/moved-entries.js'
import { entryOf, lockfileOf } from '../lockfile-samples.js'
import { claimOf, placed, refused, uncertain, uuid } from '../temporary-place.js'

const test = suite('moved-entries')

const old = { ...claimOf('old', 1, 1), outcome: placed('call-1') }
const moved = (calls: Readonly<Record<string, Entry>>, ...moves: readonly [string, string][]): Lockfile =>
  moveEntries(lockfileOf(calls), new Map(moves))
const statesOf = ({ calls }: Lockfile): string =>
  Object.keys(calls)
    .sort()
    .map((address) => `${address} ${calls[address]!.state} ${calls[address]!.attempt.slice(-1)}`)
    .join(', ')

test('an entry moves to its new address and remembers the old one', () => {
  const { calls } = moved({ old: entryOf(1) }, ['new', 'old'])
  assert.equal(Object.keys(calls), ['new'])
  assert.equal(calls['new'], { ...entryOf(1), movedFrom: ['old'] })
})

test('what is not there does not move, and no entry is overwritten', () => {
  const lockfile = lockfileOf({ old: entryOf(1), new: entryOf(2) })
  assert.is(moveEntries(lockfile, new Map([['new', 'old']])), lockfile)
  assert.is(moveEntries(lockfile, new Map([['x', 'y']])), lockfile)
})

test('the attempts of the old name do not bring it back', () => {
  const lockfile = moved({ old: entryOf(1) }, ['new', 'old'])
  assert.is(statesOf(joinRecord(lockfile, [old])), 'new placed 1')
})

test('also not through two renames and a redial', () => {
  let lockfile = moved({ a: entryOf(1) }, ['b', 'a'])
  lockfile = moveEntries(lockfile, new Map([['c', 'b']]))
  const first = { ...claimOf('a', 1, 1), outcome: placed('call-1') }
  const second = { ...claimOf('c', 1, 2), outcome: placed('call-2') }
  lockfile = joinRecord(lockfile, [first, second])
  assert.is(statesOf(lockfile), 'c placed 2')
  assert.is(statesOf(joinRecord(lockfile, [first, second])), 'c placed 2')
  assert.equal(lockfile.calls['c']?.attempts?.[0]?.['movedFrom'], ['a', 'b'])
})

test('later attempts under the new name are the newer ones', () => {
  const lockfile = moved({ old: entryOf(1) }, ['new', 'old'])
  const redial = { ...claimOf('new', 1, 2), outcome: uncertain }
  assert.is(statesOf(joinRecord(lockfile, [old, redial])), 'new uncertain 2')
  assert.is(statesOf(joinRecord(lockfile, [old, { ...redial, outcome: refused }])), 'new placed 1')
})

test('an old name that is defined anew has attempts of its own', () => {
  const lockfile = moved({ old: entryOf(1) }, ['new', 'old'])
  const again = { ...claimOf('old', 2, 2), outcome: placed('call-2') }
  assert.is(statesOf(joinRecord(lockfile, [old, again])), 'new placed 1, old placed 2')
})

test('a lockfile from before the rename is as it was', () => {
  assert.is(statesOf(joinRecord(lockfileOf({ old: entryOf(1) }), [old])), 'old placed 1')
})

test('an old address that a merge brought back is folded in, and the further state wins', () => {
  const both = lockfileOf({
    new: entryOf(1, { movedFrom: ['old'] }),
    old: entryOf(1, { state: 'ended' }),
  })
  assert.is(statesOf(joinRecord(both, [])), 'new ended 1')
  assert.equal(joinRecord(both, []).calls['new']?.['movedFrom'], ['old'])
})

test('an old address with an attempt that the new one does not know stays', () => {
  const both = lockfileOf({ new: entryOf(1, { movedFrom: ['old'] }), old: entryOf(2) })
  assert.is(statesOf(joinRecord(both, [])), 'new placed 1, old placed 2')
})

test('a `movedFrom` that cannot be read is refused', () => {
  for (const movedFrom of ['old', [1], ['__proto__'], {}]) {
    assert.throws(() => joinRecord(lockfileOf({ new: entryOf(1, { movedFrom }) }), []), /movedFrom/)
  }
})

const circles: readonly (readonly [string, Readonly<Record<string, Entry>>])[] = [
  ['two', { a: entryOf(1, { movedFrom: ['b'] }), b: entryOf(1, { movedFrom: ['a'] }) }],
  [
    'three',
    {
      a: entryOf(1, { movedFrom: ['c'] }),
      b: entryOf(1, { movedFrom: ['a'] }),
      c: entryOf(1, { movedFrom: ['b'] }),
    },
  ],
  ['renamed and back', { a: entryOf(1, { movedFrom: ['a', 'b'] }), b: entryOf(1, { movedFrom: ['a'] }) }],
]
for (const [what, calls] of circles) {
  test(`entries that were each other before, ${what}, are refused by name`, () => {
    assert.throws(
      () => joinRecord(lockfileOf(calls), []),
      (cause: Error) =>
        cause instanceof RecordError && cause.message.startsWith('a: ') && cause.hint !== undefined,
    )
  })
}

test('an old name that a later one folds in first is no circle', () => {
  const calls = {
    c: entryOf(1, { movedFrom: ['a', 'b'] }),
    b: entryOf(1, { movedFrom: ['a'] }),
    a: entryOf(1),
  }
  assert.is(statesOf(joinRecord(lockfileOf(calls), [])), 'c placed 1')
})

test('a lockfile without renames is left alone', () => {
  const lockfile = lockfileOf({ a: entryOf(1), constructor: entryOf(2) })
  assert.equal(joinRecord(lockfile, []), lockfile)
  assert.is(uuid(1), lockfile.calls['a']?.attempt)
})

test.run()
