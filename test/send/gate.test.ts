import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createGate } from '../../src/send/gate.js'

const test = suite('gate')

/** Pauses that end when the test says so. */
function fakePauses() {
  const pending: { readonly milliseconds: number; readonly end: () => void }[] = []
  const wait = (milliseconds: number) =>
    new Promise<void>((resolve) => pending.push({ milliseconds, end: resolve }))
  const end = async (milliseconds: number): Promise<void> => {
    for (const pause of pending) if (pause.milliseconds === milliseconds) pause.end()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { wait, end }
}

test('an open gate is passed at once', async () => {
  const gate = createGate(
    () => Promise.reject(new Error('waited')),
    () => 1,
  )
  await gate.pass()
  assert.not(gate.isClosed())
})

test('a closed gate holds everyone until its time is over, then each a little longer', async () => {
  const { wait, end } = fakePauses()
  const gate = createGate(wait, () => 7)
  gate.close(1000)
  let passed = 0
  const senders = [1, 2, 3].map(() => gate.pass().then(() => (passed += 1)))
  await end(7)
  assert.is(passed, 0)
  await end(1000)
  assert.not(gate.isClosed())
  assert.is(passed, 0)
  await end(7)
  assert.is(passed, 3)
  await Promise.all(senders)
})

test('closed twice, it opens when the longer time is over', async () => {
  const { wait, end } = fakePauses()
  const gate = createGate(wait, () => 0)
  gate.close(5000)
  gate.close(1000)
  await end(1000)
  assert.ok(gate.isClosed())
  await end(5000)
  assert.not(gate.isClosed())
})

test.run()
