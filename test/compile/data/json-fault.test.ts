import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { findJsonFault } from '../../../src/compile/data/json-fault.js'

const test = suite('findJsonFault')

/** `¦` stands before the fault. */
const faults = [
  '¦',
  '[1, 2¦',
  '[1, 2,¦]',
  '[1¦ 2]'.replace('¦ ', ' ¦'),
  '{"a" ¦1}',
  '{"a": 1,¦}',
  '{¦a: 1}',
  "[¦'a']",
  '[¦+1]',
  '[¦01]',
  '[¦1.]',
  '[¦NaN]',
  '[¦trueish]',
  '["a", ¦"b',
  '[¦"\\x"]',
  '[1] ¦// x',
  '[1]¦]',
  '{"a": [1, 2¦}',
  '[¦,]',
  '[¦"a\nb"]',
]

for (const marked of faults) {
  test(JSON.stringify(marked), () => {
    const text = marked.replace('¦', '')
    assert.throws(() => JSON.parse(text))
    assert.is(findJsonFault(text), marked.indexOf('¦'))
  })
}

test('property: what JSON reads has no fault, and what it refuses has one inside', () => {
  fc.assert(
    fc.property(
      fc.json(),
      fc.nat(),
      fc.constantFrom('', ',', ']', '}', '"', 'x', '1', ' '),
      (text, at, put) => {
        const cut = at % (text.length + 1)
        const changed = text.slice(0, cut) + put + text.slice(cut + 1)
        assert.is(findJsonFault(text), text.length)
        const isJson = (() => {
          try {
            JSON.parse(changed)
            return true
          } catch {
            return false
          }
        })()
        const fault = findJsonFault(changed)
        if (isJson) assert.is(fault, changed.length)
        assert.ok(fault <= changed.length)
      },
    ),
    { seed: 5, numRuns: 500 },
  )
})

test.run()
