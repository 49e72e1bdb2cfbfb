import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compareLines, trimContext } from '../../../src/report/text/line-diff.js'

const test = suite('line-diff')
const compare = (before: string, after: string): string =>
  compareLines([...before], [...after])
    .map(({ mark, text }) => mark + text)
    .join('')

test('a line that changed is removed, then added', () => {
  assert.is(compare('abc', 'axc'), ' a-b+x c')
})

test('nothing leads to something, and back', () => {
  assert.is(compare('', 'ab'), '+a+b')
  assert.is(compare('ab', ''), '-a-b')
  assert.is(compare('', ''), '')
})

test('what stays is not shown as changed', () => {
  assert.is(compare('abcabba', 'cbabac').replace(/ ./g, '').length, 2 * 5)
})

test('both texts can be read from it', () => {
  const lines = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 30 })
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      const found = compareLines(before, after)
      const read = (without: string) => found.filter(({ mark }) => mark !== without).map(({ text }) => text)
      assert.equal(read('+'), before)
      assert.equal(read('-'), after)
    }),
    { seed: 20_261_123 },
  )
})

test('texts that have little in common are shown one after the other', () => {
  const [before, after] = ['a', 'b'].map((name) => Array.from({ length: 3_000 }, (_, index) => name + index))
  assert.equal(
    compareLines(before!, after!)
      .map(({ mark }) => mark)
      .join('')
      .search(/\+-/),
    -1,
  )
})

test('only lines near a change are shown', () => {
  const shown = trimContext(compareLines([...'abcdefgh'], [...'abcdXfgh']), 1)
  assert.is(shown.map(({ mark, text }) => mark + text).join(''), ' … d-e+X f …')
})

test.run()
