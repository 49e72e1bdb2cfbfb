import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  explainAnswer,
  explainEnd,
  findGraphCode,
  formatCatalogue,
  formatExplanation,
  graphCodeNames,
} from '../../../src/report/graph/explain-graph.js'

const test = suite('explain-graph')
const plain = { hasColor: false, columns: 80 }

test('every code has a meaning, fits the lines and is found by its name in any letter case', () => {
  assert.is(new Set(graphCodeNames.map((name) => name.toLowerCase())).size, graphCodeNames.length)
  for (const name of graphCodeNames) {
    const found = findGraphCode(name.toUpperCase())
    assert.is(found?.code, name)
    for (const line of formatExplanation(found!, plain).split('\n')) assert.ok(line.length <= 80, line)
  }
  for (const line of formatCatalogue(plain).split('\n')) assert.ok(line.length <= 80, line)
})

test('every error says what to do, but for a call that is gone', () => {
  const without = graphCodeNames.filter(
    (name) => !name.includes('-') && findGraphCode(name)?.fix === undefined,
  )
  assert.equal(without, ['graph/8522'])
})

test('a code says more than a status, and a status more than nothing', () => {
  assert.is(explainAnswer({ status: 403, code: '7503' })?.code, 'graph/7503')
  assert.is(explainAnswer({ status: 403, code: 'Forbidden' })?.code, 'graph/403')
  assert.is(explainAnswer({ status: 403, code: 'http-403' })?.code, 'graph/403')
  assert.is(explainAnswer({ status: 429 })?.code, 'graph/429')
  assert.is(explainAnswer({ status: 418, code: 'Teapot' }), undefined)
  assert.is(explainAnswer({}), undefined)
})

test('names of an object’s own are no codes', () => {
  for (const code of ['constructor', '__proto__', 'toString', '408-8537 ']) {
    assert.is(explainAnswer({ code }), undefined)
  }
})

test('ends of calls are known by both numbers, and 0 stands for 200', () => {
  assert.is(explainEnd({ code: 408, subcode: 8537 })?.code, 'graph/408-8537')
  assert.is(explainEnd({ code: 200, subcode: 7000 })?.meaning, 'The bot ended the call.')
  assert.is(explainEnd({ code: 500, subcode: 7000 })?.meaning, 'A transfer failed; the call goes on.')
  assert.is(explainEnd({ code: 0, subcode: 7015 })?.code, 'graph/200-7015')
  assert.is(explainEnd({ code: 404, subcode: 8537 }), undefined)
})

for (const name of [
  ...['400-2203', '400-8508', '408-13025', '200-8515', '8506', '8523'],
  ...['500-3002', '500-7106', '500-7112', '500-7117', '500-1203002', '500-1203003'],
])
  test(`${name} is known`, () => assert.is(findGraphCode(`graph/${name}`)?.code, `graph/${name}`))

test.run()
