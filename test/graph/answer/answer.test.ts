import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type RawAnswer, readAnswer } from '../../../src/graph/answer/answer.js'
import { unnamed } from '../../../src/graph/text/redact.js'
import type { Answer } from '../../../src/model/call.js'

const test = suite('graph/answer')

interface Parts extends Partial<Omit<RawAnswer, 'body' | 'header'>> {
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

const location = 'https://graph.microsoft.com/v1.0/communications/calls/from-location'

function read(parts: Parts, secrets: readonly string[] = []): Answer {
  const { status = 201, headers = {}, body = '', isComplete = true, received = Buffer.alloc(0) } = parts
  const asked = { secrets: unnamed(secrets), isSent: () => false }
  const header = (name: string): string | null => headers[name] ?? null
  return readAnswer({ status, header, body: Buffer.from(body), isComplete, received }, 0, asked)
}

test('reads a placed call', () => {
  const body = '{"id":"call-1","state":"Establishing"}'
  assert.equal(read({ body, headers: { 'request-id': 'r-1', location } }), {
    status: 201,
    requestId: 'r-1',
    call: { id: 'call-1', state: 'establishing' },
    callId: 'call-1',
    named: ['from-location'],
  })
})

test('takes the id from Location when the body has none, or an implausible one', () => {
  for (const body of [
    '{"state":"establishing"}',
    '{"id":7}',
    '{"id":"../x"}',
    '',
    'not json',
    '[]',
    'null',
  ]) {
    assert.is(read({ body, headers: { location } }).callId, 'from-location', body)
  }
})

test('a 201 without any id keeps the raw answer', () => {
  const answer = read({ body: '{"id":"\\u001b[2J",\n"a":1}' })
  assert.is(answer.callId, undefined)
  assert.is(answer.raw, '{"id":"\\u001b[2J",\\n"a":1}')
})

test('a body that was cut is evidence, never a call', () => {
  const answer = read({ body: '{"id":"call-1"}', isComplete: false, headers: { location } })
  assert.equal(answer, { status: 201, callId: 'from-location', isCut: true, raw: '{"id":"call-1"}' })
})

test('evidence is at most 4 KiB, and escaped', () => {
  assert.is(read({ body: 'x'.repeat(9000) }).raw?.length, 4096)
  assert.is(read({ body: '\u001b]0;x\u0007' }).raw, '\\u001b]0;x\\u0007')
})

test('what came stands in for a body that broke together with its headers', () => {
  const received = Buffer.from('HTTP/1.1 201 Created\r\n\r\nzz')
  assert.is(read({ isComplete: false, received }).raw, 'HTTP/1.1 201 Created\\r\\n\\r\\nzz')
})

test('an empty answer has no evidence', () => {
  assert.equal(read({ status: 204 }), { status: 204 })
})

test('an id in an answer that does not succeed is named, and is no id of a placed call', () => {
  for (const status of [302, 400, 401, 409, 429, 500]) {
    const answer = read({ status, body: '{"id":"call-1"}', headers: { location } })
    assert.equal([answer.callId, answer.named], [undefined, ['from-location', 'call-1']])
    assert.is(answer.raw, '{"id":"call-1"}')
  }
})

test('reads an error, its request id and Retry-After', () => {
  const error = { code: 'TooManyRequests', message: 'Later.', innerError: { 'request-id': 'r-9' } }
  const answer = read({ status: 429, body: JSON.stringify({ error }), headers: { 'retry-after': '2.128' } })
  assert.equal(answer, {
    status: 429,
    requestId: 'r-9',
    error: { code: 'TooManyRequests', message: 'Later.' },
    retryAfter: 2.128,
  })
})

test('the header’s request id outranks the body’s, and an implausible one is dropped', () => {
  const body = JSON.stringify({ error: { code: 'x', innerError: { 'request-id': 'inner' } } })
  assert.is(read({ status: 400, body, headers: { 'request-id': 'outer' } }).requestId, 'outer')
  assert.is(read({ status: 400, body, headers: { 'request-id': 'a b\u001b' } }).requestId, 'inner')
})

test('an error page that is no JSON is evidence', () => {
  assert.equal(read({ status: 502, body: '<h1>Bad</h1>' }), { status: 502, raw: '<h1>Bad</h1>' })
})

test('a byte order mark does no harm', () => {
  assert.is(read({ body: '\ufeff{"id":"call-1"}' }).callId, 'call-1')
})

test('keys such as __proto__ stay data', () => {
  const answer = read({ body: '{"id":"call-1","__proto__":{"polluted":true}}' })
  assert.is((answer.call as { polluted?: unknown }).polluted, undefined)
  assert.is(Object.getPrototypeOf(answer.call), Object.prototype)
})

test('a token that the answer repeats is taken out', () => {
  const token = 'eyJ0.secret-token.sig'
  assert.is(read({ status: 502, body: `you sent ${token}` }, [token]).raw, 'you sent ***')
  const body = JSON.stringify({ error: { code: 'x', message: `bad ${token}` } })
  assert.is(read({ status: 400, body }, [token]).error?.message, 'bad ***')
})

test.run()
