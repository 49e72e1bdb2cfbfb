import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { encodeName, formatFileName, readFileName } from '../../src/record/names.js'

const test = suite('record/names')

test('keeps plain addresses readable', () => {
  assert.is(formatFileName({ address: 'bridge@INC-2041', number: 2 }), 'bridge@INC-2041@2')
})

test('encodes what could lead elsewhere, be hidden, or not be a name', () => {
  assert.is(encodeName('..'), '%2E.')
  assert.is(encodeName('a/../b\\c d%'), 'a%2F..%2Fb%5Cc%20d%25')
  assert.is(encodeName('é\n'), '%C3%A9%0A')
})

test('reads back what it wrote, whatever the address, unless its name had to be cut', () => {
  fc.assert(
    fc.property(
      fc
        .string({ minLength: 1, maxLength: 20, unit: 'grapheme' })
        .filter((address) => encodeURIComponent(address).length <= 180),
      fc.integer({ min: 1, max: 999 }),
      (address, number) => {
        assert.equal(readFileName(formatFileName({ address, number })), { address, number })
      },
    ),
    { seed: 20261123 },
  )
})

test('cuts long names and keeps them apart by a hash', () => {
  const [a, b] = [encodeName(`${'x'.repeat(400)}a`), encodeName(`${'x'.repeat(400)}b`)]
  assert.is(a.length, 180)
  assert.is.not(a, b)
  assert.match(a, /^x+~[0-9a-f]{64}$/)
})

test('has number 0 for a name without one', () => {
  assert.equal(readFileName('a@1.bak'), { address: 'a', number: 0 })
  assert.equal(readFileName('%zz@1'), { address: '%zz', number: 1 })
})

test.run()
