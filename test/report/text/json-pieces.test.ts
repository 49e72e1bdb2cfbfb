import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { writeJsonPieces } from '../../../src/report/text/json-pieces.js'
import { writeJson } from '../../../src/report/text/json-text.js'

const test = suite('JSON in pieces')

test('is JSON in one piece, however far it is taken apart', () => {
  const level = fc.integer({ min: 0, max: 6 })
  fc.assert(
    fc.property(fc.jsonValue(), level, (value, levels) => {
      assert.is([...writeJsonPieces(value, levels)].join(''), writeJson(value, 2))
    }),
    { seed: 7, numRuns: 500 },
  )
})

test('leaves out what is undefined in an object, and writes it as null in a list', () => {
  const value = { a: undefined, b: [undefined, { c: undefined }] }
  assert.is([...writeJsonPieces(value, 4)].join(''), writeJson(value, 2))
})

test('a long list is in many pieces, none of them long', () => {
  const value = { calls: Array.from({ length: 20_000 }, (_, index) => ({ address: `call-${index}` })) }
  const pieces = [...writeJsonPieces(value, 2)]
  assert.ok(pieces.length > 5)
  assert.ok(pieces.every(({ length }) => length < 70_000))
})

test('what a log would act on is escaped in each', () => {
  const value = { calls: Array.from({ length: 5000 }, () => '##[group]\u2028::error::') }
  assert.is([...writeJsonPieces(value, 2)].join(''), writeJson(value, 2))
})

test.run()
