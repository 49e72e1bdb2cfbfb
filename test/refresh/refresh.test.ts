import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { LostAnswerError, NotSentError, SignInError } from '../../src/model/errors.js'
import type { Observation } from '../../src/model/plan.js'
import type { Entry } from '../../src/model/record/lockfile.js'
import { refresh } from '../../src/refresh/refresh.js'
import { entryOf, type FakeCalls, fakeCalls, fakePorts } from '../apply/fakes.js'

const test = suite('refresh')

async function look(calls: FakeCalls, entries: Record<string, Entry> = { a: entryOf() }, concurrency = 1) {
  const ports = fakePorts({ calls })
  const observations = await refresh(entries, { ...ports, concurrency })
  return { observations, ports, first: observations[0] as Observation }
}

test('asks for each placed call and keeps what Graph says', async () => {
  const { observations, ports } = await look(fakeCalls())
  assert.equal(ports.log, ['signIn', 'get call-9'])
  assert.equal(observations, [
    { address: 'a', callId: 'call-9', state: 'established', at: '2025-01-01T00:00:00.000Z' },
  ])
})

test('asks for nothing else', async () => {
  const { callId: _, ...withoutId } = entryOf()
  const entries: Record<string, Entry> = {
    ended: entryOf({ state: 'ended' }),
    failed: entryOf({ state: 'failed' }),
    uncertain: entryOf({ state: 'uncertain' }),
    nameless: withoutId,
  }
  const { observations, ports } = await look(fakeCalls(), entries)
  assert.equal(observations, [])
  assert.equal(ports.log, [])
})

test('asks for earlier calls of an address that nobody saw end', async () => {
  const attempts = [
    { attempt: 'uuid-1', state: 'placed', callId: 'call-1' },
    { attempt: 'uuid-2', state: 'ended', callId: 'call-2' },
  ] as const
  const { observations } = await look(fakeCalls(), { a: entryOf({ attempts }) })
  assert.equal(
    observations.map(({ address, callId }) => `${address} ${callId}`),
    ['a call-1', 'a call-9'],
  )
})

test('a call that Graph does not know is gone, with or without an error code', async () => {
  const error = { code: '8522', message: 'Call not found.' }
  for (const answer of [{ status: 404 }, { status: 404, error }, { status: 410 }]) {
    const { first } = await look(fakeCalls().gets(answer))
    assert.is(first.state, 'gone')
    assert.is(first.problem, undefined)
  }
})

test('a state begins with a small letter', async () => {
  const { first } = await look(fakeCalls().gets({ status: 200, call: { state: 'TransferAccepted' } }))
  assert.is(first.state, 'transferAccepted')
})

test('an answer without a state is a problem', async () => {
  for (const call of [{}, { state: 7 }, { state: '' }]) {
    const { first } = await look(fakeCalls().gets({ status: 200, call }))
    assert.is(first.state, 'unknown')
    assert.is(first.problem, 'answer 200 without a state')
  }
})

test('what may pass is asked again', async () => {
  const steps = [new NotSentError('refused', true), new LostAnswerError('cut'), { status: 503 }]
  const { first, ports } = await look(fakeCalls().gets(...steps))
  assert.is(first.state, 'established')
  assert.equal(ports.waits, [250, 500, 1000])
})

test('429 waits as told', async () => {
  const { ports } = await look(
    fakeCalls().gets({ status: 429, retryAfter: 3 }, { status: 429, retryAfter: 900 }),
  )
  // After each, a little more, so that not all are sent at once.
  assert.equal(ports.waits, [3000, 500, 300_000, 500])
})

test('while one request is throttled, none of the others is sent', async () => {
  for (const throttle of [{ status: 429, retryAfter: 2.128 }, { status: 429 }]) {
    const entries = Object.fromEntries(
      Array.from({ length: 9 }, (_, index) => [`a${index}`, entryOf({ callId: `call-${index}` })]),
    )
    const calls = fakeCalls().gets(throttle)
    const ports = fakePorts({ calls })
    let open = (): void => {}
    const isOver = new Promise<void>((resolve) => (open = resolve))
    let pauses = 0
    const wait = (): Promise<void> => (++pauses === 1 ? isOver : Promise.resolve())
    const seen = refresh(entries, { ...ports, wait, concurrency: 3 })
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve))
    assert.ok(calls.log.filter((line) => line.startsWith('get')).length <= 3)
    open()
    assert.is((await seen).filter(({ state }) => state === 'established').length, 9)
    assert.is(calls.log.filter((line) => line.startsWith('get')).length, 10)
  }
})

