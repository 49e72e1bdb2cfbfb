import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readCall, readCallId, readLocationId } from '../../../src/graph/answer/call-body.js'

const test = suite('graph/call-body')

test('reads states in any letter case', () => {
  const states = ['Established', 'TERMINATED', 'transfer-accepted', 'TransferAccepted', 'Novel']
  assert.equal(
    states.map((state) => readCall({ state })['state']),
    ['established', 'terminated', 'transferAccepted', 'transferAccepted', 'novel'],
  )
})

test('reads numbers in text and subCode in resultInfo', () => {
  const resultInfo = { code: '200', subCode: '5300', message: 'm', odd: true }
  assert.equal(readCall({ resultInfo })['resultInfo'], { code: 200, subcode: 5300, message: 'm', odd: true })
})

test('leaves everything else as it came', () => {
  const call = { id: 'a', state: null, resultInfo: null, unknown: [1, { x: 'y' }] }
  assert.equal(readCall(call), call)
})

for (const id of ['2e1a0b00-2db4-4022-9570-243709c565ab', 'A_.~=+:-9', 'x'.repeat(256)]) {
  test(`${id.slice(0, 40)} is a call id`, () => assert.is(readCallId(id), id))
}

for (const id of [
  '',
  'x'.repeat(257),
  '../../x',
  'a/b',
  'a%2fb',
  'é',
  '\u001b[2J',
  'a b',
  '.',
  '..',
  7,
  null,
  {},
]) {
  test(`${JSON.stringify(id).slice(0, 40)} is no call id`, () => assert.is(readCallId(id), undefined))
}

const locations: readonly (readonly [string | null, string | undefined])[] = [
  ['https://graph.microsoft.com/v1.0/communications/calls/2e1a-0b00', '2e1a-0b00'],
  ['/app/calls/2e1a/', '2e1a'],
  ['/beta/applications/x/calls/a%3Db?x=1#y', 'a=b'],
  ["https://graph.microsoft.com/beta/communications/calls('2e1a')", '2e1a'],
  ['https://graph.microsoft.com/v1.0/communications/calls', undefined],
  ['https://graph.microsoft.com/v1.0/communications/calls/', undefined],
  ['https://graph.microsoft.com/v1.0/communications/calls/a%2Fb', undefined],
  ['https://graph.microsoft.com/v1.0/communications/calls/%2e%2e', undefined],
  ['https://graph.microsoft.com/v1.0/communications/calls/%', undefined],
  ['https://graph.microsoft.com/v1.0/users/2e1a', undefined],
  [null, undefined],
]
for (const [location, id] of locations) {
  test(`Location ${location} holds ${id}`, () => assert.is(readLocationId(location), id))
}

test.run()
