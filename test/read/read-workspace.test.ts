import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compile } from '../../src/compile/compile.js'
import { hasErrors } from '../../src/model/diagnostics/diagnostic.js'
import { UsageError } from '../../src/model/errors.js'
import type { Source } from '../../src/model/language/source.js'
import type { Workspace } from '../../src/model/language/workspace.js'
import { findWorkspaceRoot, readWorkspace } from '../../src/read/read-workspace.js'
import { inFolder } from './folder.js'

const pathsOf = (sources: readonly Source[]) => sources.map(({ path }) => path)
const problemsOf = ({ diagnostics }: Workspace) => diagnostics.map(({ code, range }) => [code, range?.source])
const isUsage = (error: unknown) => error instanceof UsageError
const calls = 'calls: {}\n'

const root = suite('findWorkspaceRoot')

root('is the folder that holds callctl.yaml', () =>
  inFolder({ 'callctl.yaml': '' }, (folder) => assert.is(findWorkspaceRoot(folder), folder)),
)
root('is found upward', () =>
  inFolder({ 'callctl.yaml': '', 'calls/deep/a.yaml': calls }, (folder) =>
    assert.is(findWorkspaceRoot(join(folder, 'calls', 'deep')), folder),
  ),
)
root('is the nearest one', () =>
  inFolder({ 'callctl.yaml': '', 'inner/callctl.yaml': '' }, (folder) =>
    assert.is(findWorkspaceRoot(join(folder, 'inner')), join(folder, 'inner')),
  ),
)
root('without callctl.yaml is the current folder', () =>
  inFolder({ 'calls/a.yaml': calls }, (folder) => assert.is(findWorkspaceRoot(folder), folder)),
)
root('is a real path', () =>
  inFolder({ 'real/callctl.yaml': '' }, (folder) => {
    symlinkSync(join(folder, 'real'), join(folder, 'link'))
    assert.is(findWorkspaceRoot(join(folder, 'link')), join(folder, 'real'))
  }),
)

const read = suite('readWorkspace')

const files = {
  'callctl.yaml': 'version: 1\n',
  'templates/b.yaml': 'call: {}\n',
  'templates/a.yaml': 'call: {}\n',
  'calls/z.yaml': calls,
  'calls/sub/a.yaml': calls,
  'other/o.yaml': calls,
}

