import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { callctl } from '../../helpers/callctl.js'
import { withWorkspace } from '../../helpers/callctl-workspace.js'

const test = suite('template')

const names = readdirSync('templates')
  .filter((name) => name.endsWith('.yaml') && !name.endsWith('.test.yaml'))
  .map((name) => name.replace('.yaml', ''))
const settings = { 'callctl.yaml': 'version: 1\n' }

test('the list names each, whole within 80 columns, and show prints it as the package has it', () =>
  withWorkspace({}, async ({ folder }) => {
    const { code, stdout } = await callctl(['template', 'list'], { cwd: folder })
    assert.is(code, 0)
    const listed = stdout.split('\n\n')[0]!.split('\n')
    const heads = listed.filter((line) => !line.startsWith('    '))
    assert.equal(heads.map((line) => line.trim().split(' ')[0]).sort(), [...names].sort())
    assert.ok(
      listed.every((line) => line.length <= 80),
      stdout,
    )
    for (const name of names) {
      const shown = await callctl(['template', 'show', name], { cwd: folder })
      assert.is(shown.stdout, readFileSync(join('templates', `${name}.yaml`), 'utf8'))
    }
  }))

for (const name of names.filter((each) => each !== 'join'))
  test(`init --template ${name}: valid, formatted, its tests hold, and it applies on the simulator`, () =>
    withWorkspace({}, async ({ folder }) => {
      const run = (...words: string[]) => callctl(words, { cwd: folder })
      assert.is((await run('init', '--template', name)).code, 0)
      const valid = await run('validate', '--strict')
      assert.is(valid.stdout, 'valid: 1 call\n', valid.stderr)
      assert.is((await run('fmt', '--check')).code, 0)
      if (existsSync(join(folder, 'templates', `${name}.test.yaml`))) assert.is((await run('test')).code, 0)
      assert.match((await run('apply', '--simulator', '--yes')).stdout, '1 call: 1 placed.')
    }))

test('shipped tests hold where settings say otherwise', () => {
  const files = {
    'callctl.yaml': `version: 1
defaults: { callbackUri: "https://other.example.com/cb", tenantId: 11111111-2222-4333-8444-555555555555, subject: Other }
`,
    'calls/none.yaml': 'calls: {}\n',
  }
  return withWorkspace(files, async ({ folder }) => {
    const run = (...words: string[]) => callctl(words, { cwd: folder })
    await run('template', 'add', ...names)
    const { code, stdout, stderr } = await run('test')
    assert.is(code, 0, stdout + stderr)
  })
})

test('add brings what a template extends, and overwrites nothing', () =>
  withWorkspace({ ...settings, 'templates/join.yaml': 'call: {}\n' }, async ({ folder, read }) => {
    const { code, stdout } = await callctl(['template', 'add', 'join-by-link'], { cwd: folder })
    assert.is(code, 0)
    assert.match(stdout, /^wrote {4}templates\/join-by-link\.yaml$/m)
    assert.match(stdout, /^kept {5}templates\/join\.yaml, which is another one$/m)
    assert.is(read('templates/join.yaml'), 'call: {}\n')
    const again = await callctl(['template', 'add', 'join-by-link'], { cwd: folder })
    assert.match(again.stdout, /^kept {5}templates\/join-by-link\.yaml$/m)
  }))

test('from a folder inside, it goes to the workspace’s own templates/', () =>
  withWorkspace({ ...settings, 'calls/deep/a.yaml': 'calls: {}\n' }, async ({ folder }) => {
    assert.is((await callctl(['template', 'add', 'p2p-voip'], { cwd: join(folder, 'calls/deep') })).code, 0)
    assert.ok(existsSync(join(folder, 'templates/p2p-voip.yaml')))
  }))

for (const [what, link, target] of [
  ['the folder', 'templates', 'elsewhere'],
  ['the file', 'templates/p2p-voip.yaml', '../elsewhere/x.yaml'],
] as const)
  test(`nothing is written where ${what} is a link`, () =>
    withWorkspace({ ...settings, 'elsewhere/a': '', 'templates/x': '' }, async ({ folder, remove }) => {
      if (link === 'templates') remove('templates')
      symlinkSync(target, join(folder, link))
      assert.is((await callctl(['template', 'add', 'p2p-voip'], { cwd: folder })).code, 3)
      assert.equal(readdirSync(join(folder, 'elsewhere')), ['a'])
    }))

for (const words of [
  [],
  ['list', 'x'],
  ['show'],
  ['show', 'a', 'b'],
  ['show', 'p2p-viop'],
  ['show', '__proto__'],
  ['add'],
  ['add', 'p2p-voip', 'nobody'],
  ['remove', 'p2p-voip'],
])
  test(`refused, and nothing is written: template ${words.join(' ')}`, () =>
    withWorkspace(settings, async ({ folder }) => {
      assert.is((await callctl(['template', ...words], { cwd: folder })).code, 3)
      assert.not.ok(existsSync(join(folder, 'templates')))
    }))

for (const words of [
  ['template', 'add', 'p2p-voip'],
  ['init', '--template', 'join'],
  ['init', '--template', 'nobody'],
])
  test(`refused in an empty folder: ${words.join(' ')}`, () =>
    withWorkspace({}, async ({ folder }) => {
      assert.is((await callctl(words, { cwd: folder })).code, 3)
      assert.equal(readdirSync(folder), [])
    }))

test.run()
