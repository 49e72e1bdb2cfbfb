import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createHangUpPlan } from '../../src/plan/create-hang-up-plan.js'
import { endedAt, entryOf, lockfileOf, placedAt } from './fakes.js'

const test = suite('create-hang-up-plan')

const { callId: _, ...withoutId } = entryOf()
const lockfile = lockfileOf({
  live: entryOf(),
  over: entryOf({ state: 'ended', endedAt }),
  unknown: entryOf({ state: 'uncertain' }),
  refused: entryOf({ state: 'failed' }),
  nameless: withoutId,
})
const planned = (...addresses: readonly string[]): readonly string[] =>
  createHangUpPlan({ lockfile, addresses }).changes.map(
    (change) => `${change.address} ${change.action} ${change.code}`,
  )

test('a placed call is hung up', () => {
  const [change] = createHangUpPlan({ lockfile, addresses: ['live'] }).changes
  assert.equal(change, { address: 'live', entry: entryOf(), action: 'hang-up', reason: `placed ${placedAt}` })
})

test('the others get the reason why not', () => {
  assert.equal(planned('over'), ['over none undefined'])
  assert.equal(planned('refused'), ['refused none undefined'])
  assert.equal(planned('unknown'), ['unknown uncertain undefined'])
  assert.equal(planned('nameless'), ['nameless blocked plan/unknown-call-id'])
  assert.equal(planned('nobody', 'toString'), [
    'nobody blocked plan/unknown-address',
    'toString blocked plan/unknown-address',
  ])
})

test('of an address that is misspelt, or lacks its occasion, the known one is told', () => {
  const known = lockfileOf({ 'page-ada@2026-12': entryOf(), bridge: entryOf() })
  const reasonOf = (address: string) =>
    createHangUpPlan({ lockfile: known, addresses: [address] }).changes[0]!.reason
  assert.match(reasonOf('page-ada'), '`page-ada@2026-12`')
  assert.match(reasonOf('brigde'), '`bridge`')
  assert.match(reasonOf('something'), 'not in the lockfile')
})

const double = lockfileOf({
  both: entryOf({
    attempt: 'uuid-2',
    callId: 'call-2',
    attempts: [
      { attempt: 'uuid-0', state: 'ended', callId: 'call-0', endedAt },
      { attempt: 'uuid-1', state: 'placed', callId: 'call-1' },
    ],
  }),
  left: entryOf({ state: 'ended', endedAt, attempts: [{ attempt: 'u', state: 'placed', callId: 'call-3' }] }),
  unsure: entryOf({ state: 'uncertain', attempts: [{ attempt: 'u', state: 'placed', callId: 'call-4' }] }),
})
const hungUp = (address: string, attempt?: string): readonly string[] =>
  createHangUpPlan({ lockfile: double, addresses: [address], ...(attempt && { attempt }) }).changes.map(
    ({ action, entry }) => `${action} ${entry?.callId}`,
  )

test('earlier calls of an address that nobody saw end are hung up too', () => {
  assert.equal(hungUp('both'), ['hang-up call-1', 'hang-up call-2'])
  assert.equal(hungUp('left'), ['hang-up call-3'])
  assert.equal(hungUp('unsure'), ['hang-up call-4', 'uncertain call-1'])
})

test('of several calls one can be chosen', () => {
  assert.equal(hungUp('both', 'uuid-1'), ['hang-up call-1'])
  assert.equal(hungUp('both', 'uuid-2'), ['hang-up call-2'])
  assert.equal(hungUp('both', 'uuid-0'), ['none call-0'])
})

test('an address named twice is hung up once', () => {
  assert.is(planned('live', 'live').length, 1)
})

test('all: every entry, sorted', () => {
  const { changes } = createHangUpPlan({ lockfile, addresses: 'all' })
  assert.is(changes.map(({ address }) => address).join(' '), 'live nameless over refused unknown')
  assert.is(changes.filter(({ action }) => action === 'hang-up').length, 1)
})

test.run()
