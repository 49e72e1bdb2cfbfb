import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createTimers } from '../../src/simulator/timers.js'

const timersSuite = suite('simulator/timers')

const turn = () => new Promise((resolve) => setTimeout(resolve, 5))

timersSuite('runs an action once', async () => {
  const timers = createTimers()
  let runs = 0
  timers.after(0, () => {
    runs += 1
  })
  await turn()
  assert.is(runs, 1)
})

timersSuite('runs nothing that was cancelled or stopped', async () => {
  const timers = createTimers()
  let runs = 0
  const action = () => {
    runs += 1
  }
  timers.after(0, action)()
  timers.after(1, action)
  timers.stop()
  await turn()
  assert.is(runs, 0)
})

timersSuite('takes a delay longer than Node can wait for as the longest, not as none', async () => {
  const timers = createTimers()
  let runs = 0
  timers.after(2 ** 40, () => {
    runs += 1
  })
  await turn()
  timers.stop()
  assert.is(runs, 0)
})

timersSuite.run()
