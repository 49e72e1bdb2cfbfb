import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createPlan } from '../../../src/plan/create-plan.js'
import { totalsOf } from '../../../src/plan/totals.js'
import { formatPlan } from '../../../src/report/plan/plan-text.js'
import { entryOf, inputOf, payloadOf } from '../../plan/fakes.js'

const test = suite('changes-text')
const long = (index: number): string =>
  `incident-bridge-of-the-operations-team-in-the-north-${index}-x`.padEnd(60, 'x')

type Input = Parameters<typeof inputOf>
const show = (...input: Input): string => {
  const plan = createPlan(inputOf(...input))
  return formatPlan(
    { plan, totals: totalsOf(plan), destination: 'the simulator', showsPeople: false },
    { hasColor: false, columns: 80 },
  )
}
const many = Array.from({ length: 296 }, (_, index) => payloadOf(long(index), `${index}`))

test('a limit that blocks 296 calls is said once, and each address has one line', () => {
  const text = show(many, {}, { limits: { people: 10, concurrency: 8 } })
  assert.is(text.split('limits.people is').length, 2)
  assert.ok(text.split('\n').length < 320, `${text.split('\n').length} lines`)
})

test('addresses of 60 characters leave no line longer than 80, and none of one word', () => {
  for (const text of [
    show(many.slice(0, 3)),
    show(many.slice(0, 2), {}, { limits: { people: 1, concurrency: 8 } }),
    show([], { [long(1)]: entryOf(), [long(2)]: entryOf({ state: 'uncertain' }) }),
    show(many.slice(0, 1), { [long(0)]: entryOf() }),
  ]) {
    assert.ok(
      text.split('\n').every((line) => line.length <= 80),
      text,
    )
    assert.ok(text.split('\n').length < 16, text)
  }
})

test('one long address does not widen the column of the others', () => {
  const text = show([payloadOf('a', '1'), payloadOf(long(1), '2')])
  assert.match(text, '  a  group')
})

test('an outcome that is unknown is shown with whom it rings', () => {
  const text = show([payloadOf('a', '1')], { a: entryOf({ state: 'uncertain' }) })
  assert.match(text, /Outcome unknown[\s\S]*\n {6}ada/)
})

test('page-2 stands before page-10', () => {
  const text = show([payloadOf('page-10', '1'), payloadOf('page-2', '2')])
  assert.ok(text.indexOf('page-2') < text.indexOf('page-10'))
})

test('who is in two calls is one person, rung twice', () => {
  assert.match(
    show([payloadOf('a', '1'), payloadOf('b', '2')]),
    '2 calls would ring 1 person (2 rings) through the simulator.',
  )
})

test.run()
