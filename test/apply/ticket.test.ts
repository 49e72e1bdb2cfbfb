import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { applyPlan } from '../../src/apply/apply-plan.js'
import { LostAnswerError, NotSentError } from '../../src/model/errors.js'
import type { Plan } from '../../src/model/plan.js'
import { type FakeCalls, fakeCalls, fakePorts, hangingUp, placing, redialing } from './fakes.js'

const test = suite('ticket')

const ticketOf = async (plan: Plan, calls: FakeCalls) =>
  (await applyPlan(plan, fakePorts({ calls }))).results[0]?.ticket
const error = { code: '7503', message: 'Application is not registered in our store.' }

test('a refused call has one, with every id that support asks for', async () => {
  const calls = fakeCalls().answers(403, { error, requestId: 'request-1' })
  assert.equal(await ticketOf(placing('a'), calls), {
    time: '2025-01-01T00:00:00.000Z',
    request: 'POST /v1.0/communications/calls',
    cloud: 'global',
    tenantId: 'tenant-1',
    status: 403,
    code: '7503',
    requestId: 'request-1',
    clientRequestId: 'uuid-1',
    scenarioId: 'uuid-1',
  })
})

test('an unknown outcome has one, with an answer or without', async () => {
  const internal = { code: '9999', message: 'Unknown internal server error.' }
  const failed = await ticketOf(placing('a'), fakeCalls().answers(500, { error: internal }))
  assert.equal([failed?.status, failed?.code, failed?.clientRequestId], [500, '9999', 'uuid-1'])
  const lost = await ticketOf(placing('a'), fakeCalls().failsWith(new LostAnswerError('reset')))
  assert.equal([lost?.status, lost?.code, lost?.clientRequestId], [undefined, undefined, 'uuid-1'])
})

test('it is about the last attempt', async () => {
  const calls = fakeCalls().answers(429, { retryAfter: 1 }).answers(403, { error })
  const ticket = await ticketOf(placing('a'), calls)
  assert.equal([ticket?.status, ticket?.scenarioId], [403, 'uuid-2'])
  assert.is(await ticketOf(placing('a'), fakeCalls().answers(429, { retryAfter: 1 })), undefined)
})

test('a call that was placed or not sent has none', async () => {
  assert.is(await ticketOf(placing('a'), fakeCalls()), undefined)
  const untrusted = fakeCalls().failsWith(new NotSentError('certificate', false))
  assert.is(await ticketOf(placing('a'), untrusted), undefined)
})

test('a call that Graph does not end has one', async () => {
  const answer = { status: 403, requestId: 'request-2', error }
  const expected = { request: 'DELETE /v1.0/communications/calls/call-a', status: 403, code: '7503' }
  const ticket = await ticketOf(hangingUp('a'), fakeCalls().hangsUp(answer))
  assert.equal({ ...ticket, ...expected, requestId: 'request-2' }, ticket)
  const redial = await ticketOf(redialing('a'), fakeCalls().hangsUp(answer))
  assert.is(redial?.request, 'DELETE /v1.0/communications/calls/live-a')
})

test('what is no code could hold a name, and is left out', async () => {
  for (const code of ['Ada Lovelace', '+14255550100', 'x'.repeat(80), 'ada@contoso.com']) {
    const ticket = await ticketOf(placing('a'), fakeCalls().answers(403, { error: { code, message: '' } }))
    assert.is(ticket?.code, undefined)
  }
})

test.run()
