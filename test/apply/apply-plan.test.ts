import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { applyPlan } from '../../src/apply/apply-plan.js'
import type { Answer } from '../../src/model/call.js'
import { InternalError, LostAnswerError } from '../../src/model/errors.js'
import type { Change } from '../../src/model/plan.js'
import type { CallResult } from '../../src/model/run.js'
import {
  addresses,
  entryOf,
  fakeCalls,
  fakePorts,
  payloadOf,
  placedAnswer,
  placing,
  planOf,
} from './fakes.js'

const test = suite('apply-plan')
const kinds = (results: readonly CallResult[]): string => results.map((result) => result.kind).join(' ')
const lost = (): LostAnswerError => new LostAnswerError('cut')

test('a plan without placements does nothing, not even sign in', async () => {
  const ports = fakePorts()
  const change = (action: Change['action']): Change => ({
    address: action,
    action,
    reason: '',
    payload: payloadOf(action),
    entry: entryOf(),
  })
  const actions = ['none', 'changed', 'uncertain', 'retired', 'blocked'] as const
  assert.equal(await applyPlan(planOf(...actions.map(change)), ports), { results: [] })
  assert.equal(ports.log, [])
})

test('results stand in plan order, whatever ends first', async () => {
  const ends: (() => void)[] = []
  const calls = fakeCalls()
  for (let index = 0; index < 3; index += 1) {
    calls.does(() => new Promise<Answer>((resolve) => ends.push(() => resolve(placedAnswer(index)))))
  }
  const ports = fakePorts({ calls, settings: { concurrency: 3 } })
  const run = applyPlan(placing('a', 'b', 'c'), ports)
  await new Promise((resolve) => setImmediate(resolve))
  for (const end of ends.reverse()) end()
  assert.equal(
    (await run).results.map(({ address }) => address),
    ['a', 'b', 'c'],
  )
})

test('three unknown outcomes in a row stop the run', async () => {
  const calls = fakeCalls().failsWith(lost()).answers(500).answers(201)
  const ports = fakePorts({ calls })
  const run = await applyPlan(placing(...addresses(6)), ports)
  assert.is(kinds(run.results), 'uncertain uncertain uncertain skipped skipped skipped')
  assert.match(run.stopped ?? '', '3 outcomes in a row')
  assert.ok(ports.events.some(({ event }) => event === 'stopping'))
})

test('an answer that is understood ends the row', async () => {
  const calls = fakeCalls().answers(500).answers(500).answers(403).answers(500).answers(500)
  const run = await applyPlan(placing(...addresses(6)), fakePorts({ calls }))
  assert.is(kinds(run.results), 'uncertain uncertain refused uncertain uncertain placed')
  assert.is(run.stopped, undefined)
})

test('the circuit breaker lets what is in flight end', async () => {
  const calls = fakeCalls()
  for (let count = 0; count < 4; count += 1) calls.answers(500)
  const ports = fakePorts({ calls, settings: { concurrency: 4 } })
  const run = await applyPlan(placing(...addresses(20)), ports)
  assert.ok(run.stopped)
  for (const record of ports.attempts.records.values()) assert.ok(record.outcome)
  assert.is(run.results.filter(({ kind }) => kind === 'skipped').length, 20 - ports.attempts.records.size)
})

test('while Graph throttles one call, all senders wait', async () => {
  const held: (() => void)[] = []
  const calls = fakeCalls().answers(429, { retryAfter: 10 })
  const ports = fakePorts({ calls, settings: { concurrency: 3 } })
  const slow = {
    ...ports,
    wait: (milliseconds: number) =>
      milliseconds === 10_000 ? new Promise<void>((resolve) => held.push(resolve)) : Promise.resolve(),
  }
  const run = applyPlan(placing(...addresses(9)), slow)
  await new Promise((resolve) => setImmediate(resolve))
  const before = ports.calls.creates.length
  assert.ok(before <= 3)
  for (const open of held) open()
  await run
  assert.is(ports.calls.creates.length, 10)
})

test('a call that has connected when Graph throttles another waits too, and connects anew', async () => {
  let connectLate = (): void => {}
  const late = () => new Promise<void>((resolve) => (connectLate = resolve))
  const calls = fakeCalls().connects(undefined, late).answers(429, { retryAfter: 10 })
  const ports = fakePorts({
    calls,
    settings: { concurrency: 2 },
    onWait: (milliseconds) => void (milliseconds === 10_000 && ports.log.push('pause')),
  })
  const slow = {
    ...ports,
    wait: async (milliseconds: number) => {
      await ports.wait(milliseconds)
      connectLate()
      await new Promise((resolve) => setImmediate(resolve))
    },
  }
  const { results } = await applyPlan(placing('a', 'b'), slow)
  assert.is(kinds(results), 'placed placed')
  assert.ok(ports.log.indexOf('pause') < ports.log.indexOf('claim b@1'))
  assert.is(ports.log.filter((line) => line === 'connect').length, 4)
  assert.is(ports.attempts.records.size, 3)
})

for (const concurrency of [1, 8, 64]) {
  test(`never more than ${concurrency} in flight`, async () => {
    let inFlight = 0
    let most = 0
    const calls = fakeCalls()
    for (let index = 0; index < 200; index += 1) {
      calls.does(async () => {
        inFlight += 1
        most = Math.max(most, inFlight)
        await new Promise((resolve) => setImmediate(resolve))
        inFlight -= 1
        return placedAnswer(index)
      })
    }
    const ports = fakePorts({ calls, settings: { concurrency } })
    const { results } = await applyPlan(placing(...addresses(200)), ports)
    assert.is(most, concurrency)
    assert.ok(results.every(({ kind }) => kind === 'placed'))
  })
}

test('senders share a sign-in, and those refused at once share a renewal', async () => {
  const calls = fakeCalls()
  for (let count = 0; count < 8; count += 1) calls.answers(401)
  const ports = fakePorts({ calls, settings: { concurrency: 8 } })
  await applyPlan(placing(...addresses(8)), ports)
  assert.is(ports.log.filter((line) => line === 'forgetToken').length, 1)
  assert.ok(ports.log.filter((line) => line === 'signIn').length <= 9)
})

test('a plan that has an address twice is refused before anything is done', async () => {
  const ports = fakePorts()
  const thrown = await applyPlan(placing('a', 'a'), ports).catch((error: unknown) => error)
  assert.instance(thrown, InternalError)
  assert.equal(ports.log, [])
})

test('a placement without payload, or with that of another address, is refused', async () => {
  for (const payload of [undefined, payloadOf('b')]) {
    const change: Change = { address: 'a', action: 'place', reason: '', ...(payload ? { payload } : {}) }
    const thrown = await applyPlan(planOf(change), fakePorts()).catch((error: unknown) => error)
    assert.instance(thrown, InternalError)
  }
})

test.run()
