import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Change, Plan } from '../../src/model/plan.js'
import { createPlan } from '../../src/plan/create-plan.js'
import { totalsOf } from '../../src/plan/totals.js'
import { entryOf, inputOf, payloadOf } from './fakes.js'

const test = suite('limit-people')

const callees = (count: number) => Array.from({ length: count }, () => ({ id: 'the same' }))
const planWith = (people: number | undefined): Plan => {
  const payloads = [
    payloadOf('a', '1', { people: callees(2), numbers: callees(1) }),
    payloadOf('b', '2', { people: callees(3) }),
    payloadOf('c', 'digest-1', { people: callees(50) }),
  ]
  const limits = { concurrency: 8, ...(people === undefined ? {} : { people }) }
  return createPlan(inputOf(payloads, { c: entryOf() }, { limits }))
}
const actions = ({ changes }: Plan): string => changes.map(({ action }: Change) => action).join(' ')

test('at the limit all are placed', () => {
  assert.is(actions(planWith(6)), 'place place none')
})

test('over the limit none is placed, and the reason names limit and count', () => {
  const plan = planWith(5)
  assert.is(actions(plan), 'blocked blocked none')
  assert.is(plan.changes[0]?.code, 'plan/people-limit')
  assert.match(plan.changes[0]?.reason ?? '', '6 people and numbers')
  assert.match(plan.changes[0]?.reason ?? '', 'limits.people is 5')
})

test('a limit of zero blocks whatever rings', () => {
  assert.is(actions(planWith(0)), 'blocked blocked none')
})

test('without a limit all are placed', () => {
  assert.is(actions(planWith(undefined)), 'place place none')
})

test('a call that is blocked already does not count', () => {
  const payloads = [
    payloadOf('a', '1', { people: callees(3) }),
    payloadOf('new', '2', { people: callees(3) }),
  ]
  const calls = { old: entryOf({ digest: '2' }) }
  const plan = createPlan(inputOf(payloads, calls, { limits: { concurrency: 8, people: 3 } }))
  assert.is(actions(plan), 'place blocked retired')
  assert.is(plan.changes[1]?.code, 'plan/renamed')
})

test('what is blocked rings nobody', () => {
  const { calls, people, numbers } = totalsOf(planWith(5))
  assert.equal({ calls, people, numbers }, { calls: 0, people: 0, numbers: 0 })
})

test.run()
