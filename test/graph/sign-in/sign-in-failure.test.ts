import { inspect } from 'node:util'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { entraCodes } from '../../../src/graph/sign-in/sign-in-codes.js'
import { signInFailure } from '../../../src/graph/sign-in/sign-in-failure.js'
import { type Exchanged, UnreadableAnswerError } from '../../../src/graph/sign-in/token-endpoint.js'
import { LostAnswerError, NotSentError, SignInError } from '../../../src/model/errors.js'

const test = suite('graph/sign-in-failure')
const odd = new Error('what the library makes of it')

const refused = (body: object, status = 400): SignInError =>
  signInFailure(odd, 'login', { secrets: [], status, body: { error: 'invalid_client', ...body } })

const failed = (failure: unknown, secrets: readonly string[] = []): SignInError =>
  signInFailure(odd, 'login', { secrets, failure })

for (const code of Object.keys(entraCodes)) {
  test(`AADSTS${code} comes with its number, a meaning and a hint`, () => {
    const description = `AADSTS${code}: Blah. Trace ID: 1`
    const error = refused({ error_codes: [Number(code)], error_description: description })
    assert.match(error.message, `(AADSTS${code})`)
    assert.ok((error.hint ?? '').length > 20)
    assert.is(refused({ error_description: description }).message, error.message)
  })
}

test('Entra’s own words are shown where they name what does not match', () => {
  const subject = "No matching record found for presented assertion subject 'repo:a/b:ref:refs/heads/x'."
  const hint = refused({
    error_codes: [700213],
    error_description: `AADSTS700213: ${subject} Trace ID: 1`,
  }).hint
  assert.match(hint ?? '', subject)
  assert.not.match(hint ?? '', 'Trace ID')
})

test('an unknown code keeps its first line, and the id for the log', () => {
  const id = 'f0e1d2c3-0000-4000-8000-123456789abc'
  const text = `AADSTS1234567: Something new. Trace ID: 1 Correlation ID: ${id}\r\nTimestamp`
  const error = refused({ error_codes: [1234567], error_description: text, correlation_id: id })
  assert.is(error.message, 'Sign-in at login failed: AADSTS1234567: Something new.')
  assert.match(error.hint ?? '', id)
})

test('an endpoint that only names the error', () => {
  assert.is(refused({ error: 'unauthorized_client' }).message, 'Sign-in at login failed: unauthorized_client')
  assert.is(
    signInFailure(odd, 'x', { secrets: [], status: 400, body: {} }).message,
    'Sign-in at x failed: no reason given',
  )
})

test('trying again helps where the network or Entra was out of order, and nowhere else', () => {
  const passing = [
    failed(new NotSentError('x', true)),
    failed(new LostAnswerError('x')),
    failed(new UnreadableAnswerError(503)),
    failed(new UnreadableAnswerError(429)),
    refused({}, 500),
    refused({ error_codes: [90033] }),
  ]
  const lasting = [
    failed(new NotSentError('x', false)),
    failed(new UnreadableAnswerError(200)),
    failed(new UnreadableAnswerError(302)),
    failed(odd),
    refused({ error_codes: [7000215] }, 401),
  ]
  assert.equal(
    [...passing, ...lasting].map((error) => error.isRetryable),
    [...passing.map(() => true), ...lasting.map(() => false)],
  )
})

test('neither secret, token, assertion nor cause is in the error', () => {
  const secret = 'S3cret~value+1'
  const assertion = 'eyJhbGciOi.assertion.sig'
  const text = `posted client_secret=${encodeURIComponent(secret)} ${secret} Bearer abc.def ${assertion}`
  const secrets = [secret, assertion]
  const exchanges: Exchanged[] = [
    { secrets, failure: new Error(text, { cause: secret }) },
    { secrets, status: 400, body: { error: text, error_description: text, error_codes: [700213] } },
    { secrets, status: 400, body: { error: text } },
    { secrets },
  ]
  for (const last of exchanges) {
    const error = signInFailure(new Error(text, { cause: secret }), 'login', last)
    for (const word of [secret, encodeURIComponent(secret), 'abc.def', assertion]) {
      assert.not.match(inspect(error, { depth: 9 }), word)
    }
  }
})

test('a SignInError passes through, anything odd becomes one', () => {
  const error = new SignInError('as it is')
  assert.is(signInFailure(error, 'login', { secrets: [] }), error)
  assert.instance(signInFailure('text', 'login', { secrets: [] }), SignInError)
})

test.run()
