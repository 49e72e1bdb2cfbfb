import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { classifyAnswer, classifyFailure } from '../../src/apply/classify-answer.js'
import type { Answer } from '../../src/model/call.js'
import { LostAnswerError, NotSentError } from '../../src/model/errors.js'

const test = suite('classify-answer')
const at = '2025-01-01T00:00:00.000Z'

const ids: Record<string, Partial<Answer>> = {
  'id in the body': { callId: 'c', call: { id: 'c' } },
  'id in Location alone': { callId: 'c', raw: '<html>' },
  'an id somewhere else': { named: ['c'] },
  'what cannot be read in the place of an id': { namesUnreadable: true },
  'a body that was cut': { isCut: true },
  'no id': {},
}
const throttles: Record<string, Partial<Answer>> = {
  'Retry-After': { retryAfter: 2.128 },
  'no Retry-After': {},
  'Retry-After that is no number': { retryAfter: Number.NaN },
}
const refusals = [400, 403, 404, 405, 409, 410, 413, 415, 422]

/** The table of docs/reliability.md#how-a-call-is-placed, written anew. */
function expected(status: number, ids: string, hasRetryAfter: boolean): string {
  if (status >= 200 && status < 300) return ids.startsWith('id in') ? 'placed done' : 'uncertain done'
  if (ids !== 'no id') return 'uncertain done'
  if (refusals.includes(status)) return 'refused done'
  if (status === 401) return 'refused renew-token'
  if (status === 429 && hasRetryAfter) return 'refused throttled'
  return 'uncertain done'
}

for (const [idName, idPart] of Object.entries(ids)) {
  for (const [throttleName, throttlePart] of Object.entries(throttles)) {
    test(`every status, with ${idName} and ${throttleName}`, () => {
      for (let status = 100; status <= 599; status += 1) {
        const { outcome, next } = classifyAnswer({ status, ...idPart, ...throttlePart }, at)
        const table = expected(status, idName, throttleName === 'Retry-After')
        assert.is(`${outcome.kind} ${next.kind}`, table, String(status))
        assert.is(outcome.at, at)
      }
    })
  }
}

test('a placed call keeps its ids', () => {
  const answer = { status: 201, callId: 'c', call: { id: 'c', callChainId: 'chain' }, requestId: 'r' }
  assert.equal(classifyAnswer(answer, at).outcome, {
    kind: 'placed',
    callId: 'c',
    callChainId: 'chain',
    requestId: 'r',
    evidence: 'http-201',
    at,
  })
})

test('a callChainId that is no text is left out', () => {
  const { outcome } = classifyAnswer({ status: 201, callId: 'c', call: { callChainId: 7 } }, at)
  assert.not('callChainId' in outcome)
})

test('an empty call id is none', () => {
  assert.is(classifyAnswer({ status: 201, callId: '' }, at).outcome.kind, 'uncertain')
})

test('a success without an id keeps the raw answer', () => {
  const { outcome } = classifyAnswer({ status: 201, raw: '{"id":', requestId: 'r' }, at)
  assert.is(outcome.kind === 'uncertain' && outcome.raw, '{"id":')
  assert.is(outcome.kind === 'uncertain' && outcome.requestId, 'r')
})

test('a readable success without a usable id keeps what it said', () => {
  const { outcome } = classifyAnswer({ status: 200, call: { id: 12345 } }, at)
  assert.is(outcome.kind === 'uncertain' && outcome.raw, '{"id":12345}')
})

test('an id in an answer that does not succeed is not lost', () => {
  for (const status of [302, 400, 401, 429, 500]) {
    const { outcome } = classifyAnswer({ status, callId: 'c-77', retryAfter: 1 }, at)
    assert.match(outcome.kind === 'uncertain' ? outcome.reason : '', 'c-77')
  }
})

test('a refusal keeps code, message and request id', () => {
  const error = { code: 'Forbidden', message: 'no' }
  const { outcome } = classifyAnswer({ status: 403, error, requestId: 'r' }, at)
  assert.equal(outcome, { kind: 'refused', status: 403, ...error, requestId: 'r', at })
})

test('a refusal without an error still has a code', () => {
  const { outcome } = classifyAnswer({ status: 404 }, at)
  assert.is(outcome.kind === 'refused' && outcome.code, 'http-404')
})

test('a status outside HTTP is uncertain', () => {
  for (const status of [0, 99, 600, 999, Number.NaN]) {
    assert.is(classifyAnswer({ status }, at).outcome.kind, 'uncertain')
  }
})

test('failures: not sent may be tried again, a lost answer never, anything else is a bug', () => {
  const kinds = (error: unknown): string | undefined => {
    const verdict = classifyFailure(error, at)
    return verdict && `${verdict.outcome.kind} ${verdict.next.kind}`
  }
  assert.is(kinds(new NotSentError('reset', true)), 'not-sent retry')
  assert.is(kinds(new NotSentError('certificate', false)), 'not-sent done')
  assert.is(kinds(new LostAnswerError('cut')), 'uncertain done')
  assert.is(kinds(new TypeError('bug')), undefined)
  assert.is(kinds('text'), undefined)
})

test.run()
