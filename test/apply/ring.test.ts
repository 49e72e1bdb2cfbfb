import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type OperatePorts, operate } from '../../src/apply/operate.js'
import { type RingPorts, ring } from '../../src/apply/ring.js'
import type { Answer } from '../../src/model/call.js'
import { LostAnswerError, NotSentError, RecordError } from '../../src/model/errors.js'
import type { RingOutcome } from '../../src/model/operation.js'

const test = suite('ring')
const target = { cloud: 'global', version: 'v1.0', collection: 'communications' } as const
const place = { target, callId: 'call' }
const planned = {
  ...place,
  method: 'POST',
  path: '/transfer',
  number: 1,
  claim: { address: 'ping', operation: 'transfer', digest: 'd', rings: 1 },
  textFor: (id: string) => `{"${id}"}`,
} as const

type Given = Answer | Error

/** Ports that answer in turn, the last one for ever, and note what happens in order. */
function fakePorts(
  given: readonly Given[],
  choice: { readonly refusesClaim?: boolean; readonly isClosed?: boolean; readonly atSend?: () => void } = {},
) {
  const log: string[] = []
  const outcomes: RingOutcome[] = []
  let ids = 0
  const left = [...given]
  const next = (): Given => (left.length > 1 ? left.shift()! : left[0]!)
  const ports: RingPorts = {
    calls: {
      async signIn() {
        return {}
      },
      forgetToken: () => void log.push('forget token'),
    },
    operations: {
      async connect() {
        log.push('connect')
        return {
          async send({ operationId, text, look }) {
            choice.atSend?.()
            look?.()
            log.push(`send ${operationId} ${text ?? ''}`.trim())
            const answer = next()
            if (answer instanceof Error) throw answer
            return answer
          },
          isOpen: () => choice.isClosed !== true,
          close: () => {},
        }
      },
    },
    rings: {
      claim(claim) {
        if (choice.refusesClaim) throw new RecordError('no disk')
        log.push(`claim ${claim.number} ${claim.operationId}`)
        return true
      },
      settle(_claim, outcome) {
        log.push(`settle ${outcome.kind}`)
        outcomes.push(outcome)
      },
    },
    now: () => 0,
    uuid: () => `id-${++ids}`,
    random: () => 0,
    wait: async () => {},
    interrupted: new AbortController().signal,
    claimed: () => {},
  }
  return { ports, log, outcomes, sent: () => log.filter((line) => line.startsWith('send')).length }
}

test('connects, claims, sends and settles, in that order', async () => {
  const { ports, log } = fakePorts([{ status: 202 }])
  await ring(ports, planned)
  assert.equal(log, ['connect', 'claim 1 id-1', 'send id-1 {"id-1"}', 'settle accepted'])
})

test('whatever Graph answers, one request is sent, and one more after a refused token', async () => {
  const refusals = [400, 403, 404, 405, 409, 410, 413, 415, 422]
  for (let status = 200; status < 600; status += 1) {
    const { ports, sent, outcomes } = fakePorts([{ status }])
    await ring(ports, planned)
    assert.is(sent(), status === 401 ? 2 : 1, String(status))
    const expected =
      status < 300 ? 'accepted' : refusals.includes(status) || status === 401 ? 'refused' : 'uncertain'
    assert.is(outcomes[0]?.kind, expected, String(status))
  }
})

test('throttled with a word when to come back, it was not done; without one nobody knows', async () => {
  const kinds = async (answer: Answer) => {
    const { ports, outcomes, sent } = fakePorts([answer])
    await ring(ports, planned)
    return [outcomes[0]?.kind, sent()]
  }
  assert.equal(await kinds({ status: 429, retryAfter: 2 }), ['refused', 1])
  assert.equal(await kinds({ status: 429 }), ['uncertain', 1])
})

test('a lost answer is unknown, and is not sent again', async () => {
  const { ports, sent, outcomes } = fakePorts([new LostAnswerError('reset'), { status: 202 }])
  await ring(ports, planned)
  assert.equal([sent(), outcomes.map(({ kind }) => kind)], [1, ['uncertain']])
})

