import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { keyOfAddress } from '../../src/model/address.js'
import type { Payload } from '../../src/model/payload.js'
import type { Change, SavedPlan } from '../../src/model/plan.js'
import type { Entry } from '../../src/model/record/lockfile.js'
import { createHangUpPlan } from '../../src/plan/create-hang-up-plan.js'
import { createPlan, type PlanInput } from '../../src/plan/create-plan.js'
import { findStale, saveChanges } from '../../src/plan/saved-plan.js'
import { entryOf, inputOf, lockfileOf, payloadOf } from './fakes.js'

const test = suite('plan/spellings')

const changesOf = (
  payloads: readonly Payload[],
  calls: Record<string, Entry>,
  more: Partial<PlanInput> = {},
): readonly Change[] => createPlan(inputOf(payloads, calls, more)).changes

const show = (changes: readonly Change[]): string =>
  changes.map(({ address, action, code = '' }) => `${address} ${action}${code && ` ${code}`}`).join(', ')

const spellings: readonly (readonly [string, string])[] = [
  ['notify-adele', 'notify-ADELE'],
  ['bridge@INC-1', 'Bridge@inc-1'],
  ['bridge@caf\u00e9', 'bridge@cafe\u0301'],
  ['bridge@a b', 'bridge@a\u00a0 b'],
]

for (const [defined, recorded] of spellings) {
  test(`${JSON.stringify(defined)} is what was placed as ${JSON.stringify(recorded)}`, () => {
    const [change, ...others] = changesOf([payloadOf(defined)], { [recorded]: entryOf() })
    assert.equal(others, [])
    assert.is(change?.action, 'none')
    assert.ok(change?.reason.includes(recorded))
    assert.is(changesOf([payloadOf(defined, 'other')], { [recorded]: entryOf() })[0]?.action, 'changed')
    const uncertain = { [recorded]: entryOf({ state: 'uncertain' }) }
    assert.is(changesOf([payloadOf(defined)], uncertain)[0]?.action, 'uncertain')
  })
}

const spell = (number: number): string =>
  [...'notify'].map((letter, place) => ((number >> place) & 1 ? letter.toUpperCase() : letter)).join('')

/** In a lockfile of a stranger there may be very many: each of them is a change, with its reason. */
test('of a great many spellings the reasons name a few, and how many more there are', () => {
  const names = Array.from({ length: 60 }, (_, number) => spell(number))
  const calls = Object.fromEntries(names.map((name) => [name, entryOf()]))
  const changes = changesOf([payloadOf('notify')], calls)
  assert.is(changes.length, 60)
  for (const { reason } of changes) assert.ok(reason.includes('and 52 more'), reason)
})

test('of a great many calls that had one name before the reasons name a few', () => {
  const payloads = Array.from({ length: 60 }, (_, number) => ({
    ...payloadOf(`c${number}`),
    movedFrom: 'old',
  }))
  const changes = changesOf(payloads, { old: entryOf() })
  for (const { code, reason } of changes.filter(({ address }) => address !== 'old')) {
    assert.is(code, 'plan/moved-from')
    assert.ok(reason.includes('52 more'), reason)
  }
})

test('leave and choice may be spelled otherwise, too', () => {
  const calls = { 'notify-ADELE': entryOf() }
  const redialNames = new Set(['Notify-Adele'])
  assert.is(show(changesOf([payloadOf('notify-adele')], calls, { redialNames })), 'notify-adele redial')
  const renamed = { old: entryOf() }
  const onlyNames = new Set(['NEW'])
  assert.is(changesOf([payloadOf('new')], renamed, { onlyNames })[0]?.action, 'place')
})

test('a call that was renamed is found by its old name in any spelling', () => {
  const payload = { ...payloadOf('new'), movedFrom: 'OLD' }
  const [change] = changesOf([payload], { Old: entryOf() })
  assert.is(`${change?.action} ${change?.movedFrom}`, 'none Old')
  const definedAddresses = new Set(['new', 'old'])
  assert.is(changesOf([payload], { Old: entryOf() }, { definedAddresses })[0]?.code, 'plan/moved-from')
})

test('movedFrom that differs in spelling alone says nothing', () => {
  const payload = { ...payloadOf('ping'), movedFrom: 'PING' }
  assert.is(show(changesOf([payload], { PING: entryOf() })), 'ping none')
  assert.is(show(changesOf([payload], {})), 'ping place')
})

test('what is defined in another spelling is not retired', () => {
  const calls = { 'notify-ADELE': entryOf() }
  assert.is(show(changesOf([payloadOf('notify-adele')], calls, { prunes: true })), 'notify-adele none')
})

