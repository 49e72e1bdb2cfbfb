import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { keyOfAddress } from '../../../src/model/address.js'
import {
  encodeName,
  formatFileName,
  formatOldFileName,
  isFileNameOf,
  readFileName,
} from '../../../src/record/disk/names.js'

const test = suite('record/names')

test('keeps plain addresses readable', () => {
  assert.is(formatFileName({ address: 'bridge@INC-2041', number: 2 }), 'bridge@inc-2041@2')
})

test('encodes what could lead elsewhere, be hidden, or not be a name', () => {
  assert.is(encodeName('..'), '%2E.')
  assert.is(encodeName('a/../b\\c d%'), 'a%2F..%2Fb%5Cc%20d%25')
  assert.is(encodeName('é\n'), '%C3%A9%0A')
})

test('reads back the key of what it wrote, whatever the address, unless its name had to be cut', () => {
  fc.assert(
    fc.property(
      fc
        .string({ minLength: 1, maxLength: 20, unit: 'grapheme' })
        .filter((address) => encodeName(keyOfAddress(address)).length <= 150),
      fc.integer({ min: 1, max: 999 }),
      (address, number) => {
        const key = keyOfAddress(address)
        assert.equal(readFileName(formatFileName({ address, number })), { address: key, number })
      },
    ),
    { seed: 20261123 },
  )
})

test('has one name for every spelling of an address, and knows those of older versions', () => {
  const spellings = ['bridge@Caf\u00e9  1', 'BRIDGE@cafe\u0301 1 ', 'bridge@CAF\u00c9\u00a01']
  const names = spellings.map((address) => formatFileName({ address, number: 3 }))
  assert.equal(names, Array(3).fill('bridge@caf%C3%A9%201@3'))
  for (const address of spellings) {
    assert.ok(isFileNameOf(formatOldFileName({ address, number: 3 }), { address, number: 3 }))
    assert.ok(isFileNameOf(names[0]!, { address, number: 3 }))
    assert.not(isFileNameOf(names[0]!, { address, number: 4 }))
  }
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
