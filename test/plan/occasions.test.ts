import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Entry } from '../../src/model/record/lockfile.js'
import { createPlan, type PlanInput } from '../../src/plan/create-plan.js'
import { entryOf, inputOf, payloadOf } from './fakes.js'

const test = suite('plan/occasions')

const planOf = (addresses: readonly string[], calls: Record<string, Entry>, more: Partial<PlanInput> = {}) =>
  createPlan(
    inputOf(
      addresses.map((address) => payloadOf(address)),
      calls,
      { prunes: true, ...more },
    ),
  )

const show = ({ changes }: ReturnType<typeof planOf>): string =>
  changes.map(({ address, action }) => `${address} ${action}`).join(', ')

test('earlier occasions of a definition that is there are counted, and not hung up', () => {
  const calls = {
    'bridge@INC-1': entryOf({ state: 'ended' }),
    'bridge@INC-2': entryOf(),
    'bridge@INC-0': entryOf({ state: 'failed' }),
  }
  const plan = planOf(['bridge@INC-3'], calls)
  assert.is(show(plan), 'bridge@INC-3 place')
  assert.equal(plan.occasions, [{ name: 'bridge', count: 3, live: 1 }])
  assert.is(show(planOf(['Bridge@INC-3'], calls)), 'Bridge@INC-3 place')
})

test('one whose outcome is unknown stays in sight', () => {
  const plan = planOf(['bridge@INC-3'], { 'bridge@INC-2': entryOf({ state: 'uncertain' }) })
  assert.is(show(plan), 'bridge@INC-2 uncertain, bridge@INC-3 place')
  assert.is(plan.occasions, undefined)
})

test('rows that have left the list belong to the definition all the same', () => {
  const calls = { 'notify-a@1': entryOf(), 'notify-b@1': entryOf(), 'other@1': entryOf({ digest: 'other' }) }
  const plan = planOf(['notify-a@2'], calls, { occasionPatterns: ['notify-*'] })
  assert.is(show(plan), 'notify-a@2 place, other@1 hang-up')
  assert.equal(plan.occasions, [{ name: 'notify-*', count: 2, live: 2 }])
})

test('a name that is nothing but an expression claims no other definition’s calls', () => {
  const calls = { 'a@1': entryOf(), 'gone@1': entryOf({ digest: 'other' }) }
  const plan = planOf(['a@2'], calls, { occasionPatterns: ['*'] })
  assert.is(show(plan), 'a@2 place, gone@1 hang-up')
})

test('without its definition, or without oncePer, an occasion is retired', () => {
  assert.is(show(planOf([], { 'bridge@INC-1': entryOf() })), 'bridge@INC-1 hang-up')
  const calls = { 'bridge@INC-1': entryOf({ digest: 'other' }) }
  assert.is(show(planOf(['bridge'], calls)), 'bridge place, bridge@INC-1 hang-up')
  assert.is(planOf(['bridge'], { 'bridge@INC-1': entryOf() }).changes[0]?.code, 'plan/renamed')
  assert.is(planOf(['room@INC-1'], { 'bridge@INC-1': entryOf() }).changes[1]?.code, 'plan/renamed')
})

test('a choice of calls chooses among occasions, too', () => {
  const selects = (address: string) => !address.endsWith('@INC-1')
  const plan = planOf(['bridge@INC-3'], { 'bridge@INC-1': entryOf(), 'bridge@INC-2': entryOf() }, { selects })
  assert.equal(plan.occasions, [{ name: 'bridge', count: 1, live: 1 }])
})

test.run()
