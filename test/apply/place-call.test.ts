import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { applyPlan } from '../../src/apply/apply-plan.js'
import { LostAnswerError, NotSentError, RecordError } from '../../src/model/errors.js'
import type { CallResult } from '../../src/model/run.js'
import { addresses, fakeAttempts, fakeCalls, fakePorts, placing } from './fakes.js'

const test = suite('place-call')
const kinds = (results: readonly CallResult[]): string => results.map((result) => result.kind).join(' ')
const unreachable = (): NotSentError => new NotSentError('ECONNREFUSED', true)

test('the order: sign in, connect, claim, create, settle, report, close', async () => {
  const ports = fakePorts()
  const { results } = await applyPlan(placing('a'), ports)
  assert.equal(ports.log, [
    'signIn',
    'connect',
    'claim a@1',
    'report claimed',
    'create a',
    'settle a@1 placed',
    'report a placed',
    'close',
  ])
  assert.is(kinds(results), 'placed')
})

test('the claim says everything about the attempt', async () => {
  const ports = fakePorts()
  await applyPlan(placing('a'), ports)
  assert.equal(ports.attempts.records.get('a@1')?.claim, {
    address: 'a',
    number: 1,
    attemptId: 'uuid-1',
    digest: 'digest of a',
    endpoint: '/v1.0/communications/calls',
    cloud: 'global',
    tenantId: 'tenant-1',
    claimedAt: '2025-01-01T00:00:00.000Z',
    operator: 'ada',
  })
  assert.is(ports.calls.creates[0]?.attemptId, 'uuid-1')
})

test('a connect that fails is tried again, without a claim', async () => {
  const ports = fakePorts({ calls: fakeCalls().connects(unreachable(), unreachable()) })
  const { results } = await applyPlan(placing('a'), ports)
  assert.is(kinds(results), 'placed')
  assert.is(ports.log.filter((line) => line === 'connect').length, 3)
  assert.is(ports.log.filter((line) => line.startsWith('claim')).length, 1)
  assert.equal(ports.waits, [250, 500])
})

test('a connect is tried five times at most, and leaves no claim', async () => {
  const ports = fakePorts({ calls: fakeCalls().connects(...Array.from({ length: 9 }, unreachable)) })
  const { results, stopped } = await applyPlan(placing('a'), ports)
  assert.is(kinds(results), 'not-sent')
  assert.is(results[0]?.outcome, undefined)
  assert.is(ports.log.filter((line) => line === 'connect').length, 5)
  assert.is(ports.attempts.records.size, 0)
  assert.is(stopped, undefined)
})

test('a connect is not tried again after thirty seconds', async () => {
  const slow = async (): Promise<void> => {
    await ports.wait(16_000)
    throw unreachable()
  }
  const ports = fakePorts({ calls: fakeCalls().connects(slow, slow, slow, slow) })
  await applyPlan(placing('a'), ports)
  assert.is(ports.log.filter((line) => line === 'connect').length, 3)
})

test('a certificate that is not trusted is not tried again', async () => {
  const ports = fakePorts({ calls: fakeCalls().connects(new NotSentError('certificate', false)) })
  const { results } = await applyPlan(placing('a', 'b'), ports)
  assert.is(kinds(results), 'not-sent placed')
  assert.equal(ports.waits, [])
})

test('a connection that is closed before the claim costs none', async () => {
  const ports = fakePorts({ calls: fakeCalls().isOpenSays(false) })
  const { results } = await applyPlan(placing('a'), ports)
  assert.is(kinds(results), 'placed')
  assert.is(ports.attempts.records.size, 1)
  assert.is(ports.log.filter((line) => line === 'close').length, 2)
})

test('a connection that is closed after the claim: settled as not sent, and a new attempt', async () => {
  // Asked when it is its turn, before the claim and after it.
  const ports = fakePorts({ calls: fakeCalls().isOpenSays(true, true, false) })
  await applyPlan(placing('a'), ports)
  assert.equal(ports.log, [
    ...['signIn', 'connect', 'claim a@1', 'report claimed', 'settle a@1 not-sent', 'close', 'report waiting'],
    ...[
      'signIn',
      'connect',
      'claim a@2',
      'report claimed',
      'create a',
      'settle a@2 placed',
      'report a placed',
      'close',
    ],
  ])
})

test('a create that was not sent: a new attempt, bounded', async () => {
  const calls = fakeCalls()
  for (let count = 0; count < 9; count += 1) calls.failsWith(unreachable())
  const ports = fakePorts({ calls })
  const { results } = await applyPlan(placing('a'), ports)
  assert.is(kinds(results), 'not-sent')
  assert.is(ports.attempts.records.size, 5)
  for (const record of ports.attempts.records.values()) assert.is(record.outcome?.kind, 'not-sent')
})

test('401: one new token, one new attempt with a claim of its own', async () => {
  const ports = fakePorts({ calls: fakeCalls().answers(401) })
  const { results } = await applyPlan(placing('a'), ports)
  assert.is(kinds(results), 'placed')
  assert.equal(
    ports.log.filter((line) => /signIn|forget|claim |create|settle/.test(line)),
    [
      ...['signIn', 'claim a@1', 'create a', 'settle a@1 refused'],
      ...['forgetToken', 'signIn', 'claim a@2', 'create a', 'settle a@2 placed'],
    ],
  )
})

test('401 twice is refused', async () => {
  const ports = fakePorts({ calls: fakeCalls().answers(401).answers(401) })
  const { results } = await applyPlan(placing('a'), ports)
  assert.is(kinds(results), 'refused')
  assert.is(ports.calls.creates.length, 2)
})

