import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readErrorBody } from '../../../src/graph/answer/error-body.js'

const test = suite('graph/error-body')

test('reads code, message and request id', () => {
  const error = { code: '7504', message: 'Insufficient permissions.', innerError: { 'request-id': 'ff4f-8' } }
  assert.equal(readErrorBody({ error }), {
    code: '7504',
    message: 'Insufficient permissions.',
    requestId: 'ff4f-8',
  })
})

test('reads the other spelling of the request id', () => {
  const error = { code: 'invalidRange', message: 'Overlaps.', innerError: { requestId: 'r-1' } }
  assert.is(readErrorBody({ error })?.requestId, 'r-1')
})

test('takes a code that is a number as text', () => {
  assert.is(readErrorBody({ error: { code: 8522, message: 'Call not found.' } })?.code, '8522')
})

test('unwraps JSON text inside the message', () => {
  const message = '{"errorCode":"7503","message":"Not registered.","instanceAnnotations":[]}'
  const body = { error: { code: 'UnknownError', message, innerError: { 'request-id': 'r-2' } } }
  assert.equal(readErrorBody(body), { code: '7503', message: 'Not registered.', requestId: 'r-2' })
})

test('unwraps twice, and a numeric errorCode', () => {
  const message = JSON.stringify({ message: JSON.stringify({ errorCode: 9999, message: 'Deep.' }) })
  assert.equal(readErrorBody({ error: { code: 'UnknownError', message } }), {
    code: '9999',
    message: 'Deep.',
  })
})

test('keeps the outer code where the inner object has none', () => {
  assert.is(
    readErrorBody({ error: { code: 'UnknownError', message: '{"message":"x"}' } })?.code,
    'UnknownError',
  )
})

test('leaves a message alone that only looks like JSON', () => {
  assert.is(readErrorBody({ error: { code: 'x', message: '{not json' } })?.message, '{not json')
})

test('takes control characters out and bounds the message', () => {
  const read = readErrorBody({
    error: { code: 'a\u001b[2Jb', message: `\u001b]0;x\u0007${'y'.repeat(900)}` },
  })
  assert.is(read?.code, 'a [2Jb')
  assert.not.match(read?.message ?? '', /[\u0000-\u001f]/)
  assert.ok((read?.message.length ?? 0) <= 500)
})

for (const body of [undefined, null, 'text', [], {}, { error: 'text' }, { error: null }, { error: {} }]) {
  test(`finds no error in ${JSON.stringify(body)}`, () => assert.is(readErrorBody(body), undefined))
}

test.run()
