import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { run } from '../../../src/cli/run.js'
import type { Review } from '../../../src/model/review.js'
import { formatLockfile } from '../../../src/record/lockfile/format-lockfile.js'
import { type RepositoryFiles, type TestRepository, withRepository } from '../../helpers/repository.js'
import { entryOf, lockfileOf } from '../../record/lockfile-samples.js'
import { group, groupCall, settings } from '../../review/review-files.js'
import { fakeHost } from '../fake-host.js'

const test = suite('cli/diff')

const base = {
  'callctl.yaml': `${settings}environments: { staging: { limits: { people: 9 } } }\n`,
  'templates/group.yaml': group,
  'calls/a.yaml': groupCall(['Adele', 'Diego']),
}
const more = { 'calls/a.yaml': groupCall(['Adele', 'Diego', 'Megan']) }

/** Runs the program in a folder of the repository. */
async function diff(folder: string, ...words: readonly string[]) {
  const host = fakeHost({ cwd: folder, environment: { PATH: process.env['PATH'] } })
  const code = await run(['diff', ...words], host)
  return { code, ...host.written }
}

async function review(folder: string, ...words: readonly string[]) {
  const { code, stdout } = await diff(folder, ...words, '--json')
  return { code, ...(JSON.parse(stdout) as Review & { error?: { message: string } }) }
}

const inRepository = (files: RepositoryFiles, work: (repository: TestRepository) => Promise<void>) => () =>
  withRepository(files, work)

test(
  'compares the merge base with the default branch and the working tree, committed or not',
  inRepository(base, async ({ folder, git, commit, write }) => {
    const fork = git('rev-parse', 'HEAD')
    git('checkout', '-q', '-b', 'topic')
    commit({
      'calls/b.yaml':
        'calls: { extra: { uses: group, with: { people: [{ id: extra-id, name: Extra }] } } }\n',
    })
    git('checkout', '-q', 'main')
    commit({
      'calls/c.yaml':
        'calls: { elsewhere: { uses: group, with: { people: [{ id: extra-id, name: Extra }] } } }\n',
    })
    git('checkout', '-q', 'topic')
    write('calls/a.yaml', more['calls/a.yaml'])
    const found = await review(folder)
    assert.is(found.code, 0)
    assert.equal([found.base.commit, found.head.name], [fork, 'working tree'])
    assert.equal(
      found.calls.map(({ address, kind }) => `${address} ${kind}`),
      ['bridge changed', 'extra added'],
    )
  }),
)

test(
  'one revision is compared with the working tree, as it is and not its merge base',
  inRepository(base, async ({ folder, git, commit }) => {
    git('checkout', '-q', '-b', 'topic')
    git('checkout', '-q', 'main')
    commit(more)
    git('checkout', '-q', 'topic')
    const found = await review(folder, 'main')
    assert.equal(
      found.calls.map(({ changes }) => changes.map(({ kind }) => kind)),
      [['removed']],
    )
  }),
)

test(
  'two commits are compared whatever lies on the disk',
  inRepository(base, async ({ folder, commit, write, remove }) => {
    commit(more)
    remove('templates')
    write('calls/a.yaml', 'calls: [')
    const found = await review(folder, 'HEAD~1', 'HEAD')
    assert.equal([found.code, found.totals.newPeople], [0, 1])
  }),
)

test(
  'a first change has a base without calls, a last one a head without',
  inRepository({ 'README.md': 'text' }, async ({ folder, commit, remove }) => {
    commit(base)
    assert.equal((await review(folder, 'HEAD~1')).totals.added, 1)
    remove('calls')
    assert.equal((await review(folder, 'HEAD')).totals.removed, 1)
    commit()
    assert.equal((await review(folder, 'HEAD~1', 'HEAD')).totals.removed, 1)
    const { code, error } = await review(folder, 'HEAD~2', 'HEAD')
    assert.is(code, 3)
    assert.match(error?.message ?? '', 'folder `calls/`')
  }),
)

test(
  'a workspace below the top, from a folder in it',
  inRepository(
    Object.fromEntries(Object.entries(base).map(([path, text]) => [`deep/er/${path}`, text])),
    async ({ folder, write }) => {
      write('deep/er/calls/a.yaml', more['calls/a.yaml'])
      assert.is((await review(join(folder, 'deep/er/calls'), 'HEAD')).totals.newPeople, 1)
    },
  ),
)

test(
  'a worktree is compared with its own HEAD',
  inRepository(base, async ({ folder, git, commit }) => {
    commit(more)
    const other = join(folder, '..', 'other')
    git('worktree', 'add', '-q', other, 'HEAD~1')
    assert.is((await review(other, 'HEAD')).calls.length, 0)
    assert.is((await review(other, 'main')).calls.length, 1)
  }),
)

test(
  'head’s lockfile decides who would be rung, of the working tree and of a commit',
  inRepository(base, async ({ folder, commit }) => {
    commit({ 'calls.lock.json': formatLockfile(lockfileOf({ bridge: entryOf(1) })) })
    for (const words of [['HEAD~1'], ['HEAD~1', 'HEAD']]) {
      assert.equal((await review(folder, ...words)).rings, [], words.join(' '))
    }
    assert.equal((await review(folder, 'HEAD', 'HEAD~1')).totals.newCalls, 1)
  }),
)

