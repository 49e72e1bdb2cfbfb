import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { callctl } from '../../helpers/callctl.js'
import { withWorkspace } from '../../helpers/callctl-workspace.js'

const test = suite('schema')

for (const name of ['calls', 'template', 'workspace', 'test', 'call-v1.0', 'call-beta', 'call-seed']) {
  test(`${name} is printed as it is published`, async () => {
    const { code, stdout } = await callctl(['schema', name], { cwd: process.cwd() })
    assert.is(code, 0)
    assert.ok(stdout === readFileSync(join(process.cwd(), 'schema', `${name}.json`), 'utf8'))
  })
}

test('an unknown name gets a hint', async () => {
  const { code, stderr } = await callctl(['schema', 'cals'], { cwd: process.cwd() })
  assert.is(code, 3)
  assert.match(stderr, /Did you mean `calls`\?/)
})

test('those for editors are written into the workspace, and only where they differ', () =>
  withWorkspace({ 'callctl.yaml': 'version: 1\n', 'calls/deep/a.yaml': 'calls: {}\n' }, async (workspace) => {
    const run = () => callctl(['schema', '--write'], { cwd: join(workspace.folder, 'calls', 'deep') })
    assert.match((await run()).stderr, /^wrote \.callctl\/schema\/calls\.json\n/)
    assert.ok(
      workspace.read('.callctl/schema/calls.json') ===
        readFileSync(join(process.cwd(), 'schema', 'calls.json'), 'utf8'),
    )
    assert.is((await run()).stderr, '')
  }))

test.run()
