import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { callctl } from '../../../helpers/callctl.js'
import { withWorkspace } from '../../../helpers/callctl-workspace.js'

const test = suite('explain a helper')

const call =
  '{ call: { callbackUri: "https://bot.contoso.com/cb", targets: [{ identity: { user: { id: ada } } }] } }'
const explain = async (calls: string, ...words: readonly string[]) => {
  let found = { code: -1 as number | null, stdout: '', stderr: '' }
  await withWorkspace({ 'calls/a.yaml': calls }, async ({ folder }) => {
    found = await callctl(['explain', ...words], { cwd: folder })
  })
  return found
}

test('says what it yields, from what, with an example', async () => {
  const { code, stdout } = await explain(`calls: { a: ${call} }\n`, 'e164')
  assert.is(code, 0)
  assert.match(stdout, 'e164 number [region]')
  assert.match(stdout, '→ "+14258828080"')
})

test('needs no definitions that are right', async () => {
  const { code, stdout } = await explain('calls: { a: { uses: nobody } }\n', 'bool')
  assert.is(code, 0)
  assert.match(stdout, 'bool value')
})

test('is JSON on request', async () => {
  const { stdout } = await explain(`calls: { a: ${call} }\n`, 'upper', '--json')
  const { formatVersion, helper, parameters, yields } = JSON.parse(stdout)
  assert.equal([formatVersion, helper, parameters, yields], [1, 'upper', 'text', 'ABC'])
})

test('a call of the same name comes first', async () => {
  const { code, stdout } = await explain(`calls: { first: ${call} }\n`, 'first')
  assert.is(code, 0)
  assert.match(stdout, '/callbackUri')
})

test.run()
