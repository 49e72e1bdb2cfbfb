import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Review } from '../../../src/model/review.js'
import { wholeCode } from '../../../src/report/review/markdown-text.js'
import { formatReviewMarkdown } from '../../../src/report/review/review-markdown.js'
import { parseShape, readShape } from './markdown-shape.js'
import { arbitraryReview, emptyReview, payloadOf, reviewOf, ringingReview } from './review-samples.js'

const test = suite('review-markdown')

const listAbsent = 'NOT shown here'
const bytesOf = (text: string): number => Buffer.byteLength(text)
const summaryOf = (text: string): string => text.split('\n')[2]!

test('a hidden marker comes first, then the summary', () => {
  const text = formatReviewMarkdown(emptyReview)
  assert.ok(text.startsWith('<!-- callctl review -->\n\n**Nobody is rung.**\n\n'))
})

test('the summary says how many would newly be rung, errors first', () => {
  assert.is(summaryOf(formatReviewMarkdown(ringingReview(2, 3))), '**2 calls would newly ring 6 people.**')
  const broken = { ...ringingReview(2, 3), head: { name: 'x', calls: 2, errors: 1 } }
  assert.match(summaryOf(formatReviewMarkdown(broken)), /^\*\*1 error in the definitions: .* 2 calls would/)
})

test('without a plan nobody is said to be safe', () => {
  const { rings, ...rest } = emptyReview
  assert.is(rings?.length, 0)
  const text = formatReviewMarkdown({ ...rest, planProblem: 'calls.lock.json has conflict markers' })
  assert.match(summaryOf(text), 'who would be rung is not known.** Why: `calls.lock.json has conflict')
  assert.not.match(text, /nobody/i)
})

test('a call that joins a meeting is said to ring nobody', () => {
  const text = formatReviewMarkdown(ringingReview(1, 0))
  assert.match(text, '**1 call would newly be placed, ringing nobody.**')
})

test('what the plan holds back is listed by its reason', () => {
  const text = formatReviewMarkdown(reviewOf('x'))
  assert.match(summaryOf(text), ' 1 call blocked. ')
  assert.match(text, '### Blocked or uncertain (1)\n- **blocked** `x`: `x`\n')
})

test('what was rung before is told apart from what is new', () => {
  const text = formatReviewMarkdown(reviewOf('x'), 65_536)
  assert.match(
    text,
    '- **new** `added x` (group, `x`): rings 2 people and 1 number: **new** `x` (`x`), `other x`, ',
  )
  assert.match(text, '- `x` (phone, `x`, **placed again**)')
})

test('a payload that differs is shown line by line, with the line that caused it', () => {
  const text = formatReviewMarkdown(reviewOf('x'))
  assert.match(
    text,
    '```diff\n {\n   "@odata.type": "#microsoft.graph.call",\n-  "subject": "old"\n+  "subject": "x"\n }\n```',
  )
  assert.match(text, '- `/x` by `x:3:5`: `x`; `x` from `file` at `x:3:5`')
})

test('payloads give way before the ring list does', () => {
  const long = payloadOf('x', 'y'.repeat(300))
  const forms = [2, 150, 300, 800].map((calls) => formatReviewMarkdown(ringingReview(calls, 1, long)))
  assert.match(forms[0]!, '```diff')
  assert.match(forms[1]!, '- digest none → ')
  assert.match(forms[2]!, 'Payloads that differ, by digest (300)')
  assert.match(forms[3]!, 'Payloads that differ: 800.')
  for (const text of forms) assert.not.match(text, listAbsent)
})

test('the ring list of many calls is grouped, and still whole', () => {
  const review = ringingReview(1_500, 1)
  const text = formatReviewMarkdown(review)
  assertWhole(review, text)
  assert.match(
    text,
    '- **New** group, `group-call`, all who are rung are **new**, 1500 calls: `call-0`: `person-0`; ',
  )
})

test('where people no longer fit, the summary says so', () => {
  const text = formatReviewMarkdown(ringingReview(100, 100))
  assert.match(summaryOf(text), '**Whom the calls ring (10000 people) is NOT shown here')
  assert.match(text, '`call-99` (100)')
})

test('a ring list that does not fit is declared absent, with counts', () => {
  const text = formatReviewMarkdown(ringingReview(10_000, 1))
  assert.match(summaryOf(text), '**The list of the 10000 calls and whom they ring is NOT shown here')
  assert.match(summaryOf(text), 'It has 10000 new (group, `group-call`).')
  assert.not.match(text, 'call-0')
})

test('a list of guards or diagnostics that is cut says how much is left', () => {
  const review = reviewOf('x')
  const guards = Array.from({ length: 60 }, () => review.guards[0]!)
  assert.match(formatReviewMarkdown({ ...review, guards }), '- and 20 more, in the JSON report')
})

/** Every call, and everybody whom one of them rings. */
function assertWhole({ rings = [] }: Review, text: string): void {
  for (const { address, people, numbers } of rings) {
    assert.ok(text.includes(wholeCode(address)), address)
    for (const { id } of [...people, ...numbers]) assert.ok(text.includes(wholeCode(id)), id)
  }
}

test('any review fits, its ring list is whole or said to be absent, and its texts stay in code', () => {
  fc.assert(
    fc.property(arbitraryReview, fc.integer({ min: 4_096, max: 65_536 }), (review, limit) => {
      const text = formatReviewMarkdown(review, limit)
      assert.ok(bytesOf(text) <= limit, `${bytesOf(text)} bytes of ${limit}`)
      assert.ok(text.length <= limit)
      assert.ok(text.isWellFormed())
      if (!summaryOf(text).includes(listAbsent)) assertWhole(review, text)
      assert.not.match(readShape(text).join('\n'), /[@$|\u202e]/)
    }),
    { seed: 20_261_123, numRuns: 150 },
  )
})

test('texts do not change the form of the comment', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      const printed = formatReviewMarkdown(reviewOf(text))
      assert.equal(readShape(printed), readShape(formatReviewMarkdown(reviewOf('x'))))
      assert.equal(parseShape(printed), parseShape(formatReviewMarkdown(reviewOf('x'))))
    }),
    { seed: 20_261_123, numRuns: 60 },
  )
})

test.run()
