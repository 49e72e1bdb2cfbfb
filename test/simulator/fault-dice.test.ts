import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createFaultDice, mulberry32 } from '../../src/simulator/fault-dice.js'
import { type FaultSettings, parseFaults } from '../../src/simulator/faults.js'

const diceSuite = suite('simulator/fault-dice')

const draw = (settings: FaultSettings, count: number, random: () => number = () => 0.5) => {
  const dice = createFaultDice(settings, random)
  return Array.from({ length: count }, () => dice.draw())
}

diceSuite('draws the same faults from the same seed', () => {
  const settings = parseFaults('lost-answer=0.2,throttle=0.3,seed=7')
  const first = draw(settings, 200)
  assert.equal(draw(settings, 200), first)
  assert.not.equal(draw({ ...settings, seed: 8 }, 200), first)
})

diceSuite('draws each fault with its own probability', () => {
  const drawn = draw(parseFaults('lost-answer=0.2,throttle=0.3,seed=1'), 10_000)
  const share = (name: string | undefined) => drawn.filter((fault) => fault === name).length / drawn.length
  assert.ok(Math.abs(share('lost-answer') - 0.2) < 0.02)
  assert.ok(Math.abs(share('throttle') - 0.3) < 0.02)
  assert.ok(Math.abs(share(undefined) - 0.5) < 0.02)
})

diceSuite('uses the given randomness without a seed', () => {
  assert.equal(
    draw({ chances: { reset: 0.5 } }, 1, () => 0.49),
    ['reset'],
  )
  assert.equal(
    draw({ chances: { reset: 0.5 } }, 1, () => 0.5),
    [undefined],
  )
})

diceSuite('draws planned faults first, exactly as often as planned', () => {
  assert.equal(draw(parseFaults('none=2x,reset=2x,slow=1x'), 7), [
    undefined,
    undefined,
    'reset',
    'reset',
    'slow',
    undefined,
    undefined,
  ])
})

diceSuite('refuses a token once only', () => {
  assert.equal(draw({ chances: { unauthorized: 1 } }, 3), ['unauthorized', undefined, undefined])
})

diceSuite('rolls numbers from 0 to below 1', () => {
  const roll = mulberry32(42)
  for (let count = 0; count < 10_000; count += 1) {
    const number = roll()
    assert.ok(number >= 0 && number < 1)
  }
})

diceSuite.run()
