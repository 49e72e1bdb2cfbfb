import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { applyPlan } from '../../src/apply/apply-plan.js'
import { InternalError, NotSentError } from '../../src/model/errors.js'
import type { Change } from '../../src/model/plan.js'
import { fakeAttempts, fakeCalls, fakePorts, payloadOf, planOf } from './fakes.js'

const test = suite('minted-ids')

const placing = (address: string, attemptId: string): Change => ({
  address,
  action: 'place',
  reason: '',
  payload: payloadOf(address),
  attemptId,
})

test('the first attempt has the id that the plan minted', async () => {
  const ports = fakePorts()
  await applyPlan(planOf(placing('a', 'minted')), ports)
  assert.equal(ports.calls.creates, [{ address: 'a', attemptId: 'minted' }])
})

test('each further attempt has a new id', async () => {
  const calls = fakeCalls()
    .answers(429, { retryAfter: 1 })
    .answers(401)
    .failsWith(new NotSentError('reset', true))
  const ports = fakePorts({ calls })
  await applyPlan(planOf(placing('a', 'minted')), ports)
  assert.equal(
    calls.creates.map(({ attemptId }) => attemptId),
    ['minted', 'uuid-1', 'uuid-2', 'uuid-3'],
  )
})

test('a try that claimed nothing leaves the id for the next one', async () => {
  const calls = fakeCalls().connects(new NotSentError('refused', true)).isOpenSays(false)
  await applyPlan(planOf(placing('a', 'minted')), fakePorts({ calls }))
  assert.equal(calls.creates, [{ address: 'a', attemptId: 'minted' }])
})

test('an id whose claim another run has is not used again', async () => {
  const ports = fakePorts({ attempts: fakeAttempts().claimsGive(false) })
  const { results } = await applyPlan(planOf(placing('a', 'minted')), ports)
  assert.is(results[0]?.kind, 'elsewhere')
  assert.is(ports.calls.creates.length, 0)
})

test('a plan with one id twice is a bug, and nothing is sent', async () => {
  const ports = fakePorts()
  const plan = planOf(placing('a', 'minted'), placing('b', 'minted'))
  assert.instance(await applyPlan(plan, ports).catch((error: unknown) => error), InternalError)
  assert.equal(ports.log, [])
})

test('a payload with placeholders is never sent', async () => {
  const references = [{ address: 'b', property: 'id', placeholder: '(b)' }] as const
  for (const more of [{ references }, { revealSecrets: () => new Map() }]) {
    const ports = fakePorts()
    const plan = planOf({ address: 'a', action: 'place', reason: '', payload: payloadOf('a', more) })
    assert.instance(await applyPlan(plan, ports).catch((error: unknown) => error), InternalError)
    assert.equal(ports.log, [])
  }
})

test.run()
