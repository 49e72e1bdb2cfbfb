import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { callctl } from '../../helpers/callctl.js'

const test = suite('explain a code')
const explain = (...words: string[]) => callctl(['explain', ...words], { cwd: process.cwd() })

test('a code is explained', async () => {
  const { code, stdout } = await explain('schema/enum')
  assert.is(code, 0)
  assert.match(stdout, /^error\[schema\/enum\]\n/)
})

test('programs get JSON', async () => {
  const { stdout } = await explain('schema/enum', '--json')
  const document = JSON.parse(stdout) as { formatVersion: number; code: string }
  assert.is(document.formatVersion, 1)
  assert.is(document.code, 'schema/enum')
})

test('a misspelt code gets a hint', async () => {
  const { code, stderr } = await explain('schema/enm')
  assert.is(code, 3)
  assert.match(stderr, /Did you mean `schema\/enum`\?/)
})

test.run()
