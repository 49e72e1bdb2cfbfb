import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { plainText, visibleText, withoutSecrets } from '../../../src/graph/text/text.js'

const test = suite('graph/text')

test('plain text has no control or direction characters and a length', () => {
  assert.is(plainText('\u001b[31mred\u202e\r\nnext\u0085', 100), '[31mred   next')
  assert.is(plainText('x'.repeat(600), 500).length, 500)
})

test('evidence shows control characters as escapes', () => {
  assert.is(visibleText('a\u001b\n\r\t\u0000\u2066é', 100), 'a\\u001b\\n\\r\\t\\u0000\\u2066é')
})

test('secrets are taken out as they are, percent-encoded, and after Bearer', () => {
  const secret = 'p~ss/w+rd=='
  const text = `a ${secret} b ${encodeURIComponent(secret)} c Authorization: bearer eyJ0.partial`
  assert.is(withoutSecrets(text, [secret]), 'a *** b *** c Authorization: Bearer ***')
})

test('a text too short for a secret is left alone', () => {
  assert.is(withoutSecrets('fixed', ['x', '']), 'fixed')
})

test.run()