read('reads settings, templates and all of calls/, sorted', () =>
  inFolder(files, (folder) => {
    const workspace = readWorkspace(folder, [])
    assert.is(workspace.root, folder)
    assert.equal(workspace.settings, { path: 'callctl.yaml', text: 'version: 1\n' })
    assert.equal(pathsOf(workspace.templates), ['templates/a.yaml', 'templates/b.yaml'])
    assert.equal(pathsOf(workspace.calls), ['calls/sub/a.yaml', 'calls/z.yaml'])
    assert.equal([...workspace.selected], ['calls/sub/a.yaml', 'calls/z.yaml'])
    assert.equal(workspace.diagnostics, [])
  }),
)
read('tests beside definitions and templates are neither', () =>
  inFolder({ ...files, 'calls/z.test.yaml': '', 'templates/a.test.yaml': '' }, (folder) => {
    const { templates, calls, selected } = readWorkspace(folder, [])
    assert.equal(pathsOf(templates), ['templates/a.yaml', 'templates/b.yaml'])
    assert.equal(pathsOf(calls), ['calls/sub/a.yaml', 'calls/z.yaml'])
    assert.equal([...selected], ['calls/sub/a.yaml', 'calls/z.yaml'])
    assert.throws(() => readWorkspace(folder, ['calls/z.test.yaml']), isUsage)
  }),
)
read('a named file is selected, the others are read too', () =>
  inFolder(files, (folder) => {
    const workspace = readWorkspace(folder, ['calls/z.yaml'])
    assert.equal([...workspace.selected], ['calls/z.yaml'])
    assert.equal(pathsOf(workspace.calls), ['calls/sub/a.yaml', 'calls/z.yaml'])
    assert.equal(workspace.paths, [{ text: 'calls/z.yaml', sources: ['calls/z.yaml'] }])
  }),
)
read('a named folder selects what is in it', () =>
  inFolder(files, (folder) =>
    assert.equal([...readWorkspace(folder, ['calls/sub/']).selected], ['calls/sub/a.yaml']),
  ),
)
read('a file outside calls/ can be named', () =>
  inFolder(files, (folder) => {
    const workspace = readWorkspace(folder, ['other/o.yaml'])
    assert.equal([...workspace.selected], ['other/o.yaml'])
    assert.equal(pathsOf(workspace.calls), ['calls/sub/a.yaml', 'calls/z.yaml', 'other/o.yaml'])
  }),
)
read('names are relative to the current folder', () =>
  inFolder(files, (folder) => {
    const workspace = readWorkspace(join(folder, 'calls', 'sub'), ['a.yaml', '../z.yaml'])
    assert.equal([...workspace.selected], ['calls/sub/a.yaml', 'calls/z.yaml'])
  }),
)
read('without callctl.yaml there are no settings', () =>
  inFolder({ 'calls/a.yaml': calls }, (folder) => assert.is(readWorkspace(folder, []).settings, undefined)),
)
read('templates in folders are not read', () =>
  inFolder({ ...files, 'templates/sub/c.yaml': 'call: {}\n' }, (folder) =>
    assert.equal(pathsOf(readWorkspace(folder, []).templates), ['templates/a.yaml', 'templates/b.yaml']),
  ),
)
read('hidden folders, hidden files and node_modules are skipped', () =>
  inFolder(
    {
      ...files,
      'calls/.git/x.yaml': calls,
      'calls/.x.yaml': calls,
      'calls/node_modules/m/x.yaml': calls,
      'calls/notes.txt': 'x',
    },
    (folder) => assert.equal(pathsOf(readWorkspace(folder, []).calls), ['calls/sub/a.yaml', 'calls/z.yaml']),
  ),
)
read('a BOM and CRLF are read as they stand, and compile', () =>
  inFolder(
    {
      'calls/a.yaml':
        '\ufeffcalls:\r\n  a:\r\n    call:\r\n      callbackUri: https://b.example\r\n      targets: [{ identity: { user: { id: x } } }]\r\n',
    },
    (folder) => {
      const workspace = readWorkspace(folder, [])
      assert.ok(workspace.calls[0]?.text.startsWith('\ufeffcalls:\r\n'))
      const { payloads, diagnostics } = compile(workspace, { environment: {}, assignments: [] })
      assert.not.ok(hasErrors(diagnostics))
      assert.is(payloads[0]?.call['callbackUri'], 'https://b.example')
    },
  ),
)

const refused = suite('what is refused')

refused('no calls/ and nothing named', () =>
  inFolder({ 'callctl.yaml': '' }, (folder) => assert.throws(() => readWorkspace(folder, []), isUsage)),
)
refused('a missing file', () =>
  inFolder(files, (folder) => assert.throws(() => readWorkspace(folder, ['calls/nope.yaml']), isUsage)),
)
refused('a path through a file', () =>
  inFolder(files, (folder) => assert.throws(() => readWorkspace(folder, ['calls/z.yaml/a']), isUsage)),
)
refused('a path outside', () =>
  inFolder({ 'w/callctl.yaml': '', 'w/calls/a.yaml': calls, 'o.yaml': calls }, (folder) =>
    assert.throws(() => readWorkspace(join(folder, 'w'), ['../o.yaml']), isUsage),
  ),
)
refused('a folder whose name begins like the workspace’s', () =>
  inFolder({ 'w/callctl.yaml': '', 'w/calls/a.yaml': calls, 'w2/o.yaml': calls }, (folder) =>
    assert.throws(() => readWorkspace(join(folder, 'w'), ['../w2/o.yaml']), isUsage),
  ),
)
refused('a link that is named and leads outside', () =>
  inFolder({ 'w/callctl.yaml': '', 'w/calls/a.yaml': calls, 'o.yaml': calls }, (folder) => {
    symlinkSync(join(folder, 'o.yaml'), join(folder, 'w', 'calls', 'l.yaml'))
    assert.throws(() => readWorkspace(join(folder, 'w'), ['calls/l.yaml']), isUsage)
  }),
)
refused('a file that is no .yaml', () =>
  inFolder({ ...files, 'x.txt': '' }, (folder) =>
    assert.throws(() => readWorkspace(folder, ['x.txt']), isUsage),
  ),
)
refused('a .yml file, with a warning', () =>
  inFolder({ ...files, 'calls/y.yml': calls }, (folder) => {
    const workspace = readWorkspace(folder, [])
    assert.equal(problemsOf(workspace), [['file/extension', 'calls/y.yml']])
    assert.is(workspace.diagnostics[0]?.severity, 'warning')
    assert.ok(workspace.diagnostics[0]?.hint)
  }),
)
for (const path of ['calls/A.YAML', 'calls/b.json', 'calls/c.Yml', 'templates/t.yml', 'calls/d.yaml.txt'])
  refused(`${path}, with a warning`, () =>
    inFolder({ ...files, [path]: calls }, (folder) =>
      assert.equal(problemsOf(readWorkspace(folder, [])), [['file/extension', path]]),
    ),
  )
