import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openCommit } from '../../src/git/committed-files.js'
import { findRepository } from '../../src/git/find-repository.js'
import { UsageError } from '../../src/model/errors.js'
import { type RepositoryFiles, type TestRepository, withRepository } from '../helpers/repository.js'

const test = suite('git/committed-files')

const environment = { PATH: process.env['PATH'] }
const open = ({ folder, git }: TestRepository, name = 'HEAD') =>
  openCommit(findRepository(folder)!, git('rev-parse', name), environment)

const inRepository = (files: RepositoryFiles, work: (repository: TestRepository) => void) => () =>
  withRepository(files, work)

test(
  'lists what lies at and beneath paths, with sizes',
  inRepository({ 'a/b/c.txt': 'three', 'a/d': '', 'e.txt': 'e', f: 'f' }, (repository) => {
    const found = open(repository).list(['a', 'e.txt', 'nothing'])
    assert.equal(
      found.map(({ path, kind, size }) => [path, kind, size]),
      [
        ['a/b/c.txt', 'file', 5],
        ['a/d', 'file', 0],
        ['e.txt', 'file', 1],
      ],
    )
  }),
)

test(
  'paths are names and no patterns',
  inRepository({ 'a.yaml': 'a', '*.yaml': 'star', ':(top)x': 'magic' }, (repository) => {
    const names = (path: string) =>
      open(repository)
        .list([path])
        .map((each) => each.path)
    assert.equal(names('*.yaml'), ['*.yaml'])
    assert.equal(names(':(top)x'), [':(top)x'])
  }),
)

test(
  'odd names come as they are; what is no UTF-8 is marked',
  inRepository({}, (repository) => {
    const blob = repository.pipe(['hash-object', '-w', '--stdin'], 'x').toString().trim()
    const names = ['tab\tname', 'line\nname', '"quotes"', 'ümlaut', 'back\\slash', '\u{fffd}']
    const entries = names.map((name) => Buffer.from(`100644 blob ${blob}\t${name}\0`))
    const bad = Buffer.concat([Buffer.from(`100644 blob ${blob}\t`), Buffer.from([0xff, 0xfe, 0])])
    const input = Buffer.concat([...entries, bad])
    const tree = repository.pipe(['mktree', '-z'], input).toString().trim()
    const commit = repository.git('commit-tree', '-m', 'odd', tree)
    const found = openCommit(findRepository(repository.folder)!, commit, environment).list(['.'].slice(1))
    assert.equal(
      found
        .filter(({ isNamed }) => isNamed)
        .map(({ path }) => path)
        .sort(),
      names.sort(),
    )
    assert.is(found.filter(({ isNamed }) => !isNamed).length, 1)
  }),
)

test(
  'contents are git’s own bytes, whatever attributes say',
  inRepository(
    {
      '.gitattributes': '*.txt text eol=crlf working-tree-encoding=UTF-16 ident filter=evil diff=evil\n',
      'a.txt': Buffer.from('\ufefflf\n', 'utf16le'),
    },
    (repository) => {
      const files = open(repository)
      const [found] = files.list(['a.txt'])
      const [content] = files.read([found!.id]).values()
      assert.equal(content, repository.pipe(['cat-file', 'blob', found!.id], ''))
    },
  ),
)

test(
  'several contents come in one go, empty ones and ones that look like answers too',
  inRepository({ a: '', b: 'blob 3\nabc\n', c: '\0\n\0' }, (repository) => {
    const files = open(repository)
    const listed = files.list(['a', 'b', 'c'])
    const read = files.read(listed.map(({ id }) => id))
    assert.equal(
      listed.map(({ id }) => Buffer.from(read.get(id)!).toString()),
      ['', 'blob 3\nabc\n', '\0\n\0'],
    )
  }),
)

test(
  'what is missing is left out',
  inRepository({ a: 'a' }, (repository) => {
    assert.is(open(repository).read(['0'.repeat(40)]).size, 0)
  }),
)

test(
  'links and submodules are told apart from files',
  inRepository({}, (repository) => {
    const blob = repository.pipe(['hash-object', '-w', '--stdin'], 'there').toString().trim()
    const lines = [
      `120000 blob ${blob}\tlink`,
      `160000 commit ${'1'.repeat(40)}\tmodule`,
      `100755 blob ${blob}\trun`,
    ]
    const tree = repository
      .pipe(['mktree'], `${lines.join('\n')}\n`)
      .toString()
      .trim()
    const commit = repository.git('commit-tree', '-m', 'kinds', tree)
    const found = openCommit(findRepository(repository.folder)!, commit, environment).list([])
    assert.equal(
      found.map(({ path, kind }) => `${path} ${kind}`),
      ['link link', 'module repository', 'run file'],
    )
  }),
)

test(
  'a commit that is not there is refused in words',
  inRepository({ a: 'a' }, ({ folder }) => {
    const files = openCommit(findRepository(folder)!, '0'.repeat(40), environment)
    assert.throws(
      () => files.list(['a']),
      (error: unknown) => error instanceof UsageError,
    )
  }),
)

test.run()
