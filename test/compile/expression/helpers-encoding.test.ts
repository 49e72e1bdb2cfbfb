import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { complaintOf, yieldOf } from './helpers-yield.js'

const encoding = suite('encoding helpers')

const cases: readonly (readonly [string, string])[] = [
  ['{{urlencode "ä/?#[]@&=+ %"}}', '%C3%A4%2F%3F%23%5B%5D%40%26%3D%2B%20%25'],
  ['{{urlencode ""}}', ''],
  ['{{base64 ""}}', ''],
  ['{{base64 "💚"}}', '8J+Smg=='],
  ['{{sha256 ""}}', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['{{uuid5 "url" "https://example.com"}}', '4fd35a71-71ef-5a55-a9d9-aa75c889a6d0'],
  ['{{uuid5 "DNS" "python.org"}}', '886313e1-3b8a-5372-9b90-0c9aee199e5d'],
  ['{{uuid5 "6ba7b810-9dad-11d1-80b4-00c04fd430c8" "python.org"}}', '886313e1-3b8a-5372-9b90-0c9aee199e5d'],
  ['{{uuid5 "6BA7B810-9DAD-11D1-80B4-00C04FD430C8" "python.org"}}', '886313e1-3b8a-5372-9b90-0c9aee199e5d'],
]
for (const [expression, value] of cases) encoding(expression, () => assert.is(yieldOf(expression), value))

encoding('urlencode refuses half a character', () =>
  assert.is(complaintOf('{{urlencode v}}', { v: '\ud800' })?.code, 'expression/arguments'),
)
encoding('urlencode refuses a result without bounds', () =>
  assert.is(complaintOf('{{urlencode v}}', { v: '%'.repeat(400_000) })?.code, 'expression/arguments'),
)
encoding('uuid5 points at a namespace that is none', () =>
  assert.is(complaintOf('{{uuid5 "oid" "x"}}')?.at, 'oid'),
)
encoding('numbers are not encoded', () => assert.is(complaintOf('{{sha256 5}}')?.at, '5'))

encoding('every text comes back', () => {
  const check = (text: string): void => {
    assert.is(decodeURIComponent(String(yieldOf('{{urlencode v}}', { v: text }))), text)
    assert.is(Buffer.from(String(yieldOf('{{base64 v}}', { v: text })), 'base64').toString(), text)
    const hash = createHash('sha256').update(Buffer.from(text)).digest('hex')
    assert.is(yieldOf('{{sha256 v}}', { v: text }), hash)
  }
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), check), { seed: 7, numRuns: 200 })
})

encoding('uuid5 always makes a UUID of version 5', () => {
  const form = /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
  const check = (text: string): void => assert.match(String(yieldOf('{{uuid5 "dns" v}}', { v: text })), form)
  fc.assert(fc.property(fc.string(), check), { seed: 7, numRuns: 200 })
})

encoding.run()
