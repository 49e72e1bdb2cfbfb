import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { callctl } from '../helpers/callctl.js'

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

test.run()