test('why a call ended is kept', async () => {
  const resultInfo = { code: 408, subcode: 8537, message: 'KeepAlive timeout' }
  const { first } = await look(fakeCalls().gets({ status: 200, call: { state: 'terminated', resultInfo } }))
  assert.equal(first.end, { code: 408, subcode: 8537, message: 'KeepAlive timeout' })
  for (const odd of [null, 'x', {}, { code: '408', subcode: 1 }]) {
    const calls = fakeCalls().gets({ status: 200, call: { state: 'terminated', resultInfo: odd } })
    assert.is((await look(calls)).first.end, undefined)
  }
})

test('the answer behind a problem is kept, with its id', async () => {
  const error = { code: '7504', message: 'no' }
  const { first } = await look(fakeCalls().gets({ status: 403, error, requestId: 'request-1' }))
  assert.equal(first.answer, { status: 403, code: '7504', requestId: 'request-1' })
})

test('five requests are enough', async () => {
  const { first, ports } = await look(fakeCalls().gets(...Array.from({ length: 9 }, () => ({ status: 500 }))))
  assert.is(first.problem, 'answer 500')
  assert.is(ports.log.filter((line) => line.startsWith('get')).length, 5)
})

test('a refusal is a problem, at once', async () => {
  const error = { code: 'Forbidden', message: 'no' }
  const { first, ports } = await look(fakeCalls().gets({ status: 403, error }))
  assert.is(first.problem, '403 Forbidden: no')
  assert.equal(ports.waits, [])
})

test('401 renews the token once', async () => {
  const { first, ports } = await look(fakeCalls().gets({ status: 401 }))
  assert.is(first.state, 'established')
  assert.equal(ports.log, ['signIn', 'get call-9', 'forgetToken', 'signIn', 'get call-9'])
  assert.is((await look(fakeCalls().gets({ status: 401 }, { status: 401 }))).first.problem, 'answer 401')
})

test('a refused sign-in is asked for once and is every call’s problem', async () => {
  const entries = { a: entryOf(), b: entryOf(), c: entryOf() }
  const { observations, ports } = await look(fakeCalls().signsIn(new SignInError('no role')), entries)
  assert.equal(
    observations.map(({ problem }) => problem),
    ['no role', 'no role', 'no role'],
  )
  assert.equal(ports.log, ['signIn'])
})

test('never rejects', async () => {
  const { first } = await look(fakeCalls().gets(new TypeError('odd')))
  assert.is(first.problem, 'odd')
  const unreadable = { a: entryOf({ endpoint: '/beta/applications/%/calls' }), b: entryOf({ cloud: 'moon' }) }
  const { observations } = await look(fakeCalls(), unreadable)
  assert.ok(observations.every(({ problem }) => problem !== undefined))
})

test('interrupted: the rest is not asked', async () => {
  const ports = fakePorts()
  ports.interrupt()
  const [first] = await refresh({ a: entryOf() }, { ...ports, concurrency: 1 })
  assert.is(first?.problem, 'interrupted')
  assert.equal(ports.log, [])
})

test('interrupted during a pause: the pause ends', async () => {
  let signal: AbortSignal | undefined
  const ports = fakePorts({
    calls: fakeCalls().gets({ status: 503 }),
    onWait: (_, given) => {
      signal = given
      ports.interrupt()
    },
  })
  const [first] = await refresh({ a: entryOf() }, { ...ports, concurrency: 1 })
  assert.ok(signal?.aborted)
  assert.is(first?.problem, 'interrupted')
})

test('sorted by address, whatever the concurrency', async () => {
  const names = Array.from({ length: 50 }, (_, index) => `c${(index * 7) % 50}`)
  const entries = Object.fromEntries(names.map((name) => [name, entryOf({ callId: name })]))
  for (const concurrency of [1, 8, 64]) {
    const { observations } = await look(fakeCalls(), entries, concurrency)
    assert.equal(
      observations.map(({ callId }) => callId),
      [...names].sort(),
    )
  }
})

test.run()
