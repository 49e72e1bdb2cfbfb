import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { keyOfAddress } from '../../src/model/address.js'

const test = suite('address')

const same: readonly (readonly [string, string])[] = [
  ['notify-ADELE', 'notify-adele'],
  ['bridge@INC-1', 'BRIDGE@inc-1'],
  ['bridge@caf\u00e9', 'bridge@cafe\u0301'],
  ['bridge@Stra\u00dfe', 'bridge@STRASSE'],
  ['bridge@\u03c3\u03b1\u03c2', 'bridge@\u03a3\u0391\u03a3'],
  ['bridge@a  b', 'bridge@a b'],
  ['bridge@a\u00a0b ', 'bridge@a b'],
]

for (const [first, second] of same) {
  test(`${JSON.stringify(first)} means the same call as ${JSON.stringify(second)}`, () => {
    assert.is(keyOfAddress(first), keyOfAddress(second))
  })
}

test('other letters, digits and signs mean another call', () => {
  const addresses = ['a', 'b', 'a-1', 'a_1', 'a.1', 'a@1', 'a@ 1 2', 'a@12']
  assert.is(new Set(addresses.map(keyOfAddress)).size, addresses.length)
})

test('a key is its own key', () => {
  for (const pair of same)
    for (const address of pair) {
      const key = keyOfAddress(address)
      assert.is(keyOfAddress(key), key)
    }
})

test.run()