test('429 with Retry-After waits as told and claims anew', async () => {
  const ports = fakePorts({ calls: fakeCalls().answers(429, { retryAfter: 2.5 }) })
  const { results } = await applyPlan(placing('a'), ports)
  assert.is(kinds(results), 'placed')
  assert.equal(ports.waits, [2500, 500])
  assert.is(ports.attempts.records.get('a@1')?.outcome?.kind, 'refused')
  assert.is(ports.attempts.records.get('a@2')?.outcome?.kind, 'placed')
})

test('Retry-After is held within 1 and 300 seconds', async () => {
  const calls = fakeCalls().answers(429, { retryAfter: 0 }).answers(429, { retryAfter: 1e9 })
  const ports = fakePorts({ calls: calls.answers(429, { retryAfter: -5 }) })
  await applyPlan(placing('a'), ports)
  assert.equal(ports.waits, [1000, 500, 300_000, 500, 1000, 500])
})

test('a call that Graph throttles five times is refused', async () => {
  const calls = fakeCalls()
  for (let count = 0; count < 9; count += 1) calls.answers(429, { retryAfter: 1 })
  const ports = fakePorts({ calls })
  const { results } = await applyPlan(placing('a'), ports)
  assert.is(kinds(results), 'refused')
  assert.is(ports.attempts.records.size, 5)
})

test('what is unknown is never sent again', async () => {
  for (const status of [100, 302, 408, 429, 500, 503, 504]) {
    const ports = fakePorts({ calls: fakeCalls().answers(status) })
    const { results } = await applyPlan(placing('a'), ports)
    assert.is(kinds(results), 'uncertain', String(status))
    assert.is(ports.calls.creates.length, 1)
  }
  const ports = fakePorts({ calls: fakeCalls().failsWith(new LostAnswerError('cut')) })
  assert.is(kinds((await applyPlan(placing('a'), ports)).results), 'uncertain')
  assert.is(ports.calls.creates.length, 1)
})

test('a refusal does not stop the run', async () => {
  const error = { code: 'Forbidden', message: 'not\nallowed' }
  const ports = fakePorts({ calls: fakeCalls().answers(403, { error }) })
  const { results, stopped } = await applyPlan(placing('a', 'b'), ports)
  assert.is(kinds(results), 'refused placed')
  assert.is(results[0]?.message, 'refused: 403 Forbidden: not allowed')
  assert.is(stopped, undefined)
})

test('a claim that another run holds: nothing is sent', async () => {
  const log: string[] = []
  const ports = fakePorts({ calls: fakeCalls(log), attempts: fakeAttempts(log).claimsGive(false) })
  const { results } = await applyPlan(placing('a', 'b'), ports)
  assert.is(kinds(results), 'elsewhere placed')
  assert.equal(
    ports.calls.creates.map(({ address }) => address),
    ['b'],
  )
  assert.not(log.some((line) => line.startsWith('settle a')))
})

test('a second attempt that another run has claimed: elsewhere, with the first one’s outcome', async () => {
  const calls = fakeCalls().answers(401)
  const attempts = fakeAttempts(calls.log).claimsGive(true, false)
  const { results } = await applyPlan(placing('a'), fakePorts({ calls, attempts }))
  assert.is(kinds(results), 'elsewhere')
  assert.is(results[0]?.outcome?.kind, 'refused')
  assert.is(calls.creates.length, 1)
})

test('a claim that cannot be made durable stops the run', async () => {
  const log: string[] = []
  const attempts = fakeAttempts(log).claimsGive(new RecordError('disk full', 'make room'))
  const ports = fakePorts({ calls: fakeCalls(log), attempts })
  const run = await applyPlan(placing('a', 'b', 'c'), ports)
  assert.is(kinds(run.results), 'not-sent skipped skipped')
  assert.is(run.recordProblem, 'disk full (make room)')
  assert.ok(run.stopped)
  assert.is(ports.calls.creates.length, 0)
})

test('an outcome that cannot be recorded stops the run, and the call still counts as placed', async () => {
  const log: string[] = []
  const attempts = fakeAttempts(log).settlesThrow(new RecordError('kept in rescue/x: call-1'))
  const ports = fakePorts({ calls: fakeCalls(log), attempts })
  const run = await applyPlan(placing('a', 'b'), ports)
  assert.is(kinds(run.results), 'placed skipped')
  assert.match(run.results[0]?.message ?? '', 'kept in rescue/x: call-1')
  assert.is(run.recordProblem, 'kept in rescue/x: call-1')
})

test('a refusal that cannot be recorded is not followed by another attempt', async () => {
  for (const [status, retryAfter] of [
    [401, undefined],
    [429, 1],
  ] as const) {
    const log: string[] = []
    const attempts = fakeAttempts(log).settlesThrow(new RecordError('EIO'))
    const calls = fakeCalls(log).answers(status, retryAfter === undefined ? {} : { retryAfter })
    const ports = fakePorts({ calls, attempts })
    const run = await applyPlan(placing('a'), ports)
    assert.is(kinds(run.results), 'refused')
    assert.is(calls.creates.length, 1)
  }
})

test('the number of a first attempt comes from the port, the next ones follow', async () => {
  const ports = { ...fakePorts({ calls: fakeCalls().answers(401) }), nextNumber: () => 7 }
  await applyPlan(placing('a'), ports)
  assert.equal([...ports.attempts.records.keys()], ['a@7', 'a@8'])
})

test('each call of many has its own claim and its own connection', async () => {
  const ports = fakePorts({ settings: { concurrency: 8 } })
  await applyPlan(placing(...addresses(100)), ports)
  assert.is(new Set(ports.calls.creates.map(({ attemptId }) => attemptId)).size, 100)
  assert.is(ports.log.filter((line) => line === 'connect').length, 100)
  assert.is(ports.log.filter((line) => line === 'close').length, 100)
})

test.run()
