import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { HeldText } from '../../../src/record/held/held-text.js'

const test = suite('HeldText')

const through = (texts: readonly string[]): string => {
  const held = new HeldText()
  for (const text of texts) held.add(text)
  return written(held)
}

/** As a reader has it: a piece is other bytes when the next one is asked for. */
function written(held: HeldText): string {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  let text = ''
  for (const piece of held.pieces()) text += decoder.decode(piece, { stream: true })
  return text
}

test('nothing added, nothing written', () => {
  assert.equal([...new HeldText().pieces()], [])
})

test('text comes out as it went in', () => {
  const texts = fc.array(fc.string({ unit: 'grapheme', maxLength: 40 }), { maxLength: 50 })
  fc.assert(
    fc.property(texts, (each) => through(each) === each.join('')),
    { seed: 7, numRuns: 200 },
  )
})

// 12 MB: some of it is packed, some is not.
const long = Array.from({ length: 6000 }, (_, index) => `${index} ${'é😀'.repeat(250)}\n`)

test('also where there is so much that it is packed', () => {
  assert.is(through(long) === long.join(''), true)
})

test('also a text longer than what is held at once', () => {
  const one = 'ü'.repeat(700_000)
  assert.is(through(['a', one, 'b']) === `a${one}b`, true)
})

test('each text comes back, in whatever order it is asked for', () => {
  const held = new HeldText()
  const texts = [...long, 'ü'.repeat(700_000), '', ...long.slice(0, 500)]
  const places = texts.map((text) => held.add(text))
  const order = texts.map((_, index) => (index * 2711) % texts.length)
  for (const index of [0, texts.length - 1, ...order]) assert.ok(held.at(places[index]!) === texts[index])
  assert.is(written(held) === texts.join(''), true)
})

test.run()
