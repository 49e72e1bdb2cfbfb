import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { maskName, maskNumber } from '../../src/model/mask.js'

const test = suite('model/mask')

test('a number keeps its beginning and its end', () => assert.is(maskNumber('+14258828080'), '+1425•••8080'))
test('of a shorter number less is kept', () => {
  assert.is(maskNumber('+3545551234'), '+354•••1234')
  assert.is(maskNumber('+12345678'), '+1•••5678')
  assert.is(maskNumber('12345678'), '••••••••')
  assert.is(maskNumber(''), '')
})
test('at least three digits of any number are hidden', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\+?[0-9]{1,15}$/), (number) => {
      const kept = maskNumber(number).replaceAll('•', '').length
      assert.ok(number.length - kept >= Math.min(3, number.length), number)
    }),
    { seed: 3 },
  )
})
test('a name keeps its first letter, a very short one nothing', () => {
  assert.is(maskName('Adele Vance'), 'A•••')
  assert.is(maskName('🙂 Smile'), '🙂•••')
  assert.is(maskName('Bo'), '•••')
  assert.is(maskName(''), '•••')
})

test.run()
