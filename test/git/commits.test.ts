import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Commits } from '../../src/git/commits.js'
import { findRepository } from '../../src/git/find-repository.js'
import { UsageError } from '../../src/model/errors.js'
import { type TestRepository, withRepository } from '../helpers/repository.js'

const test = suite('git/commits')

const environment = { PATH: process.env['PATH'] }
const open = (folder: string) => new Commits(findRepository(folder)!, environment)

const inRepository = (work: (repository: TestRepository) => void) => () =>
  withRepository({ 'a.txt': 'a' }, work)

function refusal(work: () => unknown): UsageError {
  try {
    work()
  } catch (error) {
    assert.instance(error, UsageError)
    return error as UsageError
  }
  throw new Error('it was not refused')
}

test(
  'finds a branch, a tag, a short id and a relative name',
  inRepository(({ folder, git, commit }) => {
    const first = git('rev-parse', 'HEAD')
    git('tag', '-a', '-m', 'tag', 'v1')
    const second = commit({ 'a.txt': 'b' })
    const commits = open(folder)
    assert.equal(commits.find('main'), { name: 'main', commit: second })
    assert.is(commits.find('v1').commit, first)
    assert.is(commits.find(first.slice(0, 10)).commit, first)
    assert.is(commits.find('HEAD~1').commit, first)
  }),
)

for (const name of [
  'nobody',
  '--upload-pack=touch x',
  '-n',
  '--all',
  '--output=x',
  'HEAD^{tree}',
  'HEAD:a.txt',
  '',
]) {
  test(
    `${JSON.stringify(name)} is no revision`,
    inRepository(({ folder }) => {
      assert.match(refusal(() => open(folder).find(name)).message, 'There is no revision')
    }),
  )
}

test(
  'two revisions in one word are told to be two words',
  inRepository(({ folder }) => {
    assert.match(refusal(() => open(folder).find('HEAD..main')).hint ?? '', 'callctl diff BASE HEAD')
  }),
)

test(
  'branches with odd names are found',
  inRepository(({ folder, git }) => {
    const names = ['a;touch', '$(id)', 'ünïcode', "it's", 'a"b', '@x', 'refs/heads/x']
    for (const name of names) git('update-ref', `refs/heads/${name}`, 'HEAD')
    for (const name of names) assert.is(open(folder).find(name).commit, git('rev-parse', 'HEAD'), name)
  }),
)

test(
  'the merge base is where HEAD left the default branch',
  inRepository(({ folder, git, commit }) => {
    const fork = git('rev-parse', 'HEAD')
    git('checkout', '-q', '-b', 'topic')
    commit({ 'b.txt': 'b' })
    git('checkout', '-q', 'main')
    commit({ 'c.txt': 'c' })
    git('checkout', '-q', 'topic')
    assert.equal(open(folder).findMergeBase(), { name: 'merge base with main', commit: fork })
  }),
)

test(
  'origin/HEAD comes before a local main',
  inRepository(({ folder, git, commit }) => {
    const trunk = git('rev-parse', 'HEAD')
    git('update-ref', 'refs/remotes/origin/trunk', trunk)
    git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/trunk')
    commit({ 'b.txt': 'b' })
    assert.equal(open(folder).findMergeBase(), { name: 'merge base with origin/HEAD', commit: trunk })
  }),
)

test(
  'without a default branch a name is asked for',
  inRepository(({ folder, git }) => {
    git('branch', '-m', 'main', 'topic')
    assert.match(refusal(() => open(folder).findMergeBase()).message, 'no default branch')
  }),
)

test(
  'branches without a commit in common have no merge base',
  inRepository(({ folder, git, commit }) => {
    git('checkout', '-q', '--orphan', 'other')
    commit()
    assert.match(refusal(() => open(folder).findMergeBase()).message, 'no commit in common')
  }),
)

test(
  'a shallow clone is told to fetch more',
  inRepository(({ folder, git, commit }) => {
    git('checkout', '-q', '-b', 'topic')
    commit({ 'b.txt': 'b' })
    git('checkout', '-q', 'main')
    const clone = join(folder, '..', 'clone')
    git('clone', '-q', '--depth', '1', '--no-single-branch', '--branch', 'topic', `file://${folder}`, clone)
    const { message, hint = '' } = refusal(() => open(clone).findMergeBase())
    assert.match(message, 'no commit in common')
    assert.match(hint, 'fetch-depth: 0')
    assert.match(refusal(() => open(clone).find('HEAD~1')).hint ?? '', 'fetch-depth: 0')
  }),
)

test(
  'each worktree has its own HEAD',
  inRepository(({ folder, git, commit }) => {
    const second = commit({ 'b.txt': 'b' })
    const other = join(folder, '..', 'other')
    git('worktree', 'add', '-q', other, 'HEAD~1')
    assert.is.not(open(other).find('HEAD').commit, second)
    assert.is(open(other).find('main').commit, second)
  }),
)

test(
  'a work tree that the settings name, and that is gone, is not needed',
  inRepository(({ folder, git }) => {
    git('config', 'core.worktree', '/nonexistent')
    assert.is(open(folder).find('main').name, 'main')
  }),
)

test(
  'a damaged repository is refused in words',
  inRepository(({ folder }) => {
    rmSync(join(folder, '.git', 'HEAD'))
    refusal(() => open(folder).find('main'))
  }),
)

test('without git in the PATH it says so', () =>
  withRepository({ a: 'a' }, ({ folder }) => {
    const commits = new Commits(findRepository(folder)!, { PATH: '/nonexistent' })
    assert.match(refusal(() => commits.find('main')).message, 'no program `git`')
  }))

test.run()
