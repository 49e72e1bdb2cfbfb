import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { findNamedIds } from '../../../src/graph/answer/named-ids.js'

const test = suite('graph/named-ids')

function find(
  parts: { json?: unknown; text?: string; links?: readonly string[] },
  sent: readonly string[] = [],
) {
  const { json, text = json === undefined ? '' : JSON.stringify(json), links = [] } = parts
  return findNamedIds({ json, text, links }, (id) => sent.includes(id))
}

const route = 'https://graph.microsoft.com/v1.0/communications/calls'
const error = { code: 'x', message: 'no' }

const naming: Readonly<Record<string, Parameters<typeof find>[0]>> = {
  'the id of the body': { json: { id: 'call-1', error } },
  'an id in `value`': { json: { value: { id: 'call-1' } } },
  'an id in a list': { json: { value: [{ id: 'call-1' }] } },
  'an id in `call`': { json: { call: { id: 'call-1' } } },
  'an id in another letter case': { json: { ID: 'call-1' } },
  callId: { json: { error: { ...error, innerError: { callId: 'call-1' } } } },
  call_id: { json: { call_id: 'call-1' } },
  '@odata.id': { json: { '@odata.id': `${route}/call-1` } },
  '@odata.id with a key': { json: { '@odata.id': "communications/calls('call-1')" } },
  'a link in any text': { json: { error: { code: 'x', message: `see /communications/calls/call-1.` } } },
  'a link with an encoded slash': { json: { href: 'communications%2Fcalls%2Fcall-1' } },
  'JSON in a message': { json: { error: { code: 'x', message: '{"id":"call-1"}' } } },
  'JSON in JSON in a message': {
    json: {
      error: { code: 'x', message: JSON.stringify({ message: JSON.stringify({ call: { id: 'call-1' } }) }) },
    },
  },
  'a list as the body': { json: [{ id: 'call-1' }] },
  'JSON that was cut': { text: '{"id":"call-1","state":"esta' },
  'escaped JSON that was cut': { text: '{"message":"{\\"id\\":\\"call-1\\",\\"st' },
  XML: { text: '<call><id>call-1</id></call>' },
  'a page that shows JSON': { text: '<pre>{&quot;id&quot;: &quot;call-1&quot;}</pre>' },
  'a sentence': { text: 'Created, call id: call-1.' },
  'an address as the body': { text: `${route}/call-1` },
  'a Location': { links: [`${route}/call-1`] },
  'a Location with more after the id': { links: [`${route}/call-1/operations/2?x=1`] },
}

for (const [name, parts] of Object.entries(naming)) {
  test(`finds ${name}`, () => assert.is(find(parts).ids[0]?.replace(/\.$/, ''), 'call-1'))
}

const silent: Readonly<Record<string, Parameters<typeof find>[0]>> = {
  'an error of Graph': {
    json: {
      error: {
        code: '7503',
        message: 'Application is not registered.',
        innerError: { date: '2025', 'request-id': 'aa-bb', 'client-request-id': 'cc-dd' },
      },
    },
  },
  'a route without an id': {
    json: { error: { code: 'x', message: 'POST /communications/calls/ is wrong' } },
  },
  'a route of another kind': { text: '/communications/calls/logTeleconferenceDeviceQuality' },
  'a page': { text: '<html><body><h1 id="top">502</h1></body></html>' },
  nothing: {},
  'an empty id': { json: { id: '' } },
}

for (const [name, parts] of Object.entries(silent)) {
  test(`finds nothing in ${name}`, () => assert.equal(find(parts), { ids: [], isOneUnreadable: false }))
}

test('what was sent is no news', () => {
  assert.equal(find({ json: { id: 'mine', value: { id: 'other' } } }, ['mine']).ids, ['other'])
})

test('an id without the form of one is told, and not shown', () => {
  for (const id of ['a b', 'x'.repeat(257), '..', '\u202e']) {
    assert.equal(find({ json: { id } }), { ids: [], isOneUnreadable: true })
  }
})

test('many ids are bounded, in the order of the answer', () => {
  const value = Array.from({ length: 50 }, (_, index) => ({ id: `call-${index}` }))
  assert.equal(
    find({ json: { value } }).ids,
    [0, 1, 2, 3, 4, 5, 6, 7].map((index) => `call-${index}`),
  )
})

test.run()