test('two entries of one address are both shown, and neither is dialed, whatever their states', () => {
  const states = ['placed', 'ended', 'failed', 'uncertain'] as const
  for (const first of states) {
    for (const second of states) {
      const calls = { 'notify-ADELE': entryOf({ state: first }), 'notify-adele': entryOf({ state: second }) }
      const payload: Payload = { ...payloadOf('notify-adele', 'other'), onChange: 'redial' }
      for (const redialNames of [new Set<string>(), new Set(['notify-adele'])]) {
        const changes = changesOf([payload], calls, { redialNames })
        assert.equal(
          changes.map(({ address }) => address),
          ['notify-ADELE', 'notify-adele'],
        )
        assert.not(
          changes.some(({ action }) => action === 'place' || action === 'redial'),
          `${first} ${second}`,
        )
        assert.ok(changes.every(({ reason }) => /forget|one address|unknown/.test(reason)))
      }
    }
  }
})

test('what would be dialed blocks as two spellings; what would not needs nobody', () => {
  const failed = {
    'notify-ADELE': entryOf({ state: 'failed' }),
    'notify-adele': entryOf({ state: 'failed' }),
  }
  const blocked = 'notify-ADELE none, notify-adele blocked plan/two-spellings'
  assert.is(show(changesOf([payloadOf('notify-adele')], failed)), blocked)
  const placed = { 'notify-ADELE': entryOf(), 'notify-adele': entryOf({ state: 'failed' }) }
  assert.is(show(changesOf([payloadOf('notify-adele')], placed)), 'notify-ADELE none, notify-adele none')
})

test('once all but one are forgotten, the call is as any other', () => {
  assert.is(
    show(changesOf([payloadOf('notify-adele')], { 'notify-ADELE': entryOf({ state: 'failed' }) })),
    'notify-adele place',
  )
})

test('hangup finds a call in any spelling, and asks which of two', () => {
  const hangUp = (calls: Record<string, Entry>, ...addresses: readonly string[]): string =>
    show(createHangUpPlan({ lockfile: lockfileOf(calls), addresses }).changes)
  assert.is(hangUp({ Ping: entryOf() }, 'PING', 'ping'), 'Ping hang-up')
  const both = { Ping: entryOf(), ping: entryOf() }
  assert.is(hangUp(both, 'ping'), 'ping hang-up')
  assert.is(hangUp(both, 'PING'), 'PING blocked plan/unknown-address')
})

test('a saved plan is stale once its address is placed in another spelling', () => {
  const plan = createPlan(inputOf([payloadOf('bridge@INC-1')]))
  const saved = {
    changes: [...saveChanges(plan, () => 'uuid-9')],
    lineage: lockfileOf().lineage,
  } as unknown as SavedPlan
  const stale = (calls: Record<string, Entry>): number =>
    findStale(saved, { lockfile: lockfileOf(calls), exists: true, attemptIds: new Set() }).length
  assert.is(stale({}), 0)
  assert.is(stale({ 'Bridge@inc-1': entryOf() }), 1)
  assert.is(stale({ 'Bridge@inc-1': entryOf(), 'bridge@inc-1': entryOf() }), 1)
})

test('ids that differ in letter case alone are no reason to place a call again', () => {
  const payload: Payload = { ...payloadOf('ping', 'capitals'), foldedDigest: 'small', onChange: 'redial' }
  assert.is(show(changesOf([payload], { ping: entryOf({ digest: 'small' }) })), 'ping changed')
  assert.is(
    show(changesOf([payload], { ping: entryOf({ digest: 'Mixed', foldedDigest: 'small' }) })),
    'ping changed',
  )
  assert.is(show(changesOf([payload], { ping: entryOf({ digest: 'another' }) })), 'ping redial')
  const vanished = { old: entryOf({ digest: 'Mixed', foldedDigest: 'small' }) }
  assert.is(changesOf([payload], vanished).find(({ address }) => address === 'ping')?.code, 'plan/renamed')
})

/** The letters of an address, some as capitals. */
const respelled = (address: string) =>
  fc
    .array(fc.boolean(), { minLength: address.length, maxLength: address.length })
    .map((capitals) => [...address].map((each, at) => (capitals[at] ? each.toUpperCase() : each)).join(''))

test('whatever spellings applies use one after the other, no key rings twice', () => {
  const addresses = ['ping', 'notify-a1', 'bridge@inc 1']
  const round = fc.tuple(...addresses.map((address) => fc.option(respelled(address), { nil: undefined })))
  fc.assert(
    fc.property(fc.array(round, { minLength: 1, maxLength: 6 }), (rounds) => {
      const calls: Record<string, Entry> = {}
      const rang: string[] = []
      for (const defined of rounds) {
        const payloads = defined.flatMap((address) =>
          address === undefined ? [] : payloadOf(address, keyOfAddress(address)),
        )
        for (const { address, action, payload } of changesOf(payloads, calls)) {
          if (action !== 'place') continue
          rang.push(keyOfAddress(address))
          calls[address] = entryOf({ digest: payload!.digest })
        }
      }
      assert.is(new Set(rang).size, rang.length)
    }),
    { seed: 20261129 },
  )
})

test.run()
