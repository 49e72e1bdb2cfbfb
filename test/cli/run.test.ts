import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { run } from '../../src/cli/run.js'
import { callctl } from '../helpers/callctl.js'
import { fakeHost } from './fake-host.js'

const test = suite('run')

test('a long hint is wrapped at 80 columns', async () => {
  const { code, stderr } = await callctl(['call'], { cwd: process.cwd() })
  assert.is(code, 3)
  assert.match(stderr, 'One of: get,')
  assert.equal(
    stderr.split('\n').filter((line) => line.length > 80),
    [],
  )
})

test('on a terminal an error of the command line is wrapped too; in a log it stays on its line', async () => {
  for (const isTerminal of [true, false]) {
    const host = fakeHost({}, isTerminal)
    assert.is(await run(['explain'], host), 3)
    const longest = Math.max(...host.written.stderr.split('\n').map((line) => line.length))
    assert.is(longest <= 80, isTerminal, host.written.stderr)
  }
})

test('a command that there is not names the help', async () => {
  const host = fakeHost()
  assert.is(await run(['helpers'], host), 3)
  assert.match(host.written.stderr, '`callctl help`')
})

test.run()
