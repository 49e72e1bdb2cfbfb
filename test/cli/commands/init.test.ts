import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { callctl } from '../../helpers/callctl.js'
import { withWorkspace } from '../../helpers/callctl-workspace.js'

const test = suite('init')

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
    assert.is(read('ops/calling/.gitignore'), 'node_modules/\n.callctl/\n')
  }))

test('it says which git command makes lockfiles merge', () =>
  withWorkspace({}, async ({ folder, read }) => {
    const { stdout } = await callctl(['init'], { cwd: folder })
    assert.match(stdout, /git config merge\.callctl\.driver "npx callctl lock merge %O %A %B %P"/)
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
    assert.is(read('.gitignore'), 'node_modules/\n.callctl/\n')
    assert.is(read('.gitattributes'), files['.gitattributes'])
    assert.is(read('templates/p2p-voip.yaml'), 'call: {}\n')
    assert.match(stdout, /^added to \.gitignore: \.callctl\/$/m)
    assert.match(stdout, /^kept {5}templates\/p2p-voip\.yaml$/m)
  })
})

test.run()
