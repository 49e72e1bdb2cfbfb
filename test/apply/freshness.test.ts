import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { applyPlan } from '../../src/apply/apply-plan.js'
import type { FakePorts } from './fakes.js'
import { fakePorts, placing } from './fakes.js'

const test = suite('freshness')

/** A connection that looks around, as Graph's does just before the first byte. */
function looking(ports: FakePorts, before: () => void = () => {}): FakePorts {
  const { calls } = ports
  const connect: typeof calls.connect = async (target) => {
    const connection = await calls.connect(target)
    return {
      ...connection,
      create: async (request) => {
        before()
        request.look?.()
        return connection.create(request)
      },
    }
  }
  return { ...ports, calls: { ...calls, connect } }
}

test('who stood still between claim and request sends nothing under that claim, and begins anew', async () => {
  for (const gap of [60_000, -60_000]) {
    let [shift, isFirst] = [0, true]
    const ports = looking(fakePorts(), () => {
      if (isFirst) shift = gap
      isFirst = false
    })
    const now = (): number => ports.now() + shift
    const { results } = await applyPlan(placing('a'), { ...ports, now })
    assert.equal([results[0]?.kind, ports.calls.creates.length], ['placed', 1])
    assert.equal(
      [...ports.attempts.records.values()].map(({ outcome }) => outcome?.kind),
      ['not-sent', 'placed'],
    )
  }
})

test('a sleep that the clock of the wall does not show is seen by the other one', async () => {
  let elapsed = 0
  const ports = looking(fakePorts(), () => {
    if (elapsed === 0) elapsed = 3_600_000
  })
  const { results } = await applyPlan(placing('a'), { ...ports, elapsed: () => elapsed })
  assert.is(results[0]?.kind, 'placed')
  assert.equal(
    [...ports.attempts.records.values()].map(({ outcome }) => outcome?.kind),
    ['not-sent', 'placed'],
  )
})

test('an attempt that somebody settled meanwhile is not sent', async () => {
  const ports = looking(fakePorts())
  const attempts = { ...ports.attempts, isOpen: () => false }
  const { results } = await applyPlan(placing('a'), { ...ports, attempts })
  assert.equal([results[0]?.kind, ports.calls.creates.length], ['not-sent', 0])
})

test('an interrupt between claim and first byte is heeded', async () => {
  const inner = fakePorts()
  const ports = looking(inner, () => inner.interrupt())
  const { results } = await applyPlan(placing('a'), ports)
  assert.equal([results[0]?.kind, ports.calls.creates.length], ['not-sent', 0])
})

test('the second call that is answered with one id is not placed, whoever has it', async () => {
  const ports = fakePorts()
  ports.calls
    .answers(201, { callId: 'Call-X' })
    .answers(201, { callId: 'call-x' })
    .answers(201, { callId: 'old' })
  const holderOf = (id: string): string | undefined => (id === 'old' ? 'earlier' : undefined)
  const { results } = await applyPlan(placing('a', 'b', 'c'), { ...ports, holderOf })
  assert.equal(
    results.map(({ kind, outcome }) => [
      kind,
      outcome?.kind === 'uncertain' ? outcome.sharedWith : undefined,
    ]),
    [
      ['placed', undefined],
      ['uncertain', 'a'],
      ['uncertain', 'earlier'],
    ],
  )
})

test.run()
