import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { clampConcurrency, forEachConcurrently } from '../../src/model/concurrency.js'

const test = suite('concurrency')

async function mostInFlight(count: number, limit: number): Promise<number> {
  let inFlight = 0
  let most = 0
  await forEachConcurrently(Array.from({ length: count }), limit, async () => {
    inFlight += 1
    most = Math.max(most, inFlight)
    await new Promise((resolve) => setImmediate(resolve))
    inFlight -= 1
  })
  return most
}

test('as many as the limit, no more', async () => {
  assert.is(await mostInFlight(30, 4), 4)
  assert.is(await mostInFlight(2, 4), 2)
})

test('64 at most, one where the limit makes no sense', () => {
  assert.is(clampConcurrency(1000), 64)
  for (const limit of [0, -1, 0.5, Number.NaN]) assert.is(clampConcurrency(limit), 1)
  assert.is(clampConcurrency(2.9), 2)
})

test('begins in order, each item once', async () => {
  const begun: number[] = []
  await forEachConcurrently([5, 6, 7, 8], 2, async (item, index) => {
    begun.push(item * 10 + index)
    await Promise.resolve()
  })
  assert.equal(begun, [50, 61, 72, 83])
})

test('nothing to do is done at once', () =>
  forEachConcurrently([], 8, () => Promise.reject(new Error('called'))))

test.run()
