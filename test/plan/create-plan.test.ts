import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Change } from '../../src/model/plan.js'
import type { Entry } from '../../src/model/record/lockfile.js'
import { createPlan } from '../../src/plan/create-plan.js'
import { endedAt, entryOf, inputOf, payloadOf, placedAt } from './fakes.js'

// The same values in every run.
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 20261123 })

const test = suite('create-plan')

const only = (changes: readonly Change[]): string =>
  changes.map((c) => `${c.address} ${c.action}: ${c.reason}`).join('\n')
const planned = (entry: Entry | undefined, digest = 'digest-1'): string =>
  only(createPlan(inputOf([payloadOf('a', digest)], entry === undefined ? {} : { a: entry })).changes)

test('an unknown address is placed', () => {
  assert.is(planned(undefined), 'a place: not placed before')
})

test('a failed address is placed again', () => {
  assert.is(
    planned(entryOf({ state: 'failed' }), 'other'),
    'a place: the last attempt was refused or not sent',
  )
})

test('a placed address with the same payload is left alone', () => {
  assert.is(planned(entryOf()), `a none: placed ${placedAt}`)
})

test('an ended address with the same payload is left alone', () => {
  assert.is(planned(entryOf({ state: 'ended', endedAt })), `a none: placed ${placedAt}; ended ${endedAt}`)
})

test('a placed or ended address with another payload is reported and not sent', () => {
  assert.match(planned(entryOf(), 'other'), /^a changed: .*placed 2025-01-01T00:00:00.000Z; nothing is sent$/)
  assert.match(planned(entryOf({ state: 'ended' }), 'other'), /^a changed/)
})

test('an unknown outcome is never sent, whatever the payload', () => {
  assert.match(planned(entryOf({ state: 'uncertain' })), /^a uncertain: the outcome/)
  assert.match(planned(entryOf({ state: 'uncertain' }), 'other'), /^a uncertain/)
})

test('a failed attempt after one that rang, or may have, is not repeated', () => {
  const after = (state: Entry['state']): string =>
    planned(entryOf({ state: 'failed', attempts: [{ attempt: 'uuid-0', state, placedAt }] }))
  assert.match(after('placed'), /^a blocked: .* placed 2025-01-01/)
  assert.match(after('ended'), /^a blocked/)
  assert.match(after('uncertain'), /^a uncertain/)
  assert.match(after('failed'), /^a place/)
})

test('an address that no definition has is retired', () => {
  const plan = createPlan(inputOf([], { a: entryOf(), b: entryOf({ state: 'failed' }) }))
  assert.is(
    only(plan.changes),
    `a retired: no longer defined; placed ${placedAt}\nb retired: no longer defined; last attempt failed`,
  )
})

test('an unknown outcome stays in sight when its definition goes', () => {
  const plan = createPlan(inputOf([], { a: entryOf({ state: 'uncertain' }) }))
  assert.match(only(plan.changes), /^a uncertain: no longer defined; the outcome/)
})

test('an address that is defined and not selected is no part of the plan', () => {
  const plan = createPlan(inputOf([], { a: entryOf() }, { definedAddresses: new Set(['a']) }))
  assert.equal(plan.changes, [])
})

test('nothing is retired while not every definition is known', () => {
  const plan = createPlan({ ...inputOf([], { a: entryOf() }), definedAddresses: undefined })
  assert.equal(plan.changes, [])
})

test('--only leaves out the others, retired ones too', () => {
  const selects = (address: string): boolean => address === 'a' || address === 'c'
  const payloads = [payloadOf('a', '1'), payloadOf('b', '2')]
  const plan = createPlan(inputOf(payloads, { c: entryOf(), d: entryOf() }, { selects }))
  assert.equal(
    plan.changes.map(({ address }) => address),
    ['a', 'c'],
  )
})

test('an observation tells that a call has ended', () => {
  const observation = { address: 'a', callId: 'call-1', at: endedAt }
  const reason = (state: string, more: object = {}): string | undefined =>
    createPlan(
      inputOf([payloadOf('a')], { a: entryOf() }, { observations: [{ ...observation, state, ...more }] }),
    ).changes[0]?.reason
  assert.is(reason('terminated'), `placed ${placedAt}; ended`)
  assert.is(reason('gone'), `placed ${placedAt}; ended`)
  assert.is(reason('established'), `placed ${placedAt}`)
  assert.is(reason('gone', { problem: 'odd' }), `placed ${placedAt}`)
  assert.is(reason('gone', { callId: 'call-2' }), `placed ${placedAt}`)
})

test('a name that every object has is a name like any other', () => {
  for (const address of ['constructor', 'toString', 'hasOwnProperty', 'valueOf']) {
    assert.is(createPlan(inputOf([payloadOf(address)])).changes[0]?.action, 'place')
  }
})

test('sorted by address, by code units and not by locale', () => {
  const plan = createPlan(inputOf(['b', 'a', 'B', 'a-1', 'a.1', 'ä'].map((name) => payloadOf(name, name))))
  assert.is(plan.changes.map(({ address }) => address).join(' '), 'B a a-1 a.1 b ä')
})

test('each change carries its payload and its entry', () => {
  const payload = payloadOf('a', 'other')
  const entry = entryOf()
  const [change] = createPlan(inputOf([payload], { a: entry })).changes
  assert.is(change?.payload, payload)
  assert.is(change?.entry, entry)
})

test('what rang, or may have, is never placed; the input is left as it is', () => {
  const entries = fc.option(
    fc.record({
      state: fc.constantFrom('placed', 'uncertain', 'ended', 'failed'),
      digest: fc.constantFrom('1', '2', '3'),
    }),
    { nil: undefined },
  )
  const rows = fc.uniqueArray(
    fc.record({
      address: fc.constantFrom('a', 'b', 'c', 'd@1', 'd@2', 'e'),
      entry: entries,
      digest: fc.option(fc.constantFrom('1', '2', '3'), { nil: undefined }),
    }),
    { selector: ({ address }) => address },
  )
  fc.assert(
    fc.property(rows, (world) => {
      const calls = Object.fromEntries(
        world.flatMap(({ address, entry }) => (entry === undefined ? [] : [[address, entryOf(entry)]])),
      )
      const payloads = world.flatMap(({ address, digest }) =>
        digest === undefined ? [] : [payloadOf(address, digest)],
      )
      const input = inputOf(payloads, calls)
      const before = JSON.stringify(input)
      const { changes } = createPlan(input)
      assert.is(JSON.stringify(input), before)
      assert.equal(createPlan(input).changes, changes)
      for (const { address, action } of changes) {
        const state = calls[address]?.state
        assert.ok(action !== 'place' || state === undefined || state === 'failed', address)
        assert.ok(state !== 'uncertain' || action === 'uncertain', address)
      }
      assert.is(new Set(changes.map(({ address }) => address)).size, changes.length)
    }),
  )
})

test.run()
