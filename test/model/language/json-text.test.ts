import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { findJsonFault, JsonTextError, parseJsonText } from '../../../src/model/language/json-text.js'

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
  '[0¦1]',
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

/** What either reader makes of a text; undefined where it is none. */
const tried = (read: () => unknown): unknown => {
  try {
    return { value: read() }
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof JsonTextError) return undefined
    throw error
  }
}

test('property: it reads what JSON reads, as the same, and refuses the rest', () => {
  const cut = fc.constantFrom(
    '',
    ',',
    ']',
    '}',
    '"',
    'x',
    '1',
    ' ',
    '\\',
    '\\u00',
    '-',
    '.',
    'e',
    '\t',
    '\u00a0',
    '//',
  )
  const arrays = fc.array(fc.json({ maxDepth: 2 }), { maxLength: 4 }).map((texts) => `[${texts.join(',')}]`)
  fc.assert(
    fc.property(arrays, fc.nat(), cut, (text, at, put) => {
      const place = at % (text.length + 1)
      const changed = text.slice(0, place) + put + text.slice(place)
      const wanted = tried(() => JSON.parse(changed))
      const found = tried(() => parseJsonText(changed).value)
      if (found === undefined && wanted !== undefined) assert.match(changed, /__proto__|"(.*)":.*"\1":/s)
      else assert.equal(found, wanted)
    }),
    { seed: 6, numRuns: 2000 },
  )
})

test.run()
