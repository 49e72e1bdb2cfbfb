import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createTokens, fixedTokenSource, type Token } from '../../../src/graph/sign-in/tokens.js'
import { SignInError } from '../../../src/model/errors.js'
import { rejection } from '../peer.js'

const test = suite('graph/tokens')
const minute = 60_000

/** Counts its tokens; each lasts an hour from the clock's time. */
function fakeClock() {
  const clock = { time: 1_000_000, count: 0 }
  const acquire = async (): Promise<Token> => {
    clock.count += 1
    return { text: `token-${clock.count}`, expiresAt: clock.time + 60 * minute }
  }
  return { clock, tokens: createTokens(acquire, () => clock.time) }
}

test('fetches once for many who wait, and keeps the token', async () => {
  const { clock, tokens } = fakeClock()
  const all = await Promise.all(Array.from({ length: 50 }, () => tokens.token()))
  assert.equal(new Set(all), new Set(['token-1']))
  assert.is(await tokens.token(), 'token-1')
  assert.is(clock.count, 1)
})

test('renews when less than five minutes are left, not before', async () => {
  const { clock, tokens } = fakeClock()
  await tokens.token()
  clock.time += 55 * minute
  assert.is(await tokens.token(), 'token-1')
  clock.time += 1
  assert.is(await tokens.token(), 'token-2')
})

test('a forgotten token is fetched anew', async () => {
  const { tokens } = fakeClock()
  await tokens.token()
  tokens.forget()
  assert.is(await tokens.token(), 'token-2')
})

test('a fetch under way when the token is forgotten is not kept', async () => {
  const { tokens } = fakeClock()
  const first = tokens.token()
  tokens.forget()
  assert.is(await first, 'token-1')
  assert.is(await tokens.token(), 'token-2')
  assert.is(await tokens.token(), 'token-2')
})

test('a failed fetch fails all who wait, and is not remembered', async () => {
  let count = 0
  const tokens = createTokens(
    () => {
      count += 1
      if (count === 1) throw new SignInError('no')
      return Promise.resolve({ text: 'good-token', expiresAt: 10 * minute })
    },
    () => 0,
  )
  const failures = await Promise.all([rejection(tokens.token()), rejection(tokens.token())])
  assert.ok(failures.every((error) => error instanceof SignInError))
  assert.is(count, 1)
  assert.is(await tokens.token(), 'good-token')
})

for (const expiresAt of [5 * minute - 1, -1, Number.NaN]) {
  test(`a new token that expires at ${expiresAt} is refused`, async () => {
    const tokens = createTokens(
      async () => ({ text: 'secret-token', expiresAt }),
      () => 0,
    )
    const error = await rejection(tokens.token())
    assert.instance(error, SignInError)
    assert.not.match(error.message, 'secret-token')
  })
}

for (const text of ['', 'two words', 'secret\r\nX-Evil: 1', 'sécret']) {
  test(`${JSON.stringify(text)} is no token`, async () => {
    const tokens = createTokens(
      async () => ({ text, expiresAt: 60 * minute }),
      () => 0,
    )
    const error = await rejection(tokens.token())
    assert.instance(error, SignInError)
    assert.not.match(error.message, /s[eé]cret/)
  })
}

test('a fixed token never changes', async () => {
  const tokens = fixedTokenSource('worthless')
  tokens.forget()
  assert.is(await tokens.token(), 'worthless')
})

test.run()