test(
  'head’s definitions with errors: exit 4, and the rest is compared',
  inRepository(base, async ({ folder, write }) => {
    write(
      'calls/b.yaml',
      'calls: { broken: { uses: nobody }, fine: { uses: group, with: { people: [{ id: extra-id, name: Extra }] } } }\n',
    )
    const { code, stdout } = await diff(folder, 'HEAD')
    assert.is(code, 4)
    assert.match(stdout, 'Who would be rung is not known: the definitions have an error.')
    assert.match(stdout, 'fine')
    assert.match(stdout, 'template/unknown')
  }),
)

test(
  'head’s lockfile unreadable: exit 7, and the calls are compared',
  inRepository(base, async ({ folder, commit }) => {
    commit({ ...more, 'calls.lock.json': '<<<<<<< ours\n' })
    for (const words of [['HEAD~1'], ['HEAD~1', 'HEAD']]) {
      const found = await review(folder, ...words)
      assert.equal([found.code, found.calls.length, found.rings], [7, 1, undefined])
      assert.match(found.planProblem ?? '', 'conflict')
    }
  }),
)

test(
  'base’s lockfile unreadable: what base would ring is known by head’s',
  inRepository({ ...base, 'calls.lock.json': '{' }, async ({ folder, commit }) => {
    commit({ ...more, 'calls.lock.json': formatLockfile(lockfileOf({})) })
    assert.equal((await review(folder, 'HEAD~1')).totals.newPeople, 1)
  }),
)

test(
  '--detailed-exitcode is 2 when somebody new would be rung',
  inRepository(base, async ({ folder, commit }) => {
    assert.is((await diff(folder, 'HEAD', '--detailed-exitcode')).code, 0)
    commit(more)
    assert.is((await diff(folder, 'HEAD~1', '--detailed-exitcode')).code, 2)
    assert.is((await diff(folder, 'HEAD~1')).code, 0)
  }),
)

test(
  'people are masked unless they are asked for',
  inRepository(base, async ({ folder, write }) => {
    write('calls/a.yaml', more['calls/a.yaml'])
    const masked = await diff(folder, 'HEAD')
    assert.not.match(masked.stdout, 'Megan')
    assert.match(masked.stdout, 'megan-id M•••')
    assert.match((await diff(folder, 'HEAD', '--show-people')).stdout, 'megan-id Megan')
  }),
)

test(
  '--out writes the review to a file',
  inRepository(base, async ({ folder }) => {
    const { code, stdout, stderr } = await diff(folder, 'HEAD', '--json', '--out', 'review.json')
    assert.equal([code, stdout, stderr], [0, '', 'Written to review.json.\n'])
    const { formatVersion } = JSON.parse(readFileSync(join(folder, 'review.json'), 'utf8')) as {
      formatVersion: number
    }
    assert.is(formatVersion, 1)
  }),
)

test(
  '--only selects addresses, and one that selects none is refused',
  inRepository(base, async ({ folder, commit }) => {
    commit({
      ...more,
      'calls/b.yaml':
        'calls: { other: { uses: group, with: { people: [{ id: extra-id, name: Extra }] } } }\n',
    })
    const found = await review(folder, 'HEAD~1', '--only', 'oth*')
    assert.equal(
      found.calls.map(({ address }) => address),
      ['other'],
    )
    assert.is((await review(folder, 'HEAD~1', '--only', 'nobody')).code, 3)
  }),
)

test(
  '--env compares an environment, and one that base lacks was empty',
  inRepository({ ...base, 'callctl.yaml': settings }, async ({ folder, commit }) => {
    assert.is((await review(folder, 'HEAD', '--env', 'staging')).code, 3)
    commit({ 'callctl.yaml': base['callctl.yaml'] })
    assert.equal((await review(folder, 'HEAD~1', '--env', 'staging')).totals.added, 1)
    assert.equal((await review(folder, 'HEAD', '--env', 'staging')).totals.added, 0)
  }),
)

for (const [words, message] of [
  [['nobody'], 'There is no revision `nobody`'],
  [['HEAD', 'nobody'], 'There is no revision `nobody`'],
  [['a', 'b', 'c'], 'two revisions at most'],
  [['--format', 'nothing'], 'There is no format `nothing`'],
  [['HEAD..main'], 'is no revision'],
] as const) {
  test(
    `${words.join(' ')} is refused`,
    inRepository(base, async ({ folder }) => {
      const { code, stderr } = await diff(folder, ...words)
      assert.is(code, 3)
      assert.match(stderr, message)
    }),
  )
}

test(
  'outside a repository there is nothing to compare with',
  inRepository(base, async ({ folder, remove }) => {
    remove('.git')
    const { code, stderr } = await diff(folder)
    assert.is(code, 3)
    assert.match(stderr, 'no git repository')
  }),
)

test.run()
