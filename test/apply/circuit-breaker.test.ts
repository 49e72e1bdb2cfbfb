import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createCircuitBreaker } from '../../src/apply/circuit-breaker.js'
import type { Outcome } from '../../src/model/record/attempt.js'

const test = suite('circuit-breaker')

const outcomes: Record<string, Outcome> = {
  u: { kind: 'uncertain', reason: '', at: '' },
  p: { kind: 'placed', callId: 'c', evidence: 'http-201', at: '' },
  r: { kind: 'refused', status: 403, code: '', message: '', at: '' },
  n: { kind: 'not-sent', reason: '', at: '' },
}

/** When it opens: the number of the outcome, counted from 1; 0 for never. */
function opensAt(row: string): number {
  const breaker = createCircuitBreaker(3)
  return [...row].findIndex((letter) => breaker.note(outcomes[letter]!)) + 1
}

test('opens at three unknown outcomes in a row', () => assert.is(opensAt('uuu'), 3))
test('a call placed or refused ends the row', () => assert.is(opensAt('uupuuruu'), 0))
test('what was not sent tells nothing', () => assert.is(opensAt('ununnu'), 6))

test.run()
