// Lists on a real disk: what leads out of the workspace is not read.
import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compile } from '../../../src/compile/compile.js'
import { readWorkspace } from '../../../src/read/read-workspace.js'
import { at, noValues } from '../../helpers/workspace.js'
import { inFolder } from '../../read/folder.js'

const test = suite('data on disk')

const definitions = `data: { l: { file: ../data/l.csv } }
calls: { "n-{{p.id}}": { forEach: "{{l}}", as: p, call: { callbackUri: https://bot.example/cb, targets: [{ identity: { user: { id: "{{p.id}}" } } }] } } }
`
const files = {
  'outside/l.csv': 'id\nsecret\n',
  'inside/callctl.yaml': 'lints: { lint/no-media: off }\n',
  'inside/calls/a.yaml': definitions,
}

function compileIn(folder: string) {
  const { payloads, diagnostics } = compile(readWorkspace(join(folder, 'inside'), []), noValues)
  return {
    addresses: payloads.map(({ address }) => address),
    problems: diagnostics.map((each) => [each.code, at({ 'calls/a.yaml': definitions }, each).text]),
  }
}

const refused = { addresses: [], problems: [['file/unreadable', '../data/l.csv']] }

test('a list inside the workspace is read', () =>
  inFolder({ ...files, 'inside/data/l.csv': 'id\n1\n' }, (folder) =>
    assert.equal(compileIn(folder), { addresses: ['n-1'], problems: [] }),
  ))

test('a link is refused, even to a list of the workspace', () =>
  inFolder({ ...files, 'inside/data/real.csv': 'id\n2\n' }, (folder) => {
    symlinkSync('real.csv', join(folder, 'inside/data/l.csv'))
    assert.equal(compileIn(folder), refused)
  }))

test('a link out of the workspace is refused', () =>
  inFolder(files, (folder) => {
    mkdirSync(join(folder, 'inside/data'))
    symlinkSync('../../outside/l.csv', join(folder, 'inside/data/l.csv'))
    assert.equal(compileIn(folder), refused)
  }))

test('a folder that is a link out of the workspace is refused', () =>
  inFolder(files, (folder) => {
    symlinkSync('../outside', join(folder, 'inside/data'))
    assert.equal(compileIn(folder), refused)
  }))

test('a list that is not there, and one that is a folder, are refused', () =>
  inFolder(files, (folder) => {
    assert.equal(compileIn(folder), refused)
    mkdirSync(join(folder, 'inside/data/l.csv'), { recursive: true })
    assert.equal(compileIn(folder), refused)
  }))

test.run()
