import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Payload } from '../../src/model/payload.js'
import type { Change } from '../../src/model/plan.js'
import type { Entry } from '../../src/model/record/lockfile.js'
import { createPlan, type PlanInput } from '../../src/plan/create-plan.js'
import { entryOf, inputOf, payloadOf } from './fakes.js'

const test = suite('moved')

const renamed = (address: string, digest = 'digest-1'): Payload => ({
  ...payloadOf(address, digest),
  movedFrom: 'old',
})
const changesOf = (calls: Record<string, Entry>, more: Partial<PlanInput> = {}): readonly Change[] =>
  createPlan(inputOf([renamed('new')], calls, more)).changes
const show = (changes: readonly Change[]): string =>
  changes.map(({ address, action, movedFrom = '-' }) => `${address} ${action} ${movedFrom}`).join(', ')

test('a renamed call takes its entry over, and rings nobody', () => {
  assert.is(show(changesOf({ old: entryOf() })), 'new none old')
  assert.match(changesOf({ old: entryOf() })[0]!.reason, /^renamed from old; placed/)
})

test('one that also differs is changed', () => {
  assert.is(show(changesOf({ old: entryOf({ digest: 'other' }) })), 'new changed old')
})

test('with leave it is placed again under its new name', () => {
  assert.is(show(changesOf({ old: entryOf() }, { redialNames: new Set(['new']) })), 'new redial old')
})

test('an unknown outcome stays with the old name until it is resolved', () => {
  assert.is(show(changesOf({ old: entryOf({ state: 'uncertain' }) })), 'new uncertain -, old uncertain -')
})

test('nothing rang under the old name: the new one is placed', () => {
  assert.is(show(changesOf({ old: entryOf({ state: 'failed' }) })), 'new place -, old retired -')
  assert.is(show(changesOf({})), 'new place -')
})

test('once it has an entry, movedFrom says nothing more', () => {
  assert.is(show(changesOf({ new: entryOf() })), 'new none -')
  assert.is(show(changesOf({ new: entryOf(), old: entryOf() })), 'new none -, old retired -')
})

test('an old name that is still defined, or may be, blocks the new one', () => {
  const codeOf = (definedAddresses: ReadonlySet<string> | undefined) =>
    changesOf({ old: entryOf() }, { definedAddresses })[0]!.code
  assert.is(codeOf(new Set(['new', 'old'])), 'plan/moved-from')
  assert.is(codeOf(undefined), 'plan/moved-from')
})

test('two calls cannot both be the old one', () => {
  const plan = createPlan(inputOf([renamed('new'), renamed('other')], { old: entryOf() }))
  assert.is(plan.changes.map(({ code = '-' }) => code).join(' '), 'plan/moved-from - plan/moved-from')
})

test('--prune hangs up what is retired and may be live, and nothing that was renamed', () => {
  const calls = {
    gone: entryOf(),
    old: entryOf(),
    over: entryOf({ state: 'ended' }),
    unknown: entryOf({ state: 'uncertain' }),
  }
  assert.is(
    show(changesOf(calls, { prunes: true })),
    'gone hang-up -, new none old, over retired -, unknown uncertain -',
  )
  assert.is(
    show(changesOf({ new: entryOf(), old: entryOf() }, { prunes: true })),
    'new none -, old retired -',
  )
  assert.is(
    show(changesOf({ gone: entryOf({ digest: 'other' }) }, { prunes: true, definedAddresses: undefined })),
    'new place -',
  )
})

test.run()
