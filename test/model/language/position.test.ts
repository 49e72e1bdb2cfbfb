import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { positionOf } from '../../../src/model/language/position.js'
import { formatCodeframe } from '../../../src/report/text/codeframe.js'

const test = suite('position')

test('lines and columns are counted from 1', () => {
  assert.equal(positionOf('ab\ncd', 0), { line: 1, column: 1 })
  assert.equal(positionOf('ab\ncd', 4), { line: 2, column: 2 })
})

test('a byte-order mark has no column, as in editors', () => {
  const text = '\ufeffab\ncd'
  assert.equal(positionOf(text, 0), { line: 1, column: 1 })
  assert.equal(positionOf(text, 1), { line: 1, column: 1 })
  assert.equal(positionOf(text, 2), { line: 1, column: 2 })
  assert.equal(positionOf(text, 5), { line: 2, column: 2 })
})

test('nor is it shown beside the line', () => {
  const text = '\ufeffname;id\nada;1\n'
  const look = { hasColor: false, columns: 80 }
  for (const [start, end, frame] of [
    [0, 8, '1 | name;id\n  | ^^^^^^^'],
    [1, 8, '1 | name;id\n  | ^^^^^^^'],
    [6, 8, '1 | name;id\n  |      ^^'],
    [9, 12, '2 | ada;1\n  | ^^^'],
  ] as const)
    assert.is(formatCodeframe({ source: 'a.csv', start, end }, text, look), frame)
})

test.run()
