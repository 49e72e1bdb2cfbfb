import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { didYouMeanAddress } from '../../../src/model/words/suggest-address.js'

const test = suite('suggest-address')

for (const [wanted, known, expected] of [
  ['bridge', ['bridge@INC-1', 'ping'], '`bridge@INC-1`'],
  ['Bridge', ['bridge@INC-10', 'bridge@INC-2'], '`bridge@INC-2` or `bridge@INC-10`'],
  ['page', ['page-1', 'pages'], '`page-1`?'],
  ['pnig', ['ping', 'a', 'b'], '`ping`'],
] as const) {
  test(`${wanted} of ${known.join(', ')}`, () => {
    assert.match(didYouMeanAddress(wanted, known) ?? '', expected)
  })
}

test('of very many occasions three are named', () => {
  const known = Array.from({ length: 300 }, (_, index) => `bridge@INC-${index}`)
  assert.match(didYouMeanAddress('bridge', known) ?? '', 'one of 297 more')
})

test.run()
