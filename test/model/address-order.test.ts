import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compareAddresses } from '../../src/model/address-order.js'

const test = suite('address-order')

const sorted: readonly (readonly string[])[] = [
  ['page-1', 'page-2', 'page-10', 'page-100'],
  ['a', 'a-1', 'a-1-b', 'a-2', 'b'],
  ['bridge@INC-2', 'bridge@INC-10'],
  ['page-02', 'page-2', 'page-3'],
  ['v1.2.9', 'v1.2.10', 'v1.10.1'],
  ['n99999999999999999998', 'n99999999999999999999', 'n100000000000000000000'],
  ['', '0', 'A', 'a', 'ä'],
]

for (const expected of sorted) {
  test(`${expected.join(' < ')}, from whatever order`, () => {
    assert.equal([...expected].reverse().sort(compareAddresses), expected)
    for (const [index, left] of expected.entries()) {
      for (const [other, right] of expected.entries()) {
        assert.is(Math.sign(compareAddresses(left, right)), Math.sign(index - other), `${left} ${right}`)
      }
    }
  })
}

test.run()
