import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { SignInError } from '../../src/model/errors.js'
import { createSession } from '../../src/send/session.js'
import { fakeCalls } from '../apply/fakes.js'

const test = suite('session')

test('senders that sign in at once share one sign-in', async () => {
  const calls = fakeCalls()
  const session = createSession(calls)
  await Promise.all([session.signIn(), session.signIn(), session.signIn()])
  assert.equal(calls.log, ['signIn'])
})

test('each later sign-in asks again, since a token grows old', async () => {
  const calls = fakeCalls()
  const session = createSession(calls)
  await session.signIn()
  await session.signIn()
  assert.equal(calls.log, ['signIn', 'signIn'])
})

test('a failure reaches everyone who waits, and is forgotten', async () => {
  const session = createSession(fakeCalls().signsIn(new SignInError('no')))
  const outcomes = await Promise.allSettled([session.signIn(), session.signIn()])
  assert.ok(outcomes.every(({ status }) => status === 'rejected'))
  assert.is(await session.signIn(), 0)
})

test('a token is dropped once, by the first who was refused with it', async () => {
  const calls = fakeCalls()
  const session = createSession(calls)
  const token = await session.signIn()
  session.renew(token)
  session.renew(token)
  assert.is(calls.log.filter((line) => line === 'forgetToken').length, 1)
  session.renew(await session.signIn())
  assert.is(calls.log.filter((line) => line === 'forgetToken').length, 2)
})

test.run()
