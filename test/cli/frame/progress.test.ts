import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readArguments } from '../../../src/cli/frame/arguments.js'
import { confirm } from '../../../src/cli/frame/confirm.js'
import { type EventStream, eventStream, withEvents } from '../../../src/cli/frame/event-stream.js'
import { interruptible } from '../../../src/cli/frame/interruptible.js'
import { RecordError } from '../../../src/model/errors.js'
import type { Claim, Outcome } from '../../../src/model/record/attempt.js'
import type { RunEvent } from '../../../src/model/run.js'
import { watchClaims } from '../../../src/work/apply/watch-claims.js'
import { fakeAttempts } from '../../apply/fakes.js'
import { type FakeHost, fakeHost } from '../fake-host.js'

const test = suite('progress')

const options = { json: { type: 'boolean' } } as const
const result: RunEvent = { event: 'result', result: { address: 'a', kind: 'skipped', message: 'no' } }
const streamOn = (host: FakeHost, ...words: string[]): EventStream =>
  eventStream(readArguments(words, options), host)
const redraw = '\r\u001b[K'

test('on a terminal one line is rewritten: away before other text, back after it, away at the end', () => {
  const host = fakeHost({}, true)
  const stream = streamOn(host)
  stream.begin(6)
  const [first, second] = ['[###-----------------] 1/6', '[######--------------] 2/6']
  stream.report(result)
  assert.is(host.written.stderr, `${redraw}${first}`)
  stream.report(result)
  assert.is(host.written.stderr, `${redraw}${first}${redraw}${redraw}${second}`)
  stream.show('text\n')
  stream.end(0)
  assert.ok(host.written.stderr.endsWith(`${second}${redraw}`))
  assert.ok(host.written.stdout.endsWith('text\n'))
})

test('none for a few calls, off a terminal, on a dumb one, or with --json', () => {
  const shown = (host: FakeHost, total: number, ...words: string[]): string => {
    const stream = streamOn(host, ...words)
    stream.begin(total)
    stream.report({ event: 'claimed', address: 'a', attemptId: 'x', number: 1 })
    return host.written.stderr
  }
  assert.is(shown(fakeHost({}, true), 5), '')
  assert.is(shown(fakeHost(), 500), '')
  assert.is(shown(fakeHost({ environment: { TERM: 'dumb' } }, true), 500), '')
  assert.is(shown(fakeHost({}, true), 500, '--json'), '')
  assert.is.not(shown(fakeHost({}, true), 500), '')
})

const eventsOf = (host: FakeHost): readonly Record<string, unknown>[] =>
  host.written.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)

test('each event has a number and a time, and `end` is the last, whatever follows', async () => {
  const host = fakeHost()
  const code = await withEvents(readArguments(['--json'], options), host, async (stream) => {
    stream.emit('plan', {})
    stream.report(result)
    stream.end(11)
    stream.report(result)
    return 0
  })
  assert.is(code, 0)
  assert.equal(
    eventsOf(host).map(({ sequence, event, time }) => [sequence, event, time]),
    ['plan', 'result', 'end'].map((event, index) => [index + 1, event, '1970-01-01T00:00:00.000Z']),
  )
})

test('after an error the last event is `end` too, with exit code and error', async () => {
  const host = fakeHost()
  const work = async (): Promise<0> => {
    throw new RecordError('torn', 'repair it')
  }
  const thrown = await withEvents(readArguments(['--json'], options), host, work).catch(
    (error: unknown) => error,
  )
  assert.instance(thrown, RecordError)
  const [end] = eventsOf(host)
  assert.equal(
    [end?.['event'], end?.['exitCode'], end?.['error']],
    ['end', 7, { message: 'torn', hint: 'repair it' }],
  )
})

test('the second interrupt leaves at once with the code of that moment', async () => {
  for (const code of [10, 11] as const) {
    const host = fakeHost()
    const leaving = { tell: () => {}, leave: () => code }
    const work = async (interrupted: AbortSignal): Promise<void> => {
      host.interrupt()
      assert.ok(interrupted.aborted)
      assert.throws(() => host.interrupt(), /exit/)
    }
    await interruptible(host, work, leaving)
    assert.equal(host.exits, [code])
  }
})

const rejects = async (work: Promise<unknown>): Promise<void> =>
  assert.instance(await work.catch((error: unknown) => error), RecordError)

test('what is claimed and not settled, or settled as unknown, is unknown', async () => {
  const claim = { address: 'a', number: 1, attemptId: 'x' } as Claim
  const outcome = (kind: 'refused' | 'uncertain'): Outcome => ({ kind, at: '' }) as Outcome
  const attempts = watchClaims(fakeAttempts())
  assert.not.ok(attempts.isAnyUnknown())
  await attempts.claim(claim)
  assert.ok(attempts.isAnyUnknown())
  await attempts.settle(claim, outcome('refused'))
  assert.not.ok(attempts.isAnyUnknown())
  assert.not.ok((await attempts.claim(claim)) || attempts.isAnyUnknown())
  const second = { ...claim, number: 2, attemptId: 'y' }
  await attempts.claim(second)
  await attempts.settle(second, outcome('uncertain'))
  assert.ok(attempts.isAnyUnknown())
})

test('an outcome that cannot be recorded stays unknown, and a claim that may stand too', async () => {
  const failing = watchClaims(fakeAttempts().settlesThrow(new RecordError('EIO')))
  const claim = { address: 'a', number: 1, attemptId: 'x' } as Claim
  await failing.claim(claim)
  await rejects(failing.settle(claim, { kind: 'not-sent', reason: '', at: '' }))
  assert.ok(failing.isAnyUnknown())
  const torn = watchClaims(fakeAttempts().claimsGive(new RecordError('EIO')))
  await rejects(torn.claim(claim))
  assert.ok(torn.isAnyUnknown())
})

test('an interrupt while the confirmation is asked is no, even if an answer was typed', async () => {
  const report = { totals: { people: 1, numbers: 0 } } as Parameters<typeof confirm>[0]
  const host: FakeHost = fakeHost(
    {
      question: async (_prompt, signal) => {
        host.interrupt()
        assert.ok(signal?.aborted)
        return '1'
      },
    },
    true,
  )
  assert.is(await confirm(report, readArguments([], options), host), false)
  assert.match(host.written.stderr, 'nothing was sent')
})

test.run()
