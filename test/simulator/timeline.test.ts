import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { CallRecord } from '../../src/simulator/store.js'
import { defaultTimeline, stateOf } from '../../src/simulator/timeline.js'

const timelineSuite = suite('simulator/timeline')

const record = (call: CallRecord['call']): CallRecord => ({
  id: 'a',
  createdAt: 1_000_000,
  version: 'v1.0',
  collection: 'communications',
  scenarioId: 's',
  call,
})

const statesOf = (call: CallRecord['call']) =>
  [0, 999, 1_000, 2_999, 3_000, 45 * 60_000 - 1, 45 * 60_000].map((age) =>
    stateOf(record(call), defaultTimeline, 1_000_000 + age),
  )

timelineSuite('lets a call ring, be answered, and end after 45 minutes', () => {
  assert.equal(statesOf({ meetingInfo: null, chatInfo: null }), [
    'establishing',
    'establishing',
    'ringing',
    'ringing',
    'established',
    'established',
    'terminated',
  ])
})

timelineSuite('lets a meeting join ring nobody', () => {
  const joined = ['establishing', 'establishing', 'establishing', 'establishing']
  assert.equal(statesOf({ meetingInfo: {} }).slice(0, 5), [...joined, 'established'])
  assert.equal(statesOf({ chatInfo: {} }).slice(0, 5), [...joined, 'established'])
})

timelineSuite.run()
