import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { matchItems } from '../../src/review/match-items.js'

const test = suite('review/match-items')

const shown = (before: readonly (string | object)[], after: readonly (string | object)[]) =>
  matchItems(before as never, after as never).map((pair) => `${pair.before ?? '-'} ${pair.after ?? '+'}`)

test('equal lists match one by one', () => assert.equal(shown(['a', 'b'], ['a', 'b']), ['0 0', '1 1']))
test('an item put in is one', () => assert.equal(shown(['a', 'b'], ['a', 'x', 'b']), ['0 0', '- 1', '1 2']))
test('an item taken out is one', () =>
  assert.equal(shown(['a', 'x', 'b'], ['a', 'b']), ['0 0', '1 +', '2 1']))
test('an item that differs is matched with what stood there', () =>
  assert.equal(shown(['a', 'x', 'b'], ['a', 'y', 'b']), ['0 0', '1 1', '2 2']))
test('items about somebody else are not matched', () =>
  assert.equal(shown([{ id: 1, n: 1 }, { id: 'a' }], [{ id: 'b' }]), ['0 +', '1 +', '- 0']))
test('items about the same person are matched though they differ', () => {
  const of = (id: string, name: string) => ({ identity: { user: { id, name } } })
  assert.equal(shown([of('a', 'A'), of('b', 'B')], [of('x', 'X'), of('b', 'Bob')]), ['0 +', '- 0', '1 1'])
})

test('every item of both lists is in one pair', () => {
  const item = fc.oneof(
    fc.constantFrom('a', 'b', 'c'),
    fc.record({ id: fc.constantFrom('x', 'y', 'z'), v: fc.nat(2) }),
  )
  const list = fc.array(item, { maxLength: 8 })
  fc.assert(
    fc.property(list, list, (before, after) => {
      const pairs = matchItems(before, after)
      const indexes = (side: 'before' | 'after') => pairs.flatMap((pair) => pair[side] ?? [])
      assert.equal(
        indexes('before').toSorted((a, b) => a - b),
        before.map((_, index) => index),
      )
      assert.equal(
        indexes('after'),
        after.map((_, index) => index),
      )
    }),
    { seed: 7 },
  )
})

test('long lists take no time to speak of', () => {
  const before = Array.from({ length: 5000 }, (_, index) => `item ${index}`)
  const after = [...before.slice(0, 2000), 'new', ...before.slice(2000)].reverse().reverse()
  assert.is(matchItems(before, after).length, 5001)
})

test.run()
