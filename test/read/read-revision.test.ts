import { mkdirSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openCommit } from '../../src/git/committed-files.js'
import { findRepository } from '../../src/git/find-repository.js'
import type { Diagnostic } from '../../src/model/diagnostics/diagnostic.js'
import type { Workspace } from '../../src/model/language/workspace.js'
import type { CommittedFiles } from '../../src/model/tree.js'
import { type Revision, readRevision } from '../../src/read/read-revision.js'
import { readWorkingTree } from '../../src/read/read-workspace.js'
import { type RepositoryFiles, type TestRepository, withRepository } from '../helpers/repository.js'

const test = suite('read/read-revision')

const environment = { PATH: process.env['PATH'] }

function filesOf({ folder, git }: TestRepository, revision = 'HEAD'): CommittedFiles {
  return openCommit(findRepository(folder)!, git('rev-parse', revision), environment)
}

const readHead = (repository: TestRepository, folder = ''): Revision =>
  readRevision({
    files: filesOf(repository),
    folder,
    root: join(repository.folder, folder),
    cache: new Map(),
  })

/** Paths are relative to the workspace; codes of files that could not be read, with their path. */
const outline = ({ settings, templates, calls, diagnostics }: Workspace) => ({
  settings,
  templates,
  calls,
  // Of links in circles and the like, a commit says only that nothing is there.
  problems: diagnostics.map(({ code, message }) => `${code} ${message.replace(/ELOOP|ENOTDIR/, 'ENOENT')}`),
})

const pathsOf = (workspace: Workspace) => workspace.calls.map(({ path }) => path)
const codeOf = (found: object): string | undefined => (found as Diagnostic).code

const inRepository =
  (
    files: RepositoryFiles,
    work: (repository: TestRepository) => void,
    links: Readonly<Record<string, string>> = {},
  ) =>
  () =>
    withRepository({}, (repository) => {
      for (const [path, target] of Object.entries(links)) {
        mkdirSync(dirname(join(repository.folder, path)), { recursive: true })
        symlinkSync(target, join(repository.folder, path))
      }
      repository.commit(files)
      work(repository)
    })

const calls = 'calls: {}\n'

/** What a checkout reads, a commit reads: files, and complaints about them. */
const asOnDisk = (
  name: string,
  files: RepositoryFiles,
  { folder = '', links = {} }: { folder?: string; links?: Readonly<Record<string, string>> } = {},
): void => {
  test(
    `as on disk: ${name}`,
    inRepository(
      files,
      (repository) => {
        const disk = readWorkingTree(join(repository.folder, folder))
        const revision = readHead(repository, folder)
        assert.equal(outline(revision.workspace), outline(disk.workspace))
        assert.equal(revision.workspace.selected, disk.workspace.selected)
        assert.equal(revision.workspace.paths, disk.workspace.paths)
        assert.is(revision.hasCalls, disk.hasCalls)
      },
      links,
    ),
  )
}

