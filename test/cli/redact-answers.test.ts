import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { redactAnswers } from '../../src/cli/redact-answers.js'
import type { Calls } from '../../src/model/call.js'
import { LostAnswerError } from '../../src/model/errors.js'

const test = suite('redact-answers')

test('the quote of a lost answer holds no secret, and stays a lost answer', async () => {
  const create = () => Promise.reject(new LostAnswerError('cut after: {"passcode":"hunter2"'))
  const calls = { connect: async () => ({ create, isOpen: () => true, close() {} }) } as unknown as Calls
  const redacted = redactAnswers(calls, new Map([['(secret PASS)', 'hunter2']]))
  const connection = await redacted.connect({
    cloud: 'global',
    version: 'v1.0',
    collection: 'communications',
  })
  const failure = await connection.create({ attemptId: 'a', text: '{}' }).catch((error: unknown) => error)
  assert.instance(failure, LostAnswerError)
  assert.is((failure as Error).message, 'cut after: {"passcode":"(secret PASS)"')
})

test.run()
