import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Plan } from '../../../src/model/plan.js'
import type { PlanReport } from '../../../src/model/plan-report.js'
import { createPlan } from '../../../src/plan/create-plan.js'
import { totalsOf } from '../../../src/plan/totals.js'
import { formatPlan } from '../../../src/report/plan/plan-text.js'
import { entryOf, inputOf, payloadOf } from '../../plan/fakes.js'

const test = suite('plan-text')

const plan: Plan = createPlan(
  inputOf(
    [payloadOf('a', '1'), payloadOf('b')],
    { b: entryOf(), c: entryOf({ digest: '3' }) },
    {
      redialNames: new Set(['b']),
      prunes: true,
    },
  ),
)
const show = (more: Partial<PlanReport> = {}): string =>
  formatPlan(
    { plan, totals: totalsOf(plan), destination: 'the simulator', showsPeople: false, ...more },
    { hasColor: false, columns: 100 },
  )

test('rings stand first, and what else would be hung up beside them', () => {
  assert.is(
    show().split('\n')[0],
    '2 calls would ring 1 person (2 rings) through the simulator. 1 other call would be hung up.',
  )
})

test('a redial says that the live call is hung up first', () => {
  assert.match(
    show(),
    /To be placed again \(1\)\n {2}b {2}group, rings 1 person\n {6}ada\n {6}placed .*; hung up first/,
  )
})

test('what no plan goes on with alone has its next step', () => {
  const held = (changes: Plan['changes']): string =>
    show({ plan: { changes }, totals: totalsOf({ changes }) })
  const blocked = { address: 'a', action: 'blocked', reason: 'too many' } as const
  assert.match(held([{ ...blocked, code: 'plan/people-limit' }]), '`limits.people`')
  assert.match(held([{ ...blocked, code: 'plan/calls-per-month' }]), '`limits.callsPerMonth`')
  assert.not.match(held([{ ...blocked, code: 'plan/renamed' }]), '`limits.')
  assert.match(
    held([
      { address: 'a', action: 'uncertain', reason: 'no answer', entry: entryOf({ state: 'uncertain' }) },
    ]),
    '`callctl status --state unknown`',
  )
})

test('the limit is shown once it is near', () => {
  assert.match(show({ peopleLimit: 2 }), 'Near the limit: 2 of the 2 that limits.people allows.')
  assert.not.match(show({ peopleLimit: 3 }), 'Near the limit')
  assert.not.match(show(), 'Near the limit')
})

test.run()
