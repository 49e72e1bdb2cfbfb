import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { CallResult, RunEvent } from '../../../src/model/run.js'
import {
  advanceProgress,
  formatCompiling,
  formatProgress,
  type Progress,
  startProgress,
} from '../../../src/report/text/progress.js'

const test = suite('progress')

const look = { hasColor: false, columns: 80 }
const result = (kind: CallResult['kind']): RunEvent => ({
  event: 'result',
  result: { address: 'a', kind, message: '' },
})
const waiting: RunEvent = { event: 'waiting', seconds: 4, reason: 'Graph throttles\u001b[2J this app' }
const after = (...events: readonly RunEvent[]): Progress => events.reduce(advanceProgress, startProgress(500))

test('done of total, what became of them, and the rate', () => {
  const events = [
    result('placed'),
    result('placed'),
    result('refused'),
    result('uncertain'),
    result('skipped'),
  ]
  assert.is(
    formatProgress(after(...events), 2, look),
    '[--------------------] 5/500, 2 placed, 1 refused, 1 unknown, 2.5/s, 4 min left',
  )
})

test('what is left at that rate, in seconds when soon, and nothing at the end', () => {
  const done = (count: number): Progress => ({ ...startProgress(500), done: count })
  assert.is(formatProgress(done(400), 40, look), '[################----] 400/500, 10.0/s, 10 s left')
  assert.is(formatProgress(done(20), 10, look), '[--------------------] 20/500, 2.0/s, 4 min left')
  assert.is(formatProgress(done(500), 50, look), '[####################] 500/500, 10.0/s')
})

test('no rate before there is one', () => {
  assert.is(formatProgress(after(), 5, look), '[--------------------] 0/500')
  assert.is(formatProgress(after(result('ended')), 0.5, look), '[--------------------] 1/500, 1 ended')
})

test('why it waits, until something happens; text from outside is spelled out', () => {
  assert.is(
    formatProgress(after(waiting), 0, look),
    '[--------------------] 0/500; waiting: Graph throttles\\u{1b}[2J this app',
  )
  assert.is(
    formatProgress(after(waiting, result('placed')), 0, look),
    '[--------------------] 1/500, 1 placed',
  )
  const claimed: RunEvent = { event: 'claimed', address: 'a', attemptId: 'x', number: 1 }
  assert.match(formatProgress(after(waiting, claimed), 0, look), 'waiting')
})

test('what is compiled, and how fast, once that can be said', () => {
  assert.is(formatCompiling(1, 0, look), 'compiling 1 call')
  assert.is(formatCompiling(12_400, 3.18, look), 'compiling 12,400 calls, 3,899/s')
})

test('the bar is full when all is done, not before, and gives way to words', () => {
  const drawn = (done: number, columns = 80): string =>
    formatProgress({ ...startProgress(500), done, placed: done }, 0, { hasColor: false, columns })
  assert.is(drawn(499), `[${'#'.repeat(19)}-] 499/500, 499 placed`)
  assert.is(drawn(500), `[${'#'.repeat(20)}] 500/500, 500 placed`)
  assert.is(drawn(501), `[${'#'.repeat(20)}] 501/500, 501 placed`)
  assert.is(drawn(500, 42), '500/500, 500 placed')
  assert.is(drawn(500, 43), `[${'#'.repeat(20)}] 500/500, 500 placed`)
})

test('it never fills the line', () => {
  for (const columns of [10, 20, 40, 60, 80]) {
    assert.ok([...formatProgress(after(waiting), 0, { hasColor: false, columns })].length < columns)
  }
})

test.run()
