import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { applyPlan } from '../../src/apply/apply-plan.js'
import { NotSentError, SignInError } from '../../src/model/errors.js'
import type { CallResult } from '../../src/model/run.js'
import { addresses, fakeAttempts, fakeCalls, fakePorts, placedAnswer, placing } from './fakes.js'

const test = suite('stop')
const kinds = (results: readonly CallResult[]): string => results.map((result) => result.kind).join(' ')

test('sign-in refused: the run stops and nothing is claimed', async () => {
  for (const concurrency of [1, 8, 64]) {
    const calls = fakeCalls().signsIn(...addresses(70).map(() => new SignInError('no role', 'grant it')))
    const ports = fakePorts({ calls, settings: { concurrency } })
    const run = await applyPlan(placing(...addresses(70)), ports)
    assert.is(run.signInProblem, 'no role (grant it)')
    assert.ok(run.stopped)
    assert.ok(run.results.every(({ kind }) => kind === 'skipped'))
    assert.is(ports.attempts.records.size, 0)
    assert.equal(ports.log.filter((line) => line === 'signIn').length, 1)
    assert.not(ports.log.includes('connect'))
  }
})

test('a token that cannot be renewed: the call is refused, the rest is skipped', async () => {
  const calls = fakeCalls().signsIn(undefined, new SignInError('expired')).answers(401)
  const ports = fakePorts({ calls })
  const run = await applyPlan(placing('a', 'b'), ports)
  assert.is(kinds(run.results), 'refused skipped')
  assert.is(run.signInProblem, 'expired')
})

test('interrupted before it began: everything is skipped', async () => {
  const ports = fakePorts()
  ports.interrupt()
  const run = await applyPlan(placing('a', 'b'), ports)
  assert.is(kinds(run.results), 'skipped skipped')
  assert.is(run.stopped, 'interrupted')
  assert.not(ports.log.includes('signIn'))
})

test('interrupted while a call is in flight: it is settled, the rest is skipped', async () => {
  const calls = fakeCalls().does(() => {
    ports.interrupt()
    return placedAnswer(1)
  })
  const ports = fakePorts({ calls })
  const run = await applyPlan(placing('a', 'b'), ports)
  assert.is(kinds(run.results), 'placed skipped')
  assert.is(ports.attempts.records.get('a@1')?.outcome?.kind, 'placed')
  assert.is(run.stopped, 'interrupted')
})

test('interrupted between claim and request: settled as not sent, and closed', async () => {
  const log: string[] = []
  const attempts = fakeAttempts(log).afterClaim(() => ports.interrupt())
  const ports = fakePorts({ calls: fakeCalls(log), attempts })
  const run = await applyPlan(placing('a', 'b'), ports)
  assert.is(kinds(run.results), 'not-sent skipped')
  assert.is(attempts.records.get('a@1')?.outcome?.kind, 'not-sent')
  assert.is(ports.calls.creates.length, 0)
  assert.is(log.at(-2), 'close')
})

test('interrupted while Graph throttles: the pause ends and nothing more is claimed', async () => {
  const calls = fakeCalls().answers(429, { retryAfter: 60 })
  const ports = fakePorts({ calls, onWait: () => ports.interrupt() })
  const run = await applyPlan(placing('a', 'b'), ports)
  assert.is(kinds(run.results), 'refused skipped')
  assert.match(run.results[0]?.message ?? '', 'not tried again: interrupted')
  assert.is(ports.attempts.records.size, 1)
})

test('pauses are told of the interrupt', async () => {
  let signal: AbortSignal | undefined
  const calls = fakeCalls().answers(429, { retryAfter: 60 })
  const ports = fakePorts({ calls, onWait: (_, given) => (signal ??= given) })
  await applyPlan(placing('a'), ports)
  assert.ok(signal)
})

test('many pauses at once share no signal, so that Node does not warn of a leak', async () => {
  const signals = new Set<AbortSignal | undefined>()
  const calls = fakeCalls().connects(...addresses(20).map(() => new NotSentError('ECONNREFUSED', true)))
  const ports = fakePorts({
    calls,
    settings: { concurrency: 20 },
    onWait: (_, signal) => void signals.add(signal),
  })
  await applyPlan(placing(...addresses(20)), ports)
  assert.is(signals.size, 20)
})

test('a bug in a port: the attempt is uncertain, the others are settled, then it is thrown', async () => {
  const bug = new TypeError('bug')
  let begin = (): void => {}
  const otherInFlight = new Promise<void>((resolve) => (begin = resolve))
  const calls = fakeCalls().does(async () => {
    await otherInFlight
    throw bug
  })
  calls.does(async () => {
    begin()
    await new Promise((resolve) => setImmediate(resolve))
    return placedAnswer(2)
  })
  const ports = fakePorts({ calls, settings: { concurrency: 2 } })
  const thrown = await applyPlan(placing(...addresses(9)), ports).catch((error: unknown) => error)
  assert.is(thrown, bug)
  assert.is(ports.attempts.records.size, 2)
  assert.equal(
    [...ports.attempts.records.values()].map(({ outcome }) => outcome?.kind),
    ['uncertain', 'placed'],
  )
})

test('a bug while an id is recorded: it is not settled a second time', async () => {
  const log: string[] = []
  const attempts = fakeAttempts(log).settlesThrow(new TypeError('bug'))
  const ports = fakePorts({ calls: fakeCalls(log), attempts })
  const thrown = await applyPlan(placing('a', 'b'), ports).catch((error: unknown) => error)
  assert.instance(thrown, TypeError)
  assert.is(log.filter((line) => line.startsWith('settle')).length, 1)
  assert.ok(ports.events.some((event) => event.event === 'result' && event.result.message.includes('call-1')))
})

test('a report that throws does not undo what was recorded', async () => {
  const ports = fakePorts({
    onEvent: (event) => {
      if (event.event === 'result') throw new TypeError('bug')
    },
  })
  const thrown = await applyPlan(placing('a', 'b'), ports).catch((error: unknown) => error)
  assert.instance(thrown, TypeError)
  assert.is(ports.attempts.records.get('a@1')?.outcome?.kind, 'placed')
  assert.is(ports.attempts.records.size, 1)
})

test('a report that throws at an interrupt that came first', async () => {
  const ports = fakePorts({
    onEvent: () => {
      throw new TypeError('bug')
    },
  })
  ports.interrupt()
  const thrown = await applyPlan(placing('a'), ports).catch((error: unknown) => error)
  assert.instance(thrown, TypeError)
  assert.is(ports.attempts.records.size, 0)
})

test('a clock that fails after the answer does not lose the id', async () => {
  const ports = fakePorts()
  let isBroken = false
  const calls = fakeCalls().does(() => {
    isBroken = true
    return placedAnswer(1)
  })
  const now = (): number => {
    if (isBroken) throw new TypeError('bug')
    return 0
  }
  await applyPlan(placing('a'), { ...ports, calls, now }).catch(() => {})
  assert.is(ports.attempts.records.get('a@1')?.outcome?.kind, 'placed')
})

test('the interrupt is not listened to after the run', async () => {
  const ports = fakePorts()
  await applyPlan(placing('a'), ports)
  const count = ports.events.length
  ports.interrupt()
  assert.is(ports.events.length, count)
})

test.run()
