import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { callctl } from '../../../helpers/callctl.js'
import { withWorkspace } from '../../../helpers/callctl-workspace.js'

const test = suite('explain a template')

const files = {
  'templates/base.yaml':
    'description: The base.\nvariables:\n  code: { type: string, secret: true, default: null }\n  subject: { type: string, description: What it is about. }\ncall: { subject: "{{subject}}", tenantId: "{{default code null}}" }\n',
  'templates/child.yaml':
    'extends: base\nvariables:\n  size: { enum: [1, 2], default: 2 }\n  ids: { type: array, items: { type: string, format: uuid } }\n  subject: { type: string, default: Hi }\ncall: { chatInfo: { threadId: "{{size}} {{length ids}}" } }\n',
  'calls/a.yaml':
    'calls: { a: { call: { callbackUri: "https://bot.contoso.com/cb", targets: [{ identity: { user: { id: adele } } }] } } }\n',
}

test('shows own and inherited variables, and which a call has to give', async () => {
  await withWorkspace(files, async ({ folder }) => {
    const { code, stdout } = await callctl(['explain', 'child'], { cwd: folder })
    assert.is(code, 0)
    assert.match(stdout, 'child  templates/child.yaml, extends base')
    assert.match(stdout, 'code  string, secret, may be left out')
    assert.match(stdout, 'size  1 | 2, 2 when left out')
    assert.match(stdout, 'ids  list of string, uuid, needed')
    assert.match(stdout, 'subject  string, "Hi" when left out')
  })
})

test('is JSON on request', async () => {
  await withWorkspace(files, async ({ folder }) => {
    const { stdout } = await callctl(['explain', 'base', '--json'], { cwd: folder })
    const { formatVersion, name, variables } = JSON.parse(stdout)
    assert.equal([formatVersion, name, variables.length], [1, 'base', 2])
  })
})

test('a call comes before a template of the same name', async () => {
  const twins = { ...files, 'templates/a.yaml': files['templates/base.yaml'] }
  await withWorkspace(twins, async ({ folder }) => {
    const { stdout } = await callctl(['explain', 'a'], { cwd: folder })
    assert.match(stdout, 'POST /v1.0/communications/calls')
  })
})

test('a name that is neither is refused', async () => {
  await withWorkspace(files, async ({ folder }) => {
    const { code, stderr } = await callctl(['explain', 'nope'], { cwd: folder })
    assert.is(code, 3)
    assert.match(stderr, 'no call, no template and no helper')
  })
})

test('templates that extend one another end', async () => {
  const circle = { ...files, 'templates/base.yaml': 'extends: child\ncall: {}\n' }
  await withWorkspace(circle, async ({ folder }) => {
    const { code, stderr } = await callctl(['explain', 'child'], { cwd: folder })
    assert.is(code, 4)
    assert.match(stderr, 'template/cycle')
  })
})

test.run()
