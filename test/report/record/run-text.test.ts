import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Touches } from '../../../src/model/payload.js'
import type { Outcome } from '../../../src/model/record/attempt.js'
import type { CallResult } from '../../../src/model/run.js'
import { formatEvent, formatRun } from '../../../src/report/record/run-text.js'

const test = suite('run-text')
const look = { hasColor: false, columns: 80 }
const at = '2026-01-01T00:00:00.000Z'

const touches: Touches = {
  kind: 'pstn',
  people: [],
  numbers: [{ id: '+14255550100' }],
  permissions: [],
}
const uncertain = (address: string, reason = 'no answer came', more: Partial<Outcome> = {}): CallResult => ({
  address,
  kind: 'uncertain',
  outcome: { kind: 'uncertain', reason, at, ...more } as Outcome,
  message: `outcome unknown: ${reason}`,
})
const show = (results: readonly CallResult[], showsPeople = false, words = ['--simulator']): string =>
  formatRun({ results }, look, {
    words,
    unknown: new Map(results.map(({ address }) => [address, touches])),
    showsPeople,
  })

test('each unknown one is named with whom it rings, masked, and what to type', () => {
  const text = show([uncertain('page-10'), uncertain('page-2')])
  assert.match(
    text,
    /page-2: phone, rings 1 number: .*\n {4}callctl resolve page-2 --placed CALL-ID --simulator\n/,
  )
  assert.match(text, 'callctl resolve page-10 --not-placed --simulator')
  assert.not.match(text, '+14255550100')
  assert.ok(text.indexOf('resolve page-2 ') < text.indexOf('resolve page-10 '))
})

test('where people may be shown, numbers stand in full', () => {
  assert.match(show([uncertain('page-2')], true), '+14255550100')
})

test('an address is quoted for a shell, and the environment is named', () => {
  const text = show([uncertain('page[a b]')], false, ['--env', 'prod'])
  assert.match(text, "callctl resolve 'page[a b]' --not-placed --env prod")
})

test('of very many, each is named, and the commands of all have a command', () => {
  const text = show(Array.from({ length: 300 }, (_, index) => uncertain(`page-${index}`)))
  assert.match(text, 'page-299: phone')
  assert.match(text, 'callctl status --simulator')
  assert.ok(text.split('\n').length < 500)
})

for (const [what, result] of [
  ['an unknown outcome', uncertain('a')],
  ['a refusal', { address: 'a', kind: 'refused', message: 'refused: 403 7504: no' }],
  ['what was not sent', { address: 'a', kind: 'not-sent', message: 'not sent: no route' }],
] as const) {
  test(`${what} is said once in its line`, () => {
    const line = formatEvent({ event: 'result', result: result as CallResult }, look)
    for (const word of ['unknown', 'refused', 'not sent'])
      assert.ok(line.toLowerCase().split(word).length <= 2, line)
  })
}

for (const length of [5, 40, 60, 200]) {
  test(`an id stays whole and within 80 columns beside an address of ${length} characters`, () => {
    const callId = '5b1f0c00-3c9e-4f0e-9f5e-0123456789ab'
    const outcome: Outcome = { kind: 'placed', callId, evidence: 'http-201', at }
    const result: CallResult = { address: 'x'.repeat(length), kind: 'placed', outcome, message: '' }
    const lines = formatEvent({ event: 'result', result }, look).split('\n')
    const line = lines.find((each) => each.includes(callId))!
    assert.ok(line !== undefined && line.length <= 80, line)
  })
}

for (const status of [200, 201, 202]) {
  test(`an answer ${status} without an id is no code that callctl does not know`, () => {
    const ticket = { time: at, request: 'POST /v1.0/communications/calls', cloud: 'global', status }
    const text = show([{ ...uncertain('a', `answer ${status} without a call id`), ticket }])
    assert.not.match(text, 'does not know')
  })
}

test.run()
