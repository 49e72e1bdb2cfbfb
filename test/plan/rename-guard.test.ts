import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Change } from '../../src/model/plan.js'
import type { Entry } from '../../src/model/record/lockfile.js'
import { createPlan, type PlanInput } from '../../src/plan/create-plan.js'
import { entryOf, inputOf, payloadOf } from './fakes.js'

const test = suite('rename-guard')

const changeOf = (address: string, calls: Record<string, Entry>, more: Partial<PlanInput> = {}): Change =>
  createPlan(inputOf([payloadOf(address)], calls, more)).changes.find((change) => change.address === address)!

test('a new address with the payload of one no longer defined is blocked, and the old one named', () => {
  for (const state of ['placed', 'ended', 'uncertain'] as const) {
    const change = changeOf('new', { old: entryOf({ state }) })
    assert.is(`${change.action} ${change.code}`, 'blocked plan/renamed', state)
    assert.match(change.reason, /same payload as old /)
    assert.match(change.reason, /--only/)
  }
})

test('what never rang guards nothing', () => {
  assert.is(changeOf('new', { old: entryOf({ state: 'failed' }) }).action, 'place')
})

test('two calls that are both defined may be alike', () => {
  const plan = createPlan(inputOf([payloadOf('new'), payloadOf('old')], { old: entryOf() }))
  assert.is(plan.changes.map(({ action }) => action).join(' '), 'place none')
  const definedAddresses = new Set(['new', 'old'])
  assert.is(changeOf('new', { old: entryOf() }, { definedAddresses }).action, 'place')
})

test('another payload is another call', () => {
  assert.is(changeOf('new', { old: entryOf({ digest: 'other' }) }).action, 'place')
})

test('a user who names the new address exactly may ring it', () => {
  const calls = { old: entryOf() }
  assert.is(changeOf('new', calls, { onlyNames: new Set(['new']) }).action, 'place')
  assert.is(changeOf('new', calls, { onlyNames: new Set(['other']) }).action, 'blocked')
  assert.is(changeOf('new', calls, { selects: () => true }).action, 'blocked')
})

test('while not every definition is known, an undefined twin blocks too', () => {
  const change = changeOf('new', { old: entryOf() }, { definedAddresses: undefined })
  assert.is(change.code, 'plan/renamed')
  assert.match(change.reason, 'not every definition could be read')
})

test('another occasion of a call that rings once per something is no rename', () => {
  assert.is(changeOf('bridge@INC-2', { 'bridge@INC-1': entryOf() }).action, 'place')
  assert.is(changeOf('bridge@INC-2', { 'bridge@INC-1': entryOf(), old: entryOf() }).code, 'plan/renamed')
  assert.is(changeOf('bridge@INC-1', { 'line@INC-1': entryOf() }).code, 'plan/renamed')
  assert.is(changeOf('bridge@INC-1', { bridge: entryOf() }).code, 'plan/renamed')
})

test('an address that is known already is no rename', () => {
  const calls = { new: entryOf({ state: 'failed' }), old: entryOf() }
  assert.is(changeOf('new', calls).action, 'place')
})

test.run()
