import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { applyPlan, withPlanRun } from '../../src/apply/apply-plan.js'
import type { Answer } from '../../src/model/call.js'
import type { Plan } from '../../src/model/plan.js'
import {
  addresses,
  type FakeCalls,
  fakeCalls,
  fakePorts,
  hangingUp,
  placing,
  planOf,
  redialing,
} from './fakes.js'

const test = suite('throttle')

/** Ports whose pause of `milliseconds` lasts until `open`; all other pauses are over at once. */
function holding(calls: FakeCalls, milliseconds: number, concurrency: number) {
  const ports = fakePorts({ calls, settings: { concurrency } })
  let open = (): void => {}
  const isOver = new Promise<void>((resolve) => (open = resolve))
  const wait = (time: number): Promise<void> => (time === milliseconds ? isOver : ports.wait(time))
  return { ports: { ...ports, wait }, open, log: ports.log }
}
const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}
const requests = (log: readonly string[]): readonly string[] =>
  log.filter((line) => /^(?:create|hangUp) /.test(line))

/** Nothing is sent between the throttle and its end, and all is done after it. */
async function holdsAll(plan: Plan, calls: FakeCalls, expected: { before: number; after: number }) {
  const { ports, open, log } = holding(calls, 10_000, 3)
  const run = applyPlan(plan, ports)
  await settled()
  assert.ok(requests(log).length <= expected.before, requests(log).join())
  open()
  const { results } = await run
  assert.is(requests(log).length, expected.after)
  return { results, ports }
}

test('what Graph throttles is told to other runners, and what they tell holds this one', async () => {
  const told: number[] = []
  let hear = (_milliseconds: number): void => {}
  let isHushed = false
  const throttles = {
    tell: (milliseconds: number) => told.push(milliseconds),
    hear(listener: (milliseconds: number) => void) {
      hear = listener
      return () => {
        isHushed = true
      }
    },
  }
  const { ports, open, log } = holding(fakeCalls(), 7000, 1)
  const run = applyPlan(placing(...addresses(3)), {
    ...ports,
    throttles,
    report(event) {
      ports.report(event)
      if (event.event === 'claimed' && told.length === 0) hear(7000)
      told.push(0)
    },
  })
  await settled()
  assert.is(requests(log).length, 1)
  open()
  const { results } = await run
  assert.equal(
    results.map(({ kind }) => kind),
    ['placed', 'placed', 'placed'],
  )
  assert.ok(isHushed)
  // What was heard is not passed on.
  assert.is(Math.max(...told), 0)
  const throttled = fakePorts({ calls: fakeCalls().answers(429, { retryAfter: 10 }) })
  await applyPlan(placing('a'), { ...throttled, throttles })
  assert.is(Math.max(...told), 10_000)
})

test('a throttled placement holds all placements', async () => {
  const calls = fakeCalls().answers(429, { retryAfter: 10 })
  await holdsAll(placing(...addresses(9)), calls, { before: 3, after: 10 })
})

for (const [status, retryAfter] of [
  [429, undefined],
  [503, 1],
] as const) {
  test(`a placement answered ${status}, whose outcome is unknown, still holds the others`, async () => {
    const calls = fakeCalls().answers(status, retryAfter === undefined ? {} : { retryAfter })
    const { ports, open, log } = holding(calls, 1000, 2)
    const run = applyPlan(placing(...addresses(6)), ports)
    await settled()
    assert.ok(requests(log).length <= 2, requests(log).join())
    open()
    const { results } = await run
    assert.is(results[0]?.kind, 'uncertain')
    assert.is(requests(log).length, 6)
  })
}

test('a throttled hang-up holds hang-ups and placements', async () => {
  const calls = fakeCalls().hangsUp({ status: 429, retryAfter: 10 })
  const plan = planOf(...hangingUp(...addresses(5)).changes, ...placing('x', 'y', 'z').changes)
  const { results } = await holdsAll(plan, calls, { before: 3, after: 9 })
  assert.ok(results.every(({ kind }) => kind === 'ended' || kind === 'placed'))
})

test('a throttled hang-up before a redial holds everything', async () => {
  const calls = fakeCalls().hangsUp({ status: 429, retryAfter: 10 })
  const plan = planOf(...redialing('a').changes, ...placing('x', 'y', 'z').changes)
  await holdsAll(plan, calls, { before: 3, after: 6 })
})

test('a service that asks for time holds all, and fractions of seconds count', async () => {
  const calls = fakeCalls().hangsUp({ status: 503, retryAfter: 2.128 })
  const { ports, open, log } = holding(calls, 2128, 3)
  const run = applyPlan(hangingUp(...addresses(6)), ports)
  await settled()
  assert.ok(requests(log).length <= 3)
  open()
  await run
  assert.is(requests(log).length, 7)
})

test('a throttle without a hint pauses all hang-ups for a moment', async () => {
  const ports = fakePorts({ calls: fakeCalls().hangsUp({ status: 429 }) })
  const { results } = await applyPlan(hangingUp('a', 'b'), ports)
  assert.ok(results.every(({ kind }) => kind === 'ended'))
  assert.ok(ports.waits.includes(1000))
})

test('the last try of a call that is given up closes the gate for the others', async () => {
  const answers: Answer[] = Array.from({ length: 5 }, () => ({ status: 429, retryAfter: 10 }))
  const ports = fakePorts({ calls: fakeCalls().hangsUp(...answers) })
  const { results } = await applyPlan(hangingUp('a', 'b'), ports)
  assert.equal(
    results.map(({ kind }) => kind),
    ['hang-up-failed', 'ended'],
  )
  assert.is(ports.waits.filter((time) => time === 10_000).length, 5)
})

test('a throttle goes on over the parts of a run', async () => {
  const calls = fakeCalls()
  for (let count = 0; count < 5; count += 1) calls.answers(429, { retryAfter: 10 })
  const ports = fakePorts({ calls })
  const { results } = await withPlanRun(ports, async ({ carryOut }) => [
    ...(await carryOut(placing('a'))),
    ...(await carryOut(placing('b'))),
  ])
  assert.equal(
    results.map(({ kind }) => kind),
    ['refused', 'placed'],
  )
  // The fifth pause is b's: a has been given up by then.
  assert.is(ports.waits.filter((time) => time === 10_000).length, 5)
  assert.ok(ports.log.lastIndexOf('create b') > ports.log.lastIndexOf('report a refused'))
})

test('unknown outcomes in a row are counted over the parts of a run', async () => {
  const ports = fakePorts({ calls: fakeCalls().answers(500).answers(500).answers(500) })
  const { results, stopped } = await withPlanRun(ports, async ({ carryOut }) => [
    ...(await carryOut(placing('a', 'b'))),
    ...(await carryOut(placing('c', 'd'))),
  ])
  assert.is(results.at(-1)?.kind, 'skipped')
  assert.match(stopped ?? '', 'in a row')
})

test('a run whose parts cannot be made ends: nothing waits for it any more', async () => {
  const ports = fakePorts({ settings: { deadline: 60_000 } })
  const failure = new Error('no lockfile')
  const thrown = await withPlanRun(ports, () => Promise.reject(failure)).catch((error: unknown) => error)
  assert.is(thrown, failure)
})

test.run()
