import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { canonicalText, formatCall } from '../../../src/compile/payload/canonical.js'
import type { JsonObject } from '../../../src/model/json.js'
import type { PropertyChange, ReviewedCall } from '../../../src/model/review.js'
import { alignPayloads } from '../../../src/report/html/align.js'
import { compareValues } from '../../../src/review/compare-values.js'
import { sampleCause, samplePayload } from '../review/reviews.js'

const test = suite('html align')

const callOf = (before: JsonObject, after: JsonObject, changes: readonly PropertyChange[]): ReviewedCall => ({
  address: 'a',
  kind: 'changed',
  before: { ...samplePayload({ address: 'a' }), call: before },
  after: { ...samplePayload({ address: 'a' }), call: after },
  changes,
})

/** As `diff` compares, each change with a cause of its own. */
const compared = (before: JsonObject, after: JsonObject): ReviewedCall =>
  callOf(
    before,
    after,
    compareValues(before, after).map(({ basePointer: _, ...change }, at) => ({
      ...change,
      cause: sampleCause(at + 1, `change ${at}`),
    })),
  )

/** Properties in one order, as those of payloads are. */
const object = fc
  .dictionary(fc.constantFrom('a', 'b', 'c', 'd/e', 'f~g', ''), fc.jsonValue({ maxDepth: 3 }))
  .map((value) => JSON.parse(canonicalText(JSON.parse(JSON.stringify(value)))) as JsonObject)
const runs = { seed: 5, numRuns: 300 }

test('the lines of each side are its canonical text', () => {
  fc.assert(
    fc.property(object, object, (before, after) => {
      const { rows } = alignPayloads(compared(before, after))
      // Spelled out alike, so that texts with invisible characters compare.
      const plain = (lines: readonly (string | undefined)[]) =>
        lines.filter((line) => line !== undefined).join('\n')
      fc.pre(/^[\x20-\x7e\n]*$/.test(formatCall(before) + formatCall(after)))
      assert.is(`${plain(rows.map(({ left }) => left))}\n`, formatCall(before))
      assert.is(`${plain(rows.map(({ right }) => right))}\n`, formatCall(after))
    }),
    runs,
  )
})

test('no change is lost: each cause stands at a line or among the extras', () => {
  fc.assert(
    fc.property(object, object, (before, after) => {
      const call = compared(before, after)
      const { rows, extras } = alignPayloads(call)
      const shown = [...rows, ...extras].flatMap(({ cause }) => cause?.text ?? [])
      assert.equal(shown.sort(), call.changes.map(({ cause }) => cause!.text!).sort())
    }),
    runs,
  )
})

test('a property stands beside its like, and what is gone beside nothing', () => {
  const { rows } = alignPayloads(compared({ a: 1, b: 2, c: 3 }, { a: 1, c: 4, d: 5 }))
  assert.equal(
    rows.map(({ left = '', right = '' }) => `${left.trim()}|${right.trim()}`),
    ['{|{', '"a": 1,|"a": 1,', '"b": 2,|', '"c": 3|"c": 4,', '|"d": 5', '}|}'],
  )
})

test('an item that was put in shifts no other', () => {
  const { rows } = alignPayloads(compared({ a: ['x', 'y'] }, { a: ['new', 'x', 'y'] }))
  assert.equal(
    rows.slice(2, -2).map(({ left = '', right = '' }) => `${left.trim()}|${right.trim()}`),
    ['|"new",', '"x",|"x",', '"y"|"y"'],
  )
})

test('a change that masking made invisible still shows at its line', () => {
  const masked = { id: '+1425•••0100' }
  const cause = sampleCause(1, 'id')
  const change = { pointer: '/id', kind: 'changed', before: masked.id, after: masked.id, cause } as const
  const { rows, extras } = alignPayloads(callOf(masked, masked, [change]))
  assert.is(rows[1]!.cause, cause)
  assert.equal(extras, [])
})

test('a change without a line is an extra', () => {
  const change = { pointer: '#endpoint', kind: 'changed', before: '/v1.0/…', after: '/beta/…' } as const
  assert.equal(alignPayloads(callOf({ a: 1 }, { a: 1 }, [change])).extras, [change])
})

test.run()
