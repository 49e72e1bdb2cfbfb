import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compileEach } from '../../src/compile/compile.js'
import { Budget } from '../../src/model/budget.js'
import { LimitError } from '../../src/model/errors.js'
import { type Files, noValues, workspace } from '../helpers/workspace.js'
import { group, groupCall, review, settings } from './review-files.js'

// Saying where a changed value came from renders the call once more, and is paid for as compiling is.

const test = suite('steps of tracing')

const files = (calls: string): Files => ({
  'callctl.yaml': settings,
  'templates/group.yaml': group,
  'calls/a.yaml': calls,
})
const base = files(groupCall(['Adele']))
const changed = files(`${groupCall(['Adele'])}    call: { subject: Other }\n`)

const budgetOf = (most: number): Budget => new Budget({ base: most, perCall: 0, most })
const plenty = 1_000_000_000

/** What compiling both takes, before anything is traced. */
function stepsOfCompiling(...sides: readonly Files[]): number {
  const budget = budgetOf(plenty)
  for (const side of sides)
    compileEach(workspace(side), { ...noValues, budget, tellsEnvironment: true, standsIn: true }, () => {})
  return budget.steps
}

function stepsOfReview(from: Files, to: Files): number {
  const budget = budgetOf(plenty)
  review(from, to, { values: { ...noValues, budget } })
  return budget.steps
}

const reviewWithin = (from: Files, to: Files, most: number) =>
  review(from, to, { values: { ...noValues, budget: budgetOf(most) } })

test('tracing what a change does is counted', () => {
  assert.ok(stepsOfReview(base, changed) > stepsOfCompiling(base, changed))
  assert.is(stepsOfReview(base, base), stepsOfCompiling(base, base))
})

test('a changed call that may be compiled and not be traced ends with one error, and none of head rings', () => {
  const { diagnostics, rings } = reviewWithin(base, changed, stepsOfCompiling(base, changed))
  const codes = diagnostics.map(({ diagnostic }) => diagnostic.code)
  assert.equal(codes, ['limit/steps'])
  assert.equal(rings, [])
})

const renamed = files(
  `${groupCall(['Adele']).replace('bridge:', 'other-bridge:')}    movedFrom: bridge\n    call: { subject: Other }\n`,
)

test('a call that is traced after both are compiled ends the review', () => {
  assert.ok(stepsOfReview(base, renamed) > stepsOfCompiling(base, renamed))
  assert.throws(
    () => reviewWithin(base, renamed, stepsOfCompiling(base, renamed)),
    (error: unknown) => error instanceof LimitError && error.code === 'limit/steps',
  )
})

test('as many steps as it takes are enough', () => {
  for (const head of [changed, renamed])
    assert.equal(reviewWithin(base, head, stepsOfReview(base, head)), review(base, head))
})

test.run()
