import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { callctl } from '../../helpers/callctl.js'
import { withWorkspace } from '../../helpers/callctl-workspace.js'

const test = suite('init')
const ignored = 'node_modules/\n.callctl/\nplan.json\n*.plan.json\n.env\n'

test('it makes a workspace that is valid, formatted, and applies on the simulator at once', () =>
  withWorkspace({}, async ({ folder }) => {
    const run = (...words: string[]) => callctl(words, { cwd: folder })
    assert.is((await run('init')).code, 0)
    assert.is((await run('validate', '--strict')).stdout, 'valid: 1 call\n')
    assert.is((await run('fmt', '--check')).code, 0)
    assert.match((await run('plan')).stdout, /^1 call would ring 1 person/)
    assert.match((await run('apply', '--simulator', '--yes')).stdout, /1 call: 1 placed\./)
  }))

test('every modeline leads to a schema', () =>
  withWorkspace({}, async ({ folder, read }) => {
    await callctl(['init'], { cwd: folder })
    for (const path of ['callctl.yaml', 'templates/p2p-voip.yaml', 'calls/example.yaml']) {
      const [, schema] = /^# yaml-language-server: \$schema=(.+)\n/.exec(read(path)) ?? []
      assert.ok(existsSync(join(folder, path, '..', schema!)), path)
    }
  }))

test('a folder can be named, and is made', () =>
  withWorkspace({}, async ({ folder, read }) => {
    const { code, stdout } = await callctl(['init', 'ops/calling'], { cwd: folder })
    assert.is(code, 0)
    assert.match(stdout, /\n {2}cd ops\/calling\n/)
    assert.is(read('ops/calling/.gitignore'), ignored)
  }))

test('it says which git command makes lockfiles merge', () =>
  withWorkspace({}, async ({ folder, read }) => {
    const { stdout } = await callctl(['init'], { cwd: folder })
    assert.match(stdout, /git config merge\.callctl\.driver "npx --no callctl lock merge %O %A %B %P"/)
    assert.is(read('.gitattributes'), 'calls*.lock.json merge=callctl\n')
  }))

test('a workspace is left as it is', () =>
  withWorkspace({ 'callctl.yaml': 'version: 1\n' }, async ({ folder, read }) => {
    const { code, stderr } = await callctl(['init'], { cwd: folder })
    assert.is(code, 3)
    assert.match(stderr, /is a workspace already/)
    assert.is(read('callctl.yaml'), 'version: 1\n')
    assert.not.ok(existsSync(join(folder, '.gitignore')))
  }))

test('files that are there stay, and lines are added only where they lack', () => {
  const files = {
    '.gitignore': 'node_modules/',
    '.gitattributes': 'calls*.lock.json merge=callctl\n',
    'templates/p2p-voip.yaml': 'call: {}\n',
  }
  return withWorkspace(files, async ({ folder, read }) => {
    const { stdout } = await callctl(['init'], { cwd: folder })
    assert.is(read('.gitignore'), ignored)
    assert.is(read('.gitattributes'), files['.gitattributes'])
    assert.is(read('templates/p2p-voip.yaml'), 'call: {}\n')
    assert.match(stdout, /^added to \.gitignore: \.callctl\/, /m)
    assert.match(stdout, /^kept {5}templates\/p2p-voip\.yaml$/m)
  })
})

for (const line of ['/node_modules', 'node_modules'])
  test(`${line} is not ignored a second time`, () =>
    withWorkspace({ '.gitignore': `${line}\n` }, async ({ folder, read }) => {
      await callctl(['init'], { cwd: folder })
      assert.is(read('.gitignore').match(/node_modules/g)?.length, 1)
    }))

test('where callctl is installed, npx finds it; elsewhere npx is to fetch nothing', () =>
  withWorkspace({}, async ({ folder, write }) => {
    const first = await callctl(['init', 'a'], { cwd: folder, environment: { PATH: '' } })
    assert.match(first.stdout, '  npx --no callctl plan ')
    assert.match(first.stdout, 'npm install --save-dev')
    write('node_modules/callctl/package.json', '{}')
    const second = await callctl(['init', 'b/c'], { cwd: folder, environment: { PATH: '' } })
    assert.match(second.stdout, '  npx callctl plan ')
    assert.not.match(second.stdout, 'npm install')
  }))

test('on the PATH it is called by its name, but not where npx has put it for this once', () =>
  withWorkspace({ 'bin/callctl': '', '_npx/1/node_modules/.bin/callctl': '' }, async ({ folder }) => {
    const PATH = `${folder}/_npx/1/node_modules/.bin`
    const first = await callctl(['init', 'a'], { cwd: folder, environment: { PATH } })
    assert.match(first.stdout, '  npx --no callctl plan ')
    const second = await callctl(['init', 'b'], {
      cwd: folder,
      environment: { PATH: `${PATH}:${folder}/bin` },
    })
    assert.match(second.stdout, '\n  callctl plan ')
  }))

test.run()
