import { inspect } from 'node:util'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { signInFailure } from '../../src/graph/sign-in-failure.js'
import { SignInError } from '../../src/model/errors.js'

const test = suite('graph/sign-in-failure')

for (const code of ['7000215', '7000222', '700016', '90002', '53003']) {
  test(`AADSTS${code} comes with its number and a hint`, () => {
    const error = signInFailure(
      new Error(`invalid_client: [x]: AADSTS${code}: blah. Trace ID: 1`),
      'login',
      [],
    )
    assert.match(error.message, `AADSTS${code}`)
    assert.ok((error.hint ?? '').length > 20)
  })
}

test('an unknown code keeps its first line', () => {
  const text = 'AADSTS1234567: Something new. Trace ID: 1 Correlation ID: 2\r\nTimestamp'
  assert.is(
    signInFailure(new Error(text), 'login', []).message,
    'Sign-in at login failed: AADSTS1234567: Something new.',
  )
})

test('neither secret, token, assertion nor cause is in the error', () => {
  const secret = 'S3cret~value+1'
  const assertion = 'eyJhbGciOi.assertion.sig'
  const text = `posted client_secret=${encodeURIComponent(secret)} ${secret} Bearer abc.def ${assertion}`
  const error = signInFailure(new Error(text, { cause: secret }), 'login', [secret, assertion])
  for (const word of [secret, encodeURIComponent(secret), 'abc.def', assertion]) {
    assert.not.match(inspect(error, { depth: 9 }), word)
  }
})

test('a SignInError passes through, anything odd becomes one', () => {
  const error = new SignInError('as it is')
  assert.is(signInFailure(error, 'login', []), error)
  assert.instance(signInFailure('text', 'login', []), SignInError)
})

test.run()
