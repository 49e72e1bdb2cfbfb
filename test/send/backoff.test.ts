import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { defaultBounds } from '../../src/apply/ports.js'
import { backoffTime, createPatience, throttleTime } from '../../src/send/backoff.js'

const test = suite('backoff')

test('full jitter: from nothing to a limit that doubles up to a ceiling', () => {
  const highest = [0, 1, 2, 3, 4, 5, 50].map((retry) => backoffTime(retry, 1, defaultBounds))
  assert.equal(highest, [500, 1000, 2000, 4000, 8000, 8000, 8000])
  assert.is(backoffTime(3, 0, defaultBounds), 0)
})

test('a throttle is held within 1 and 300 seconds', () => {
  assert.equal(
    [-1, 0, 0.2, 2.128, 300, 301, 1e300].map((seconds) => throttleTime(seconds, defaultBounds)),
    [1000, 1000, 1000, 2128, 300_000, 300_000, 300_000],
  )
})

test('patience ends after four retries', () => {
  const patience = createPatience(defaultBounds)
  const times = [0, 0, 0, 0, 0, 0].map((now) => patience.retryIn(now, 0.5))
  assert.equal(times, [250, 500, 1000, 2000, undefined, undefined])
})

test('patience ends after thirty seconds', () => {
  const patience = createPatience(defaultBounds)
  assert.is(patience.retryIn(1000, 0.5), 250)
  assert.is(patience.retryIn(30_400, 0.5), 500)
  assert.is(patience.retryIn(30_900, 0.5), undefined)
})

test('an answer gives new patience', () => {
  const patience = createPatience(defaultBounds)
  for (let count = 0; count < 5; count += 1) patience.retryIn(0, 0.5)
  patience.reset()
  assert.is(patience.retryIn(60_000, 0.5), 250)
})

test.run()
