import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { applyPlan } from '../../src/apply/apply-plan.js'
import { createTurns } from '../../src/apply/turns.js'
import { addresses, fakePorts, placing } from './fakes.js'

const test = suite('turns')

const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

/** Works that end when the test says so, and the numbers of those that have begun. */
function held(count: number) {
  const begun: number[] = []
  const ends: (() => void)[] = []
  const inTurn = createTurns()
  const works = Array.from({ length: count }, (_, number) =>
    inTurn(async () => {
      begun.push(number)
      await new Promise<void>((resolve) => (ends[number] = resolve))
      return number * 10
    }),
  )
  return { begun, ends, works }
}

test('of two that come together the second begins when the first has ended', async () => {
  const { begun, ends, works } = held(2)
  await turn()
  assert.equal(begun, [0])
  ends[0]!()
  await turn()
  assert.equal(begun, [0, 1])
  ends[1]!()
  assert.equal(await Promise.all(works), [0, 10])
})

test('the more wait, the more go on side by side, in the order in which they came', async () => {
  const { begun, ends } = held(12)
  await turn()
  assert.equal(begun, [0, 1, 2, 3])
  for (const number of [2, 0, 1, 3]) ends[number]!()
  await turn()
  assert.equal(begun, [0, 1, 2, 3, 4, 5, 6])
})

test('each begins once and ends, whatever the order of the ends', () =>
  fc.assert(
    fc.asyncProperty(fc.array(fc.nat(1_000), { minLength: 1, maxLength: 40 }), async (picks) => {
      const { begun, ends, works } = held(picks.length)
      const open: number[] = []
      let seen = 0
      for (const pick of picks) {
        await turn()
        open.push(...begun.slice(seen))
        seen = begun.length
        assert.ok(open.length > 0 && open.length <= Math.ceil(picks.length / 2))
        ends[open.splice(pick % open.length, 1)[0]!]!()
      }
      assert.equal(
        await Promise.all(works),
        picks.map((_, number) => number * 10),
      )
      assert.equal(
        begun,
        picks.map((_, number) => number),
      )
    }),
    { numRuns: 50 },
  ))

test('a work that fails does not keep the next from its turn', async () => {
  const inTurn = createTurns()
  const failing = inTurn(() => Promise.reject(new Error('no'))).catch((error: Error) => error.message)
  assert.is(await inTurn(async () => 'done'), 'done')
  assert.is(await failing, 'no')
})

test('of eight calls in flight three claim at a time at most', async () => {
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
  assert.is(most, 3)
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
