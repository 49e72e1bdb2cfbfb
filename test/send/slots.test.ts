import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { applyPlan } from '../../src/apply/apply-plan.js'
import type { Answer } from '../../src/model/call.js'
import { createSlots } from '../../src/send/slots.js'
import {
  addresses,
  type FakeCalls,
  fakeCalls,
  fakePorts,
  hangingUp,
  placedAnswer,
  placing,
} from '../apply/fakes.js'

const test = suite('slots')

const turn = () => new Promise((resolve) => setImmediate(resolve))

test('whoever waits is let in in turn, once a slot is given back', async () => {
  const slots = createSlots(2)
  const order: number[] = []
  const enter = async (number: number) => {
    const leave = await slots.take()
    order.push(number)
    return leave
  }
  const entering = [1, 2, 3, 4].map(enter)
  await turn()
  assert.equal(order, [1, 2])
  const leaveFirst = await entering[0]!
  leaveFirst()
  leaveFirst()
  await turn()
  assert.equal(order, [1, 2, 3])
  ;(await entering[2]!)()
  await turn()
  assert.equal(order, [1, 2, 3, 4])
})

/** Creates that are answered when the test says so. */
function heldCalls(count: number): { readonly calls: FakeCalls; answer(): void } {
  const held: (() => void)[] = []
  const calls = fakeCalls()
  for (let index = 0; index < count; index += 1)
    calls.does(() => new Promise<Answer>((resolve) => held.push(() => resolve(placedAnswer(index)))))
  return { calls, answer: () => held.shift()!() }
}

const countOf = (log: readonly string[], word: string): number =>
  log.filter((line) => line.startsWith(word)).length

test('while requests are in flight as many others connect, and none of them claims', async () => {
  const { calls, answer } = heldCalls(6)
  const ports = fakePorts({ calls, settings: { concurrency: 2 } })
  const run = applyPlan(placing(...addresses(6)), ports)
  await turn()
  const counts = () => ['connect', 'claim', 'create'].map((word) => countOf(ports.log, word))
  assert.equal(counts(), [4, 2, 2])
  answer()
  await turn()
  assert.equal(counts(), [5, 3, 3])
  for (let index = 0; index < 5; index += 1) {
    answer()
    await turn()
  }
  assert.equal(counts(), [6, 6, 6])
  assert.ok((await run).results.every(({ kind }) => kind === 'placed'))
})

test('one at a time connects when the one before is recorded', async () => {
  const ports = fakePorts({ settings: { concurrency: 1 } })
  await applyPlan(placing('a', 'b'), ports)
  assert.ok(ports.log.lastIndexOf('connect') > ports.log.indexOf('report a placed'))
})

test('an answer is followed by the next request while its outcome is being written', async () => {
  let write = (): void => {}
  const ports = fakePorts({ settings: { concurrency: 2 } })
  const { settle } = ports.attempts
  const attempts = {
    ...ports.attempts,
    async settle(...[claim, outcome]: Parameters<typeof settle>) {
      if (claim.address === 'call-0000') await new Promise<void>((resolve) => (write = resolve))
      await settle(claim, outcome)
    },
  }
  const run = applyPlan(placing(...addresses(8)), { ...ports, attempts })
  await turn()
  await turn()
  assert.is(countOf(ports.log, 'create'), 8)
  assert.is(countOf(ports.log, 'settle'), 7)
  write()
  assert.is((await run).results.length, 8)
})

test('what an outcome speaks against is known before the next request', async () => {
  const calls = fakeCalls().answers(500).answers(500).answers(500)
  const ports = fakePorts({ calls, settings: { concurrency: 2 } })
  const { stopped } = await applyPlan(placing(...addresses(20)), ports)
  assert.ok(stopped)
  // The third unknown outcome stops the run; one more was in flight beside it.
  assert.ok(ports.calls.creates.length <= 4, `${ports.calls.creates.length} sent`)
})

test('a connection that waited too long for its turn is replaced, and costs no try', async () => {
  const calls = fakeCalls()
  const ports = fakePorts({ calls, settings: { concurrency: 2 } })
  for (let index = 0; index < 2; index += 1)
    calls.does(async () => {
      await ports.wait(2500)
      return placedAnswer(index)
    })
  const { results } = await applyPlan(placing(...addresses(4)), ports)
  assert.ok(results.every(({ kind }) => kind === 'placed'))
  assert.is(ports.attempts.records.size, 4)
  // Both that were waiting connected once more, as seconds went by.
  assert.is(countOf(ports.log, 'connect'), 6)
  assert.is(countOf(ports.log, 'close'), 6)
  assert.not(ports.log.includes('report waiting'))
})

test('calls are hung up as many at a time as may be in flight', async () => {
  let inFlight = 0
  let most = 0
  const calls = fakeCalls()
  for (let index = 0; index < 20; index += 1)
    calls.hangsUp(async () => {
      inFlight += 1
      most = Math.max(most, inFlight)
      await turn()
      inFlight -= 1
      return { status: 204 }
    })
  const ports = fakePorts({ calls, settings: { concurrency: 3 } })
  const { results } = await applyPlan(hangingUp(...addresses(20)), ports)
  assert.is(most, 3)
  assert.ok(results.every(({ kind }) => kind === 'ended'))
})

test('a port that fails by a bug leaves no slot taken', async () => {
  const calls = fakeCalls()
  for (let index = 0; index < 4; index += 1) calls.failsWith(new TypeError('bug'))
  const ports = fakePorts({ calls, settings: { concurrency: 2 } })
  let error: unknown
  await applyPlan(placing(...addresses(9)), ports).catch((thrown: unknown) => (error = thrown))
  assert.instance(error, TypeError)
  assert.is(countOf(ports.log, 'settle'), countOf(ports.log, 'claim'))
})

test.run()
