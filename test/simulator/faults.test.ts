import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { UsageError } from '../../src/model/errors.js'
import { parseFaults } from '../../src/simulator/faults.js'

const faultsSuite = suite('simulator/faults')

faultsSuite('reads probabilities and numbers', () => {
  assert.equal(
    parseFaults('lost-answer=0.1, throttle=.2,reset=0,seed=7,delay=100,latency=50,retry-after=1.5'),
    {
      seed: 7,
      delay: 100,
      latency: 50,
      retryAfter: 1.5,
      chances: { 'lost-answer': 0.1, throttle: 0.2, reset: 0 },
    },
  )
})

faultsSuite('reads exact counts in the order written', () => {
  assert.equal(parseFaults('none=3x,reset=1x'), {
    planned: [
      { fault: 'none', count: 3 },
      { fault: 'reset', count: 1 },
    ],
  })
})

faultsSuite('reads nothing as no faults', () => {
  assert.equal(parseFaults(''), {})
})

const refused = [
  'lost-answers=0.1',
  'throttle=1.1',
  'throttle=-0.1',
  'throttle=',
  'throttle',
  'throttle=1e-1',
  'throttle=NaN',
  'none=0.5',
  'reset=0.6,slow=0.6',
  'seed=x',
  '__proto__=1',
  'constructor=1',
]
for (const text of refused) {
  faultsSuite(`refuses ${text} with a hint`, () => {
    assert.throws(
      () => parseFaults(text),
      (error: unknown) => error instanceof UsageError && error.hint !== undefined,
    )
  })
}

faultsSuite.run()
