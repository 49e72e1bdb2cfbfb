import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { callctl } from '../../helpers/callctl.js'
import { withWorkspace } from '../../helpers/callctl-workspace.js'

const test = suite('fmt')
const files = {
  'callctl.yaml': 'version:   1 # format\n',
  'templates/t.yaml': 'call: {}\n',
  'calls/a.yaml': 'calls:\n    a:   {call: { subject: "+1" }}\n',
}
const formatted = 'calls:\n  a: { call: { subject: "+1" } }\n'

test('it rewrites what is not formatted, and lists it', () =>
  withWorkspace(files, async ({ folder, read }) => {
    const { code, stdout } = await callctl(['fmt'], { cwd: folder })
    assert.is(code, 0)
    assert.is(stdout, 'callctl.yaml\ncalls/a.yaml\n')
    assert.is(read('callctl.yaml'), 'version: 1 # format\n')
    assert.is(read('calls/a.yaml'), formatted)
    assert.is((await callctl(['fmt'], { cwd: folder })).stdout, '')
  }))

test('--check lists, writes nothing, and fails', () =>
  withWorkspace(files, async ({ folder, read }) => {
    const { code, stdout } = await callctl(['fmt', '--check'], { cwd: folder })
    assert.is(code, 4)
    assert.is(stdout, 'callctl.yaml\ncalls/a.yaml\n')
    assert.is(read('calls/a.yaml'), files['calls/a.yaml'])
  }))

test('files that cost too much are left as they are, and the one that costs most is named', () =>
  withWorkspace(files, async ({ folder, read }) => {
    const environment = { CALLCTL_MAX_STEPS: '5000' }
    const { code, stdout, stderr } = await callctl(['fmt'], { cwd: folder, environment })
    assert.equal([code, stdout], [4, ''])
    assert.match(stderr, 'callctl.yaml')
    assert.is(read('callctl.yaml'), files['callctl.yaml'])
  }))

test('files can be named', () =>
  withWorkspace(files, async ({ folder, read }) => {
    assert.is((await callctl(['fmt', 'calls/a.yaml'], { cwd: folder })).stdout, 'calls/a.yaml\n')
    assert.is(read('callctl.yaml'), files['callctl.yaml'])
  }))

test('tests are laid out too, also alone', () =>
  withWorkspace({ ...files, 'calls/a.test.yaml': 'tests:  {}\n' }, async ({ folder, read }) => {
    const run = async (...words: readonly string[]) =>
      (await callctl(['fmt', ...words], { cwd: folder })).stdout
    assert.is(await run('calls/a.test.yaml'), 'calls/a.test.yaml\n')
    assert.is(read('calls/a.test.yaml'), 'tests: {}\n')
    assert.is(await run(), 'callctl.yaml\ncalls/a.yaml\n')
  }))

test('a file with errors is left alone and complained about; the others are formatted', () =>
  withWorkspace({ ...files, 'calls/b.yaml': 'calls:  {{x}}\n' }, async ({ folder, read }) => {
    const { code, stdout, stderr } = await callctl(['fmt'], { cwd: folder })
    assert.is(code, 4)
    assert.is(stdout, 'callctl.yaml\ncalls/a.yaml\n')
    assert.match(stderr, /yaml\/unquoted-expression/)
    assert.is(read('calls/b.yaml'), 'calls:  {{x}}\n')
  }))

test.run()
