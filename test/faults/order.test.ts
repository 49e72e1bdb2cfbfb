import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { checkOrder } from './order.js'
import { readTrace } from './strace.js'

const test = suite('order')
const id = '8d1f0000-0000-4000-8000-000000000000'
const claim = `21</r/attempts/.claim-${id}>`

const wholeLink = [`7 link("/r/attempts/.claim-${id}", "/r/attempts/ping@1") = 0`]

/** One call, recorded; strace tells of the slot's write in one line or, on a busy machine, in two. */
const traceWith = (slot: readonly string[], link: readonly string[] = wholeLink): string =>
  [
    `7 pwrite64(${claim}, "{}", 8192, 0) = 8192`,
    `7 fsync(${claim}) = 0`,
    ...link,
    '7 fsync(22</r/attempts>) = 0',
    `7 write(23<socket:[1]>, "POST /v1.0/communications/calls HTTP/1.1\\r\\nclient-request-id: ${id}", 400) = 400`,
    ...slot,
    `7 fsync(${claim}) = 0`,
  ].join('\n')

const violationsOf = (slot: readonly string[], link?: readonly string[]): readonly string[] =>
  checkOrder(readTrace(traceWith(slot, link))).violations

test('a write that strace cuts in two is read as one that it does not', () => {
  const whole = [`7 pwrite64(${claim}, "{}", 4096, 4096) = 4096`]
  const cut = [
    `7 pwrite64(${claim}, "{}", 4096, 4096 <unfinished ...>`,
    '8 write(24</r/x>, "x", 1) = 1',
    '7 <... pwrite64 resumed>) = 4096',
  ]
  assert.equal([violationsOf(whole), violationsOf(cut)], [[], []])
  assert.is(violationsOf([]).length, 1)
  const cutLink = [
    `7 link("/r/attempts/.claim-${id}", "/r/attempts/ping@1" <unfinished ...>`,
    '8 write(24</r/x>, "x", 1) = 1',
    '7 <... link resumed>) = 0',
  ]
  assert.equal(violationsOf(whole, cutLink), [])
  assert.ok(violationsOf(whole, []).length > 0)
})

test.run()