test('who stood still between claim and request, or was interrupted, rings nobody', async () => {
  for (const gap of [60_000, -60_000]) {
    let time = 0
    const { ports, sent, outcomes } = fakePorts([{ status: 202 }], { atSend: () => (time += gap) })
    await ring({ ...ports, now: () => time }, planned)
    assert.equal([sent(), outcomes.map(({ kind }) => kind)], [0, ['not-sent']])
  }
  let elapsed = 0
  const slept = fakePorts([{ status: 202 }], { atSend: () => (elapsed = 3_600_000) })
  await ring({ ...slept.ports, elapsed: () => elapsed }, planned)
  assert.equal([slept.sent(), slept.outcomes.map(({ kind }) => kind)], [0, ['not-sent']])
  const interrupt = new AbortController()
  const stopped = fakePorts([{ status: 202 }], { atSend: () => interrupt.abort() })
  await ring({ ...stopped.ports, interrupted: interrupt.signal }, planned)
  assert.equal([stopped.sent(), stopped.outcomes.map(({ kind }) => kind)], [0, ['not-sent']])
})

test('a ring that somebody settled meanwhile is not sent', async () => {
  const { ports, sent, outcomes } = fakePorts([{ status: 202 }])
  await ring({ ...ports, rings: { ...ports.rings, isOpen: () => false } }, planned)
  assert.equal([sent(), outcomes.map(({ kind }) => kind)], [0, ['not-sent']])
})

test('what fails while the outcome is written, or read, loses neither the outcome nor that it is unknown', async () => {
  const bug = (): never => {
    throw new TypeError('made for this test')
  }
  const written = fakePorts([{ status: 200, callId: 'operation-1' }])
  const rung = await ring({ ...written.ports, rings: { ...written.ports.rings, settle: bug } }, planned)
  assert.is(
    rung.kind === 'settled' && rung.outcome.kind === 'accepted' && rung.outcome.graphOperation,
    'operation-1',
  )
  assert.match((rung.kind === 'settled' && rung.problem) || '', 'made for this test')
  const read = fakePorts([{ status: 202 }], { atSend: bug })
  const unknown = await ring(read.ports, planned)
  assert.is(unknown.kind === 'settled' && unknown.outcome.kind, 'uncertain')
  assert.match((unknown.kind === 'settled' && unknown.problem) || '', 'made for this test')
  assert.equal(
    read.outcomes.map(({ kind }) => kind),
    ['uncertain'],
  )
})

test('without a claim nothing is sent', async () => {
  const { ports, sent } = fakePorts([{ status: 202 }], { refusesClaim: true })
  assert.is((await ring(ports, planned)).kind, 'no-claim')
  assert.is(sent(), 0)
})

test('connections that were closed are neither claimed nor sent on', async () => {
  const { ports, log } = fakePorts([{ status: 202 }], { isClosed: true })
  assert.is((await ring(ports, planned)).kind, 'not-sent')
  assert.equal([...new Set(log)], ['connect'])
})

test('a renewed token has a claim of its own', async () => {
  const { ports, log } = fakePorts([{ status: 401 }, { status: 202 }])
  await ring(ports, planned)
  assert.equal(
    log.filter((line) => line.startsWith('claim')),
    ['claim 1 id-1', 'claim 2 id-2'],
  )
})

const operateWith = (ports: OperatePorts, effect: 'reads' | 'repeats' | 'acts') =>
  operate(ports, place, { method: 'POST', path: '/playPrompt' }, effect)

test('what may be repeated is, until Graph answers', async () => {
  for (const first of [
    { status: 503 },
    { status: 429 },
    new LostAnswerError('reset'),
    new NotSentError('x', true),
  ]) {
    const { ports, sent } = fakePorts([first, { status: 200 }])
    const operated = await operateWith(ports, 'repeats')
    assert.equal([operated.kind, sent()], ['answered', 2])
  }
})

test('what others hear is repeated after a provable refusal alone', async () => {
  const sends = async (first: Given) => {
    const { ports, sent } = fakePorts([first, { status: 200 }])
    const { kind } = await operateWith(ports, 'acts')
    return `${kind} ${sent()}`
  }
  assert.is(await sends({ status: 429, retryAfter: 1 }), 'answered 2')
  assert.is(await sends(new NotSentError('no connection', true)), 'answered 2')
  assert.is(await sends({ status: 401 }), 'answered 2')
  assert.is(await sends({ status: 400 }), 'answered 1')
  for (const first of [{ status: 500 }, { status: 429 }, { status: 307 }, new LostAnswerError('reset')]) {
    assert.is(await sends(first), 'unknown 1')
  }
})

test('a token that is refused twice is Graph’s answer', async () => {
  const { ports, sent } = fakePorts([{ status: 401 }])
  assert.equal([(await operateWith(ports, 'reads')).kind, sent()], ['answered', 2])
})

test.run()