for (const name of [
  ...['callctl.yml', '.callctl.yaml', 'Callctl.yaml', 'CALLCTL.YML', '.callctl.yml', 'callctl.json'],
  ...['callctl.yaml.txt', 'callctl.config.yaml'],
])
  refused(`settings that are called ${name}`, () => {
    inFolder({ 'calls/a.yaml': calls, [name]: 'limits: { people: 1 }\n' }, (folder) => {
      assert.throws(() => readWorkspace(folder, []), isUsage)
      assert.throws(() => readWorkspace(join(folder, 'calls'), ['a.yaml']), isUsage)
    })
    inFolder({ ...files, [name]: 'limits: { people: 1 }\n' }, (folder) =>
      assert.throws(() => readWorkspace(folder, []), isUsage),
    )
  })
refused('no file of another thing that is near', () =>
  inFolder({ ...files, 'callctl.md': '', 'callctl.yaml.bak': '', 'my-callctl.yml': '' }, (folder) =>
    assert.equal(problemsOf(readWorkspace(folder, [])), []),
  ),
)
refused('a link to a file outside', () =>
  inFolder({ 'w/callctl.yaml': '', 'w/calls/a.yaml': calls, 'secret.yaml': calls }, (folder) => {
    symlinkSync('../../secret.yaml', join(folder, 'w', 'calls', 'l.yaml'))
    const workspace = readWorkspace(join(folder, 'w'), [])
    assert.equal(problemsOf(workspace), [['file/unreadable', 'calls/l.yaml']])
    assert.equal(pathsOf(workspace.calls), ['calls/a.yaml'])
  }),
)
refused('callctl.yaml that links outside', () =>
  inFolder({ 'secret.yaml': '', 'w/calls/a.yaml': calls }, (folder) => {
    symlinkSync('../secret.yaml', join(folder, 'w', 'callctl.yaml'))
    assert.equal(problemsOf(readWorkspace(join(folder, 'w'), [])), [['file/unreadable', 'callctl.yaml']])
  }),
)
refused('templates/ that links outside', () =>
  inFolder({ 'o/t.yaml': 'call: {}', 'w/calls/a.yaml': calls }, (folder) => {
    symlinkSync('../o', join(folder, 'w', 'templates'))
    const workspace = readWorkspace(join(folder, 'w'), [])
    assert.equal(workspace.templates, [])
    assert.equal(problemsOf(workspace), [['file/unreadable', 'templates']])
  }),
)
refused('a folder that links outside', () =>
  inFolder({ 'o/x.yaml': calls, 'w/calls/a.yaml': calls }, (folder) => {
    symlinkSync('../../o', join(folder, 'w', 'calls', 'link'))
    assert.equal(pathsOf(readWorkspace(join(folder, 'w'), []).calls), ['calls/a.yaml'])
  }),
)
refused('a link that leads nowhere', () =>
  inFolder(files, (folder) => {
    symlinkSync('nowhere', join(folder, 'calls', 'l.yaml'))
    assert.equal(problemsOf(readWorkspace(folder, [])), [['file/unreadable', 'calls/l.yaml']])
  }),
)
refused('a pipe, without waiting for it', () =>
  inFolder(files, (folder) => {
    execFileSync('mkfifo', [join(folder, 'calls', 'p.yaml')])
    assert.equal(problemsOf(readWorkspace(folder, [])), [['file/unreadable', 'calls/p.yaml']])
    assert.equal(problemsOf(readWorkspace(folder, ['calls/p.yaml'])), [['file/unreadable', 'calls/p.yaml']])
  }),
)
refused('calls/ that is a file', () =>
  inFolder({ 'callctl.yaml': '', calls: 'x' }, (folder) => {
    assert.equal(problemsOf(readWorkspace(folder, [])), [['file/unreadable', 'calls']])
  }),
)
refused('a file that nobody may read', () =>
  inFolder({ ...files, 'calls/x.yaml': calls }, (folder) => {
    chmodSync(join(folder, 'calls', 'x.yaml'), 0)
    const expected = process.getuid?.() === 0 ? [] : [['file/unreadable', 'calls/x.yaml']]
    assert.equal(problemsOf(readWorkspace(folder, [])), expected)
  }),
)
refused('a folder named like a file is a folder', () =>
  inFolder(files, (folder) => {
    mkdirSync(join(folder, 'calls', 'd.yaml'))
    assert.equal(problemsOf(readWorkspace(folder, [])), [])
  }),
)

