import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { formatReviewAnnotations } from '../../../src/report/review/review-github.js'
import { emptyReview, reviewOf } from './review-samples.js'

const test = suite('review-github')

test('what is new is shown beside its line, from the repository’s top', () => {
  const text = formatReviewAnnotations(reviewOf('x'), new Map([['x', 'text']]), 'ops')
  assert.match(text, /^::error file=ops\/x,.*title=record\/edited::x in the lockfile: x/)
  assert.match(text, /^::warning file=ops\/x,.*title=record\/changed::x in the lockfile: x/m)
  assert.match(text, /^::error file=ops\/x,line=1,endLine=1,col=1,endColumn=2,title=template\/unknown::x/m)
})

test('the summary is a notice', () => {
  assert.is(formatReviewAnnotations(emptyReview, new Map(), ''), '::notice title=callctl::Nobody is rung.\n')
})

test.run()