asOnDisk('settings, templates and definitions', {
  'callctl.yaml': 'version: 1\n',
  'templates/a.yaml': 'call: {}\n',
  'templates/deep/b.yaml': 'call: {}\n',
  'calls/z.yaml': calls,
  'calls/sub/deep/a.yaml': calls,
  'other/o.yaml': calls,
})
asOnDisk(
  'a workspace below the top',
  {
    'callctl.yaml': '',
    'calls/x.yaml': calls,
    'a/b/callctl.yaml': 'version: 1\n',
    'a/b/calls/a.yaml': calls,
  },
  { folder: 'a/b' },
)
asOnDisk('neither calls/ nor templates/', { 'callctl.yaml': 'version: 1\n' })
asOnDisk('.yml, hidden files and folders, tests, node_modules', {
  'callctl.yaml': '',
  'calls/a.yml': calls,
  'calls/.hidden.yaml': calls,
  'calls/.git-ish/a.yaml': calls,
  'calls/node_modules/a.yaml': calls,
  'calls/a.test.yaml': 'tests: []\n',
  'calls/text.txt': 'text',
  'templates/b.yml': calls,
})
asOnDisk('CRLF, a byte-order mark, LFS pointers, bytes that are no UTF-8, nothing', {
  'callctl.yaml': '\ufeffversion: 1\r\n',
  'calls/crlf.yaml': 'calls: {}\r\n',
  'calls/empty.yaml': '',
  'calls/latin.yaml': Buffer.from([0x61, 0xe9, 0x0a]),
  'calls/lfs.yaml': 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n',
})
asOnDisk('a file that is too large', {
  'callctl.yaml': '',
  'calls/a.yaml': '#'.repeat(8 * 1024 * 1024 + 1),
  'calls/b.yaml': calls,
})
asOnDisk('names with blanks, quotes and other letters', {
  'callctl.yaml': '',
  'calls/a b.yaml': calls,
  'calls/"q".yaml': calls,
  "calls/it's.yaml": calls,
  'calls/ümlaut.yaml': calls,
  'calls/new\nline.yaml': calls,
  'calls/*.yaml': calls,
})
asOnDisk(
  'links to files and folders inside',
  { 'callctl.yaml': '', 'shared/a.yaml': calls, 'shared/deep/b.yaml': calls, 'calls/own.yaml': calls },
  {
    links: {
      'calls/file.yaml': '../shared/a.yaml',
      'calls/folder': '../shared',
      templates: 'shared',
      'calls/again': 'folder/deep',
    },
  },
)
asOnDisk(
  'links that lead out, into circles, or nowhere',
  { 'callctl.yaml': '', 'calls/a.yaml': calls, 'x/y/z.yaml': calls },
  {
    links: {
      'calls/out.yaml': '/etc/hostname',
      'calls/etc': '/etc',
      'calls/up.yaml': '../../../../../../etc/hostname',
      'calls/self.yaml': 'self.yaml',
      'calls/ping.yaml': 'pong.yaml',
      'calls/pong.yaml': 'ping.yaml',
      'calls/here': '.',
      'calls/top': '..',
      'calls/none.yaml': 'nothing.yaml',
      'calls/folder.yaml': '../x',
      'calls/through.yaml': '../x/y/z.yaml/more',
      'templates/t.yaml': '../calls/../x/./y//z.yaml',
    },
  },
)
asOnDisk(
  'links in a workspace below the top',
  {
    'callctl.yaml': '',
    'secret.yaml': calls,
    'a/callctl.yaml': '',
    'a/calls/a.yaml': calls,
    'a/data/d.yaml': calls,
  },
  {
    folder: 'a',
    links: {
      'a/calls/out.yaml': '../../secret.yaml',
      'a/calls/back.yaml': '../../a/data/d.yaml',
      'a/calls/aside': '../../calls',
    },
  },
)

test(
  'data is read when it is opened, and only from the commit',
  inRepository({ 'calls/a.yaml': calls, 'data/people.csv': 'id\n1\n' }, (repository) => {
    repository.write('data/people.csv', 'changed on disk')
    repository.write('data/new.csv', 'not committed')
    const { workspace } = readHead(repository)
    assert.equal(workspace.openFile('data/people.csv'), { path: 'data/people.csv', text: 'id\n1\n' })
    for (const path of ['data/new.csv', 'data', '../x', '/etc/hostname', 'data/../../../etc/hostname', ''])
      assert.is(codeOf(workspace.openFile(path)), 'file/unreadable', path)
  }),
)

test(
  'a submodule is not entered',
  inRepository({ 'calls/a.yaml': calls }, (repository) => {
    const { git, folder } = repository
    git('update-index', '--add', '--cacheinfo', `160000,${git('rev-parse', 'HEAD')},calls/module`)
    git('update-index', '--add', '--cacheinfo', `160000,${git('rev-parse', 'HEAD')},calls/module.yaml`)
    git('commit', '-q', '-m', 'module')
    const { workspace } = readRevision({
      files: filesOf(repository),
      folder: '',
      root: folder,
      cache: new Map(),
    })
    assert.equal(pathsOf(workspace), ['calls/a.yaml'])
    assert.equal(workspace.diagnostics, [])
  }),
)

