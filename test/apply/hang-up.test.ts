import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { applyPlan } from '../../src/apply/apply-plan.js'
import { LostAnswerError, NotSentError, SignInError } from '../../src/model/errors.js'
import type { Entry } from '../../src/model/record/lockfile.js'
import { entryOf, fakeCalls, fakePorts, hangingUp, placing, planOf } from './fakes.js'

const test = suite('hang-up')

const hangUp = (entry: Entry) => planOf({ address: 'a', action: 'hang-up', reason: '', entry })

test('signs in, hangs up, reports; claims nothing', async () => {
  const ports = fakePorts()
  const { results } = await applyPlan(hangingUp('a'), ports)
  assert.equal(ports.log, ['signIn', 'hangUp call-a', 'report a ended'])
  assert.equal(results, [
    {
      address: 'a',
      kind: 'ended',
      ended: { callId: 'call-a', at: '2025-01-01T00:00:00.000Z' },
      message: 'ended: call call-a',
    },
  ])
})

test('200, 204, 404 and 410 all mean ended', async () => {
  for (const status of [200, 204, 404, 410]) {
    const ports = fakePorts({ calls: fakeCalls().hangsUp({ status }) })
    assert.is((await applyPlan(hangingUp('a'), ports)).results[0]?.kind, 'ended')
  }
})

test('what may pass is tried again', async () => {
  const steps = [
    new NotSentError('refused', true),
    new LostAnswerError('cut'),
    { status: 408 },
    { status: 503 },
  ]
  const ports = fakePorts({ calls: fakeCalls().hangsUp(...steps) })
  assert.is((await applyPlan(hangingUp('a'), ports)).results[0]?.kind, 'ended')
  assert.equal(ports.waits, [250, 500, 1000, 2000])
})

test('five tries are enough', async () => {
  const ports = fakePorts({
    calls: fakeCalls().hangsUp(...Array.from({ length: 9 }, () => ({ status: 500 }))),
  })
  const { results } = await applyPlan(hangingUp('a'), ports)
  assert.is(results[0]?.kind, 'hang-up-failed')
  assert.is(ports.log.filter((line) => line.startsWith('hangUp')).length, 5)
})

test('429 with Retry-After waits as told', async () => {
  const ports = fakePorts({ calls: fakeCalls().hangsUp({ status: 429, retryAfter: 7 }) })
  assert.is((await applyPlan(hangingUp('a'), ports)).results[0]?.kind, 'ended')
  assert.ok(ports.waits.includes(7000))
})

test('401 renews the token once', async () => {
  const ports = fakePorts({ calls: fakeCalls().hangsUp({ status: 401 }) })
  assert.is((await applyPlan(hangingUp('a'), ports)).results[0]?.kind, 'ended')
  assert.equal(ports.log.slice(0, 5), ['signIn', 'hangUp call-a', 'forgetToken', 'signIn', 'hangUp call-a'])
  const twice = fakePorts({ calls: fakeCalls().hangsUp({ status: 401 }, { status: 401 }) })
  assert.is((await applyPlan(hangingUp('a'), twice)).results[0]?.kind, 'hang-up-failed')
})

test('a refusal is not tried again, and says why', async () => {
  const error = { code: 'Forbidden', message: 'no' }
  const ports = fakePorts({ calls: fakeCalls().hangsUp({ status: 403, error }) })
  const { results } = await applyPlan(hangingUp('a', 'b'), ports)
  assert.is(results[0]?.message, 'not hung up: 403 Forbidden: no')
  assert.is(results[1]?.kind, 'ended')
  const untrusted = fakePorts({ calls: fakeCalls().hangsUp(new NotSentError('certificate', false)) })
  assert.is((await applyPlan(hangingUp('a'), untrusted)).results[0]?.kind, 'hang-up-failed')
  assert.equal(untrusted.waits, [])
})

test('an entry whose endpoint cannot be read fails without a request', async () => {
  for (const entry of [
    entryOf({ endpoint: '/elsewhere' }),
    entryOf({ endpoint: '/beta/applications/%/calls' }),
    entryOf({ cloud: 'moon' }),
  ]) {
    const ports = fakePorts()
    const { results } = await applyPlan(hangUp(entry), ports)
    assert.is(results[0]?.kind, 'hang-up-failed')
    assert.match(results[0]?.message ?? '', entry.endpoint)
    assert.equal(ports.log, ['report a hang-up-failed'])
  }
})

test('sign-in refused: the run stops', async () => {
  const ports = fakePorts({ calls: fakeCalls().signsIn(new SignInError('no')) })
  const run = await applyPlan(hangingUp('a', 'b'), ports)
  assert.is(run.signInProblem, 'no')
  assert.equal(
    run.results.map(({ kind }) => kind),
    ['skipped', 'skipped'],
  )
})

test('interrupted between tries: what was tried has failed, the rest is skipped', async () => {
  const ports = fakePorts({ calls: fakeCalls().hangsUp({ status: 500 }), onWait: () => ports.interrupt() })
  const run = await applyPlan(hangingUp('a', 'b'), ports)
  assert.equal(
    run.results.map(({ kind }) => kind),
    ['hang-up-failed', 'skipped'],
  )
  assert.is(run.stopped, 'interrupted')
})

test('a bug is thrown after the rest is done', async () => {
  const ports = fakePorts({ calls: fakeCalls().hangsUp(new TypeError('bug')) })
  assert.instance(await applyPlan(hangingUp('a'), ports).catch((error: unknown) => error), TypeError)
})

test('placements and hang-ups may stand in one plan', async () => {
  const plan = planOf(...hangingUp('a').changes, ...placing('b').changes)
  const { results } = await applyPlan(plan, fakePorts())
  assert.equal(
    results.map(({ kind }) => kind),
    ['ended', 'placed'],
  )
})

test.run()
