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
  assert.ok(text.split('\n').length < 30, `${text.split('\n').length} lines`)
  assert.match(text, 'and 284 more')
})

test('296 calls that were renamed have one sentence, and each its old name; both lists are cut', () => {
  const old = many.map(({ digest }, index) => [`old-${long(index)}`, entryOf({ digest })] as const)
  const text = show(many, Object.fromEntries(old))
  assert.is(text.split('most likely renamed').length, 2)
  assert.match(text, `as old-${long(0)}`)
  const lines = text.split('\n')
  assert.ok(lines.length < 120, `${lines.length} lines`)
  assert.ok(
    lines.every((line) => line.length <= 80),
    text,
  )
})

test('296 calls of unknown outcome have one sentence, and each its time', () => {
  const entries = many.map(
    ({ address }, index) =>
      [address, entryOf({ state: 'uncertain', placedAt: `2026-01-01T00:00:00.${100 + index}Z` })] as const,
  )
  const text = show(many, Object.fromEntries(entries))
  assert.is(text.split('is unknown').length, 2)
  assert.match(text, '2026-01-01T00:00:00.395Z')
})

test('reasons of which each is another one are cut too', () => {
  const failed = many.map(
    ({ address }, index) =>
      [
        address,
        entryOf({
          state: 'failed',
          attempts: [{ attempt: 'a', state: 'placed', placedAt: `2026-01-01T00:00:${10 + index}Z` }],
        }),
      ] as const,
  )
  const text = show(many, Object.fromEntries(failed))
  assert.match(text, 'Blocked (296)')
  assert.ok(text.split('\n').length < 120, text)
})

test('whom to ask is said of every unknown one, however many are blocked', () => {
  const unknown = many.slice(0, 40).map(({ address }) => [address, entryOf({ state: 'uncertain' })] as const)
  const text = show(many, Object.fromEntries(unknown), { limits: { people: 10, concurrency: 8 } })
  for (const [address] of unknown) assert.match(text, address)
})

test('a plan that goes on shows each call', () => {
  const text = show(many, { old: entryOf({ digest: 'x' }) })
  for (const { address } of many) assert.match(text, address)
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
