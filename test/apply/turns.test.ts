import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { applyPlan } from '../../src/apply/apply-plan.js'
import { createTurns } from '../../src/apply/turns.js'
import { addresses, fakePorts, placing } from './fakes.js'

const test = suite('turns')

const turn = () => new Promise<void>((resolve) => setImmediate(resolve))
const never = () => new Promise<void>(() => {})

/** Works that end, and pauses that are over, when the test says so. */
function held(width: number) {
  const begun: number[] = []
  const ends: (() => void)[] = []
  const pauses: (() => void)[] = []
  const inTurn = createTurns(width, () => new Promise((resolve) => pauses.push(resolve)))
  const works = [0, 1, 2, 3].map((number) =>
    inTurn(async () => {
      begun.push(number)
      await new Promise<void>((resolve) => (ends[number] = resolve))
      return number * 10
    }),
  )
  return { begun, ends, pauses, works }
}

test('each begins when the one before has ended', async () => {
  const { begun, ends, works } = held(1)
  for (let number = 0; number < 4; number += 1) {
    await turn()
    assert.equal(begun, [0, 1, 2, 3].slice(0, number + 1))
    ends[number]!()
  }
  assert.equal(await Promise.all(works), [0, 10, 20, 30])
})

test('where one takes long, the next begins after a pause, and not all at once', async () => {
  const { begun, pauses } = held(1)
  await turn()
  assert.equal(begun, [0])
  pauses.shift()!()
  await turn()
  assert.equal(begun, [0, 1])
})

test('as many as the width begin together', async () => {
  const { begun, ends } = held(2)
  await turn()
  assert.equal(begun.toSorted(), [0, 1])
  ends[1]!()
  await turn()
  assert.is(begun.length, 3)
})

test('a work that fails does not keep the next from its turn', async () => {
  const inTurn = createTurns(1, never)
  const failing = inTurn(() => Promise.reject(new Error('no'))).catch((error: Error) => error.message)
  assert.is(await inTurn(async () => 'done'), 'done')
  assert.is(await failing, 'no')
})

test('of eight calls in flight one claims at a time', async () => {
  const ports = fakePorts({ settings: { concurrency: 8 } })
  let claiming = 0
  let most = 0
  const attempts = {
    ...ports.attempts,
    async claim(...[claim]: Parameters<typeof ports.attempts.claim>) {
      claiming += 1
      most = Math.max(most, claiming)
      await Promise.resolve()
      claiming -= 1
      return ports.attempts.claim(claim)
    },
  }
  const { results } = await applyPlan(placing(...addresses(40)), { ...ports, attempts })
  assert.is(most, 1)
  assert.ok(results.every(({ kind }) => kind === 'placed'))
})

test('a run that is interrupted claims nothing more, whoever waits for his turn', async () => {
  const ports = fakePorts({ settings: { concurrency: 8 } })
  ports.attempts.afterClaim(() => ports.interrupt())
  const { results } = await applyPlan(placing(...addresses(20)), ports)
  assert.is(ports.attempts.records.size, 1)
  assert.is(results.filter(({ kind }) => kind === 'skipped').length, 19)
})

test.run()
