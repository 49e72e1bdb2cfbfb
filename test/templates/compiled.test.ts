import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { callctl } from '../helpers/callctl.js'

const test = suite('compiled payloads of this workspace')

test('they are what its definitions compile to', async () => {
  const { code, stderr } = await callctl(['compile', '--out', 'compiled', '--check'], { cwd: process.cwd() })
  assert.is(stderr, '')
  assert.is(code, 0)
})

test.run()
