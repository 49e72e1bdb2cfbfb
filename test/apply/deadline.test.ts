import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { applyPlan } from '../../src/apply/apply-plan.js'
import { fakeCalls, fakePorts, type PortsChoice, placedAnswer, placing } from './fakes.js'

const test = suite('deadline')

/** Ports whose deadline of 9 seconds is over when `pass` is called; other waits are over at once. */
function portsWithDeadline(choice: PortsChoice) {
  const ports = fakePorts({ ...choice, settings: { deadline: 9000 } })
  let pass = (): void => {}
  let isOver = false
  const wait = (milliseconds: number, signal?: AbortSignal): Promise<void> => {
    if (milliseconds !== 9000) return ports.wait(milliseconds, signal)
    return new Promise((resolve) => {
      pass = resolve
      signal?.addEventListener('abort', () => {
        isOver = true
        resolve()
      })
    })
  }
  return { ports: { ...ports, wait }, pass: () => pass(), wasEnded: () => isOver }
}

test('after the deadline what is in flight ends, and nothing new begins', async () => {
  const calls = fakeCalls().does(() => {
    world.pass()
    return Promise.resolve(placedAnswer(1))
  })
  const world = portsWithDeadline({ calls })
  const run = await applyPlan(placing('a', 'b', 'c'), world.ports)
  assert.equal(
    run.results.map(({ kind }) => kind),
    ['placed', 'skipped', 'skipped'],
  )
  assert.is(run.stopped, 'the deadline is over')
})

test('a run that is done earlier ends without the deadline, and is not stopped', async () => {
  const world = portsWithDeadline({})
  const run = await applyPlan(placing('a'), world.ports)
  assert.is(run.stopped, undefined)
  assert.ok(world.wasEnded())
})

test.run()
