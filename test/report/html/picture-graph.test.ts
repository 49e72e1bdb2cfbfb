import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { fitText } from '../../../src/report/html/picture.js'
import { createGraph, type Graph } from '../../../src/report/html/picture-graph.js'
import { sizedReview } from '../review/reviews.js'

const test = suite('html picture')

const graphOf = (calls: number, peopleEach: number, added = 0): Graph =>
  createGraph(sizedReview({ calls, added, removed: 0, peopleEach }).rings ?? [], false)

test('a few calls and people stand for themselves', () => {
  const { templates, calls, callees } = graphOf(2, 1)
  assert.equal(
    templates.map(({ label }) => label),
    ['group-call', 'p2p-pstn'],
  )
  assert.equal(
    calls.map(({ label }) => label),
    ['notify-emea-0000', 'bridge-amer-0001'],
  )
  assert.equal(
    callees.map(({ label }) => label),
    ['Adele Archie', '+14255550001'],
  )
})

for (const [calls, peopleEach] of [
  [31, 1],
  [200, 4],
  [1000, 6],
  [5, 1000],
] as const) {
  test(`${calls} calls of ${peopleEach} people stay few boxes`, () => {
    const graph = graphOf(calls, peopleEach)
    assert.ok(graph.templates.length <= 10)
    assert.ok(graph.calls.length <= 30)
    assert.ok(graph.callees.length <= 36)
  })

  test(`${calls} calls of ${peopleEach} people are all counted`, () => {
    const graph = graphOf(calls, peopleEach)
    const sum = (links: Graph['uses']): number => links.reduce((total, { weight }) => total + weight, 0)
    const rings = sizedReview({ calls, added: 0, removed: 0, peopleEach }).rings ?? []
    assert.is(sum(graph.uses), calls)
    assert.is(sum(graph.rings), rings.flatMap(({ people, numbers }) => [...people, ...numbers]).length)
  })
}

test('new calls stand for themselves before others', () => {
  const shown = graphOf(200, 2, 10).calls.filter(({ isNew }) => isNew)
  assert.is(shown.filter(({ isGroup }) => !isGroup).length, 10)
})

test('a group says how many of it are new', () => {
  const marks = graphOf(1000, 1, 500).calls.flatMap(({ isGroup, mark }) => (isGroup ? [mark] : []))
  assert.ok(marks.every((mark) => /^\d+ new$/.test(mark ?? '')))
})

test('a label is cut to its box, by what letters need', () => {
  assert.is(fitText('incident-bridge', 200), 'incident-bridge')
  assert.is(fitText('x'.repeat(100), 70), 'xxxx…xxxx')
  assert.is(fitText('電話'.repeat(20), 70), '電話…電話')
  assert.is(fitText('page-of-the-region-west-17', 100), 'page-o…est-17')
  assert.is(fitText('page-of-the-region-west-18', 100), 'page-o…est-18')
  assert.is(fitText('abc', 1), 'a…')
})

test.run()
