import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Payload } from '../../src/model/payload.js'
import type { Change } from '../../src/model/plan.js'
import type { EarlierAttempt, Entry } from '../../src/model/record/lockfile.js'
import { createPlan } from '../../src/plan/create-plan.js'
import { totalsOf } from '../../src/plan/totals.js'
import { entryOf, inputOf, payloadOf } from './fakes.js'

const test = suite('redial')

const redialNames = new Set(['a'])
const named = (entry: Entry | undefined, digest = 'digest-1'): Change =>
  createPlan(inputOf([payloadOf('a', digest)], entry === undefined ? {} : { a: entry }, { redialNames }))
    .changes[0]!
const onChange = (entry: Entry, digest: string): Change => {
  const payload: Payload = { ...payloadOf('a', digest), onChange: 'redial' }
  return createPlan(inputOf([payload], { a: entry })).changes[0]!
}
const earlier = (more: Partial<EarlierAttempt>): EarlierAttempt => ({
  attempt: 'uuid-0',
  state: 'ended',
  ...more,
})

test('a named address is placed again, whether its payload differs or not', () => {
  assert.is(named(entryOf()).action, 'redial')
  assert.is(named(entryOf(), 'other').action, 'redial')
  assert.is(named(entryOf({ state: 'ended' })).action, 'redial')
  assert.match(named(entryOf()).reason, /hung up first$/)
  assert.not.match(named(entryOf({ state: 'ended' })).reason, /hung up/)
})

test('only the very address that was named', () => {
  const plan = createPlan(
    inputOf([payloadOf('a'), payloadOf('ab')], { a: entryOf(), ab: entryOf() }, { redialNames }),
  )
  assert.is(plan.changes.map(({ action }) => action).join(' '), 'redial none')
})

test('what has never rung is just placed', () => {
  assert.is(named(undefined).action, 'place')
  assert.is(named(entryOf({ state: 'failed' })).action, 'place')
})

test('an unknown outcome stays unknown, with resolve as the hint', () => {
  for (const entry of [
    entryOf({ state: 'uncertain' }),
    entryOf({ attempts: [earlier({ state: 'uncertain' })] }),
    entryOf({ state: 'failed', attempts: [earlier({ state: 'uncertain' })] }),
  ]) {
    const change = named(entry)
    assert.is(change.action, 'uncertain')
    assert.match(change.reason, 'callctl resolve a')
  }
})

test('leave counts also where the last attempt failed after one that rang', () => {
  assert.is(named(entryOf({ state: 'failed', attempts: [earlier({})] })).action, 'redial')
})

test('`onChange: redial` is leave where the payload differs', () => {
  assert.is(onChange(entryOf(), 'other').action, 'redial')
  assert.is(onChange(entryOf(), 'digest-1').action, 'none')
  assert.is(onChange(entryOf({ state: 'uncertain' }), 'other').action, 'uncertain')
})

test('`onChange: redial` is no leave for a payload that rang before: an old commit rings nobody', () => {
  const entry = entryOf({ attempts: [earlier({ digest: 'older' })] })
  assert.is(onChange(entry, 'older').action, 'changed')
  assert.is(onChange(entry, 'newer').action, 'redial')
  assert.is(
    onChange(entryOf({ attempts: [earlier({ digest: 'older', state: 'failed' })] }), 'older').action,
    'redial',
  )
})

test('redials count as rings, and are blocked over the limit', () => {
  const input = inputOf([payloadOf('a'), payloadOf('b')], { a: entryOf() }, { redialNames })
  assert.equal([totalsOf(createPlan(input)).calls, totalsOf(createPlan(input)).people], [2, 2])
  const plan = createPlan({ ...input, limits: { concurrency: 8, people: 1 } })
  assert.is(plan.changes.map(({ code }) => code).join(' '), 'plan/people-limit plan/people-limit')
})

test.run()