const links = suite('links inside the workspace')

links('to a folder are walked', () =>
  inFolder(files, (folder) => {
    symlinkSync('../other', join(folder, 'calls', 'linked'))
    assert.equal(pathsOf(readWorkspace(folder, []).calls), [
      'calls/linked/o.yaml',
      'calls/sub/a.yaml',
      'calls/z.yaml',
    ])
  }),
)
links('in a circle end, and give no file twice', () =>
  inFolder(files, (folder) => {
    for (const name of ['l1', 'l2', 'l3']) symlinkSync('..', join(folder, 'calls', 'sub', name))
    assert.equal(pathsOf(readWorkspace(folder, []).calls), ['calls/sub/a.yaml', 'calls/z.yaml'])
  }),
)

for (const [name, target, path] of [
  ['.git/config', '../.git/config', 'calls/l.yaml'],
  ['.env', '../.env', 'calls/l.yaml'],
  ['a file in a hidden folder', '../.callctl/x.yaml', 'templates/l.yaml'],
] as const) {
  refused(`a definition or template that is a link to ${name}`, () =>
    inFolder({ ...files, '.git/config': calls, '.env': calls, '.callctl/x.yaml': calls }, (folder) => {
      symlinkSync(target, join(folder, path))
      assert.equal(problemsOf(readWorkspace(folder, [])), [['file/unreadable', path]])
    }),
  )
}
refused('definitions in a hidden folder that a link leads to', () =>
  inFolder({ ...files, '.git/x.yaml': calls }, (folder) => {
    symlinkSync('../.git', join(folder, 'calls', 'linked'))
    assert.equal(pathsOf(readWorkspace(folder, []).calls), ['calls/sub/a.yaml', 'calls/z.yaml'])
  }),
)
for (const [name, target, path] of [
  ['.git/config', '../.git/config', 'data/l.csv'],
  ['.env', '../.env', 'data/l.csv'],
  ['an ordinary file of the workspace', '../calls/z.yaml', 'data/l.csv'],
  ['a folder of the workspace', '../data', 'other/data'],
  ['a file outside', '/etc/passwd', 'data/l.csv'],
] as const) {
  refused(`a list of data behind a link to ${name}`, () =>
    inFolder({ ...files, '.git/config': 'a\n', '.env': 'a\n', 'data/d.csv': 'a\n' }, (folder) => {
      symlinkSync(target, join(folder, path))
      const found = readWorkspace(folder, []).openFile(path === 'other/data' ? 'other/data/d.csv' : path)
      assert.is('code' in found && found.code, 'file/unreadable')
    }),
  )
}

root.run()
read.run()
refused.run()
links.run()
