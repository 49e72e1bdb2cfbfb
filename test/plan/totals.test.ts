import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createPlan } from '../../src/plan/create-plan.js'
import { totalsOf } from '../../src/plan/totals.js'
import { entryOf, inputOf, payloadOf } from './fakes.js'

const test = suite('totals')

test('counts actions, rings and permissions', () => {
  const ada = { id: 'ada' }
  const payloads = [
    payloadOf('a', '1', { people: [ada, { id: 'bob' }], numbers: [{ id: '+1' }], permissions: ['z', 'a'] }),
    payloadOf('b', '2', { people: [ada], permissions: ['a'] }),
    payloadOf('c', 'digest-1', { people: [ada], permissions: ['not needed'] }),
  ]
  const totals = totalsOf(createPlan(inputOf(payloads, { c: entryOf(), d: entryOf({ digest: 'x' }) })))
  assert.is(totals.calls, 2)
  assert.is(totals.people, 3, 'ada is rung twice')
  assert.is(totals.numbers, 1)
  assert.equal(totals.permissions, ['a', 'z'])
  assert.is(totals.actions.place, 2)
  assert.is(totals.actions.none, 1)
  assert.is(totals.actions.retired, 1)
  assert.is(totals.actions['hang-up'], 0)
})

test('an empty plan', () => {
  const totals = totalsOf({ changes: [] })
  assert.equal([totals.calls, totals.people, totals.numbers, totals.permissions], [0, 0, 0, []])
})

test.run()
