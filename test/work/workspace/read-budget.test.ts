import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { LimitError, UsageError } from '../../../src/model/errors.js'
import { readBudget } from '../../../src/work/workspace/read-budget.js'

const test = suite('cli/read-budget')

test('the environment sets how many steps a run may take', () => {
  const budget = readBudget({ CALLCTL_MAX_STEPS: '1000' })
  budget.spend(1000)
  budget.addCall()
  assert.throws(
    () => budget.spend(1),
    (error: unknown) => error instanceof LimitError,
  )
})

for (const text of ['0', '-1', '1e9', '5.5', 'many', '9'.repeat(16)]) {
  test(`${text} is no number of steps`, () => {
    const isUsage = (error: unknown): boolean => error instanceof UsageError
    assert.throws(() => readBudget({ CALLCTL_MAX_STEPS: text }), isUsage)
  })
}

test('an empty value is none', () => {
  readBudget({ CALLCTL_MAX_STEPS: '' }).spend(1000)
  assert.ok(readBudget({}).steps === 0)
})

test.run()
