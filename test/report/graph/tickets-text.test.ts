import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { CallResult, Ticket } from '../../../src/model/run.js'
import { describeMeaning, formatTickets } from '../../../src/report/graph/tickets-text.js'

const test = suite('tickets-text')
const plain = { hasColor: false, columns: 80 }

const ticket = (more: Partial<Ticket> = {}): Ticket => ({
  time: '2025-01-01T00:00:00.000Z',
  request: 'POST /v1.0/communications/calls',
  cloud: 'global',
  status: 403,
  code: '7503',
  requestId: 'request-1',
  clientRequestId: 'uuid-1',
  scenarioId: 'uuid-1',
  ...more,
})
const refused = (address: string, more: Partial<Ticket> = {}): CallResult => ({
  address,
  kind: 'refused',
  message: 'refused: 403 7503: Graph’s own words about Ada',
  ticket: ticket(more),
})

test('what is refused alike is explained once, with the ids of the first', () => {
  const texts = formatTickets(
    [refused('a', { tenantId: 'tenant-1' }), refused('b', { requestId: 'request-2' })],
    plain,
  )
  assert.equal(texts, [
    `2 calls refused: graph/7503: Application is not registered in our store.
  The app is no bot with the Teams channel, or calling is not enabled there.
  In the bot’s Teams channel, enable calling and set the webhook; then wait: it
  may take a while to be known.
  For a support ticket (a, one of 2; --json has all):
    time (UTC)         2025-01-01T00:00:00.000Z
    request            POST /v1.0/communications/calls
    answer             403 7503
    request-id         request-1
    client-request-id  uuid-1
    Scenario-Id        uuid-1
    tenant             tenant-1`,
  ])
})

test('a ticket holds neither Graph’s words nor anything of a person', () => {
  assert.not.match(formatTickets([refused('a')], plain).join(), 'Ada')
})

test('different answers, and a refusal and an unknown outcome, stand apart', () => {
  const results: readonly CallResult[] = [
    refused('a'),
    refused('b', { code: '7504' }),
    { ...refused('c', { status: 500, code: '9999' }), kind: 'uncertain' },
    { ...refused('d'), kind: 'hang-up-failed' },
  ]
  assert.equal(
    formatTickets(results, plain).map((text) => text.split(': ', 2).join(': ')),
    [
      '1 call refused: graph/7503',
      '1 call refused: graph/7504',
      '1 call unknown: graph/9999',
      '1 call not hung up: graph/7503',
    ],
  )
})

test('a code that is not known is said to be, and no answer is none', () => {
  const [unknown] = formatTickets([refused('a', { status: 418, code: 'Teapot' })], plain)
  assert.match(unknown ?? '', '1 call refused: 418 Teapot, which callctl does not know\n  For a support')
  const { status: _, code: __, requestId: ___, ...lost } = ticket()
  const [text] = formatTickets([{ ...refused('a'), kind: 'uncertain', ticket: lost }], plain)
  assert.match(text ?? '', '1 call unknown: no answer came')
  assert.match(text ?? '', /answer {13}none\n {4}client-request-id/)
})

test('another cloud is named', () => {
  assert.match(formatTickets([refused('a', { cloud: 'us-gov' })], plain).join(), '/calls (us-gov)')
})

test('results without a ticket say nothing', () => {
  const { ticket: _, ...without } = refused('a')
  assert.equal(formatTickets([without], plain), [])
  assert.equal(describeMeaning(without), {})
})

test('programs get the explanation as fields', () => {
  const { explanation } = describeMeaning(refused('a'))
  assert.equal(Object.keys(explanation ?? {}), ['code', 'meaning', 'cause', 'fix'])
  assert.equal(describeMeaning(refused('a', { status: 418, code: 'Teapot' })), {})
})

test.run()
