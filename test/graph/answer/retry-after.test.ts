import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readRetryAfter } from '../../../src/graph/answer/retry-after.js'

const test = suite('graph/retry-after')
const now = Date.UTC(2026, 0, 5, 12, 0, 0)

const forms: readonly (readonly [string | null, number | undefined])[] = [
  ['2.128', 2.128],
  [' 30 ', 30],
  ['0', 0],
  ['Mon, 05 Jan 2026 12:00:30 GMT', 30],
  ['Mon, 05 Jan 2026 11:59:59 GMT', undefined],
  ['-1', undefined],
  ['1e9', undefined],
  ['Infinity', undefined],
  ['soon', undefined],
  ['30 seconds', undefined],
  ['2026-01-05', undefined],
  ['Mon, 99 Jan 2026 12:00:30 GMT', undefined],
  ['9'.repeat(40), undefined],
  ['', undefined],
  [null, undefined],
]
for (const [text, seconds] of forms) {
  test(`${text} is ${seconds} seconds`, () => assert.is(readRetryAfter(text, null, now), seconds))
}

test('a date counts from the server’s own clock', () => {
  const date = 'Mon, 05 Jan 2026 09:00:00 GMT'
  assert.is(readRetryAfter('Mon, 05 Jan 2026 09:00:10 GMT', date, now), 10)
  assert.is(readRetryAfter('Mon, 05 Jan 2026 12:00:10 GMT', 'nonsense', now), 10)
})

test.run()
