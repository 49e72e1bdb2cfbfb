import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { escapeText, writeJson } from '../../../src/report/text/json-text.js'

const test = suite('json-text')

test('what terminals, agents and pages act on is escaped', () => {
  assert.is(writeJson('\u009b\u202e'), '"\\u009b\\u202e"')
  assert.is(writeJson('x ##vso[a.b]'), '"x \\u0023#vso[a.b]"')
  assert.is(writeJson('</script><!--'), '"\\u003c/script>\\u003c!--"')
  assert.is(writeJson('\u{e0041}'), '"\\udb40\\udc41"')
})

test('the value stays', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
      assert.equal(JSON.parse(writeJson(value, 2)), JSON.parse(JSON.stringify(value)))
    }),
    { seed: 20_261_123 },
  )
})

test('texts that are passed over quickly need no escape', () => {
  const parts = [
    '#',
    '#',
    ':',
    '<',
    '/',
    '!',
    'v',
    '[',
    ' ',
    'a',
    '\n',
    '\t',
    '\u007f',
    'é',
    '\u0301',
    '\u200b',
  ]
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...parts), { maxLength: 6 }), fc.boolean(), (each, isSpread) => {
      const value = [each.join('')]
      const space = isSpread ? 2 : undefined
      assert.is(writeJson(value, space), escapeText(JSON.stringify(value, null, space)))
    }),
    { seed: 20_261_124, numRuns: 5000 },
  )
})

test.run()
