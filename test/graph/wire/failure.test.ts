import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { describeFailure } from '../../../src/graph/wire/failure.js'

const test = suite('graph/failure')

test('names the code beside the words', () => {
  const error = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
  assert.is(describeFailure(error), 'the connection was refused (ECONNREFUSED)')
  assert.is(describeFailure(new AggregateError([error, error])), 'the connection was refused (ECONNREFUSED)')
})

test('keeps the text of others, on one line', () => {
  assert.is(describeFailure(Object.assign(new Error('a\nb'), { code: 'EODD' })), 'a b (EODD)')
  assert.is(describeFailure(new Error('plain')), 'plain')
  assert.is(describeFailure(new Error('request to https://x/y failed, reason: gone')), 'gone')
  assert.is(describeFailure('text'), 'for an unknown reason')
})

test.run()
