import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createReplace } from '../../src/review/replace-texts.js'

const test = suite('review/replace-texts')

const replace = (texts: readonly string[], text: string): string =>
  createReplace(texts.map((each, index) => ({ text: each, by: `<${index}>` })))(text)

test('of texts that begin at one place, the longest is replaced', () => {
  assert.is(replace(['Ada Lovelace', 'Ada Lovelace-King', 'Lovelace'], 'to Ada Lovelace-King'), 'to <1>')
})

test('a text inside a longer one that is not there is found', () => {
  assert.is(replace(['abcdefg', 'cdef'], 'abcdefx'), 'ab<1>x')
})

test('a short text is replaced where it is a word of its own', () => {
  assert.is(replace(['Al', 'Bo'], 'Also Al, Bobo (Bo)'), 'Also <0>, Bobo (<1>)')
})

test('after a replacement the search goes on behind it', () => {
  assert.is(replace(['aaaa', 'aabb'], 'aaaabb'), '<0>bb')
})

test('no texts, or empty ones, replace nothing', () => {
  assert.is(replace([], 'Ada'), 'Ada')
  assert.is(replace([''], 'Ada'), 'Ada')
})

/** The longest text that stands at each place, tried one by one. */
function replaceSlowly(texts: readonly string[], text: string): string {
  const isWord = (at: number, length: number): boolean =>
    length >= 4 || !/[ab]/.test(`${text[at - 1] ?? ''}${text[at + length] ?? ''}`)
  let shown = ''
  for (let at = 0; at < text.length; ) {
    const found = [...texts.keys()]
      .filter((index) => texts[index] !== '' && text.startsWith(texts[index]!, at))
      .filter((index) => isWord(at, texts[index]!.length))
      .sort((left, right) => texts[right]!.length - texts[left]!.length)[0]
    shown += found === undefined ? text[at] : `<${found}>`
    at += found === undefined ? 1 : texts[found]!.length
  }
  return shown
}

test('property: the same as trying every text at every place', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', ' '), maxLength: 9 })
  const texts = fc.uniqueArray(word, { maxLength: 12 })
  const long = fc.string({ unit: fc.constantFrom('a', 'b', ' '), maxLength: 60 })
  fc.assert(
    fc.property(texts, long, (names, text) => {
      assert.is(replace(names, text), replaceSlowly(names, text))
    }),
    { numRuns: 500 },
  )
})

test.run()