asOnDisk(
  'definitions behind links to hidden files',
  { 'callctl.yaml': '', 'calls/a.yaml': calls, '.hidden.yaml': calls, '.hidden/b.yaml': calls },
  { links: { 'calls/l.yaml': '../.hidden.yaml', 'calls/linked': '../.hidden' } },
)

test(
  'no list of data is behind a link',
  inRepository(
    { 'calls/a.yaml': calls, 'data/d.csv': 'a\n', '.env': 'a\n' },
    (repository) => {
      const { workspace } = readHead(repository)
      assert.ok('text' in workspace.openFile('data/d.csv'))
      for (const path of ['data/l.csv', 'data/e.csv', 'lists/d.csv'])
        assert.is(codeOf(workspace.openFile(path)), 'file/unreadable', path)
    },
    { 'data/l.csv': 'd.csv', 'data/e.csv': '../.env', lists: 'data' },
  ),
)

test(
  'callctl’s own file is no link',
  inRepository(
    { 'calls/a.yaml': calls, 'real.json': '{}', 'own.json': '{}' },
    (repository) => {
      const revision = readHead(repository)
      assert.equal(revision.readOwn('own.json', 10), { path: 'own.json', text: '{}' })
      assert.is(codeOf(revision.readOwn('own.json', 1)!), 'file/too-large')
      assert.is(codeOf(revision.readOwn('link.json', 10)!), 'file/unreadable')
      assert.is(revision.readOwn('none.json', 10), undefined)
    },
    { 'link.json': 'real.json' },
  ),
)

test('each content is read once, in one go, however many revisions have it', () =>
  withRepository(
    { 'callctl.yaml': '', 'calls/a.yaml': calls, 'calls/b.yaml': 'calls: {} # b\n' },
    (repository) => {
      repository.commit({ 'calls/c.yaml': 'calls: {} # c\n' })
      const rounds: (readonly string[])[] = []
      const counted = (files: CommittedFiles): CommittedFiles => ({
        list: files.list,
        read(ids) {
          rounds.push(ids)
          return files.read(ids)
        },
      })
      const cache = new Map()
      for (const revision of ['HEAD~1', 'HEAD']) {
        readRevision({
          files: counted(filesOf(repository, revision)),
          folder: '',
          root: repository.folder,
          cache,
        })
      }
      assert.equal(
        rounds.map((ids) => ids.length),
        [3, 1],
      )
    },
  ))

const name = fc.constantFrom(
  'a.yaml',
  'b.yaml',
  'c.yml',
  'd.test.yaml',
  '.e.yaml',
  'sub',
  'node_modules',
  'x y.yaml',
)
const path = fc
  .tuple(
    fc.constantFrom('calls', 'templates', 'data', 'calls/deep'),
    fc.array(name, { minLength: 1, maxLength: 3 }),
  )
  .map(([top, names]) => [top, ...names].join('/'))
const content = fc.oneof(
  fc.constantFrom(calls, '', 'a\r\nb\n', '\ufeffx'),
  fc.uint8Array({ maxLength: 6 }).map((bytes) => Buffer.from(bytes)),
)

test('a commit reads as its checkout does', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(path, content), { maxLength: 12 }), async (entries) => {
      const files = Object.fromEntries(
        entries.filter(
          ([one], index) => !entries.some(([other], at) => at !== index && conflicts(one, other)),
        ),
      )
      await withRepository({ 'callctl.yaml': 'version: 1\n', ...files }, (repository) => {
        const disk = readWorkingTree(repository.folder)
        assert.equal(outline(readHead(repository).workspace), outline(disk.workspace))
      })
    }),
    { numRuns: 25, seed: 5 },
  )
})

/** One is a file where the other needs a folder. */
const conflicts = (one: string, other: string): boolean =>
  one === other || one.startsWith(`${other}/`) || other.startsWith(`${one}/`)

test.run()
