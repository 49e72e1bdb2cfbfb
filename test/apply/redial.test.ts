import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { applyPlan } from '../../src/apply/apply-plan.js'
import { InternalError, RecordError } from '../../src/model/errors.js'
import type { Plan } from '../../src/model/plan.js'
import type { Entry } from '../../src/model/record/lockfile.js'
import { entryOf, fakeCalls, fakePorts, payloadOf, planOf } from './fakes.js'

const test = suite('redial')

const redialing = (entry: Entry): Plan =>
  planOf({ address: 'a', action: 'redial', reason: '', payload: payloadOf('a'), entry })
const sent = (log: readonly string[]): readonly string[] =>
  log.filter((line) => /^(hangUp|ended|claim|create|report a)/.test(line))

test('a live call is hung up, which is recorded, before the address is placed again', async () => {
  const ports = fakePorts()
  const { results } = await applyPlan(redialing(entryOf()), ports)
  assert.equal(sent(ports.log), [
    'hangUp call-9',
    'ended a call-9',
    'claim a@1',
    'create a',
    'report a placed',
  ])
  assert.is(results[0]?.kind, 'placed')
  assert.is(results[0]?.ended?.callId, 'call-9')
})

test('a call that has ended or never rang needs no hanging up', async () => {
  for (const state of ['ended', 'failed'] as const) {
    const ports = fakePorts()
    await applyPlan(redialing(entryOf({ state })), ports)
    assert.equal(sent(ports.log), ['claim a@1', 'create a', 'report a placed'])
  }
})

test('earlier calls that nobody saw end are hung up too, oldest first', async () => {
  const ports = fakePorts()
  const attempts = [
    { attempt: 'uuid-1', state: 'placed', callId: 'call-1' },
    { attempt: 'uuid-2', state: 'ended', callId: 'call-2' },
  ] as const
  await applyPlan(redialing(entryOf({ attempts })), ports)
  assert.equal(sent(ports.log).slice(0, 4), [
    'hangUp call-1',
    'ended a call-1',
    'hangUp call-9',
    'ended a call-9',
  ])
})

test('204, 404 and 410 mean ended; after anything else nothing is placed', async () => {
  for (const status of [204, 404, 410]) {
    const ports = fakePorts({ calls: fakeCalls().hangsUp({ status }) })
    assert.is((await applyPlan(redialing(entryOf()), ports)).results[0]?.kind, 'placed')
  }
  for (const status of [400, 403, 409, 302]) {
    const ports = fakePorts({ calls: fakeCalls().hangsUp({ status }) })
    const { results } = await applyPlan(redialing(entryOf()), ports)
    assert.is(results[0]?.kind, 'hang-up-failed')
    assert.match(results[0]?.message ?? '', /not placed again$/)
    assert.is(ports.calls.creates.length, 0)
  }
})

test('where the ending cannot be recorded, nothing is placed and the run stops', async () => {
  const ports = fakePorts({
    onEnded: () => {
      throw new RecordError('disk full')
    },
  })
  const run = await applyPlan(redialing(entryOf()), ports)
  assert.is(run.results[0]?.kind, 'ended')
  assert.is(run.recordProblem, 'disk full')
  assert.is(ports.calls.creates.length, 0)
})

test('interrupted after the hang-up, nothing is placed, and the ending is told', async () => {
  const ports = fakePorts({ onEnded: () => ports.interrupt() })
  const { results } = await applyPlan(redialing(entryOf()), ports)
  assert.is(results[0]?.kind, 'ended')
  assert.is(results[0]?.ended?.callId, 'call-9')
  assert.is(ports.calls.creates.length, 0)
})

test('a redial that Graph refuses still tells which call ended', async () => {
  const ports = fakePorts({ calls: fakeCalls().answers(403) })
  const { results } = await applyPlan(redialing(entryOf()), ports)
  assert.is(results[0]?.kind, 'refused')
  assert.is(results[0]?.ended?.callId, 'call-9')
})

test('a plan that redials what is uncertain is a bug, and nothing is sent', async () => {
  const unknown = { attempt: 'uuid-1', state: 'uncertain' } as const
  for (const entry of [entryOf({ state: 'uncertain' }), entryOf({ attempts: [unknown] })]) {
    const ports = fakePorts()
    const error = await applyPlan(redialing(entry), ports).catch((thrown: unknown) => thrown)
    assert.instance(error, InternalError)
    assert.equal(ports.log, [])
  }
})

test.run()
