import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Observation } from '../../../src/model/plan.js'
import { describeStatus, formatStatus } from '../../../src/report/record/status-text.js'
import { entryOf } from '../../plan/fakes.js'

const test = suite('status-text')
const plain = { hasColor: false, columns: 80 }

const line = (more: Partial<Observation>) => ({
  address: 'a',
  entry: entryOf(),
  observation: {
    address: 'a',
    callId: 'call-1',
    state: 'terminated',
    at: '2025-01-01T00:00:00.000Z',
    ...more,
  },
})
const show = (more: Partial<Observation>): string => formatStatus([line(more)], plain)

test('why a call ended is said in words', () => {
  assert.match(
    show({ end: { code: 408, subcode: 8537 } }),
    '    graph/408-8537: The call was not kept alive.',
  )
})

test('an end that is not known is said in Graph’s own words, made harmless', () => {
  assert.match(
    show({ end: { code: 200, subcode: 1, message: 'odd\u001b[2J' } }),
    'graph/200-1: odd\\u{1b}[2J',
  )
  assert.match(show({ end: { code: 200, subcode: 1 } }), 'graph/200-1: callctl does not know this code')
})

test('a problem is explained, with the id for a support ticket', () => {
  const text = show({
    problem: '403 7504: no',
    answer: { status: 403, code: '7504', requestId: 'request-1' },
  })
  assert.match(text, '    403 7504: no\n    graph/7504: Let an administrator')
  assert.match(text, '    request-id request-1')
})

test('programs get the same as fields', () => {
  const document = describeStatus([line({ end: { code: 408, subcode: 8537 } })]) as {
    calls: { live: { end: object; explanation: { code: string } } }[]
  }
  assert.equal(document.calls[0]?.live.end, { code: 408, subcode: 8537 })
  assert.is(document.calls[0]?.live.explanation.code, 'graph/408-8537')
})

const callId = '5b1f0c00-3c9e-4f0e-9f5e-0123456789ab'
const { callId: _none, ...unplaced } = entryOf({ state: 'uncertain', reason: 'no answer came' })
const unknownOf = (address: string) => ({ address, entry: unplaced })

test('unknown ones stand first, with what to type, and are counted', () => {
  const lines = [{ address: 'a', entry: entryOf({ callId }) }, unknownOf('page[2]')]
  const text = formatStatus(lines, plain, { words: ['--env', 'prod'], showsPeople: false, isPart: false })
  assert.ok(text.indexOf('page[2]') < text.indexOf(callId))
  assert.match(text, "callctl resolve 'page[2]' --not-placed --env prod")
  assert.match(text, /\n2 calls, 0 live, 1 unknown\.\n$/)
})

for (const length of [5, 38, 40, 41, 60]) {
  test(`ids stay whole within 80 columns beside addresses of ${length} characters`, () => {
    const text = formatStatus([{ address: 'x'.repeat(length), entry: entryOf({ callId }) }], plain)
    const lines = text.split('\n')
    assert.ok(
      lines.every((each) => each.length <= 80),
      text,
    )
    assert.ok(lines.some((each) => each.includes(callId)))
  })
}

test.run()
