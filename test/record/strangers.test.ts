import { mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { findRecordPlace } from '../../src/record/folders/folders.js'
import { loadRecord } from '../../src/record/load-record.js'
import { formatLockfile } from '../../src/record/lockfile/format-lockfile.js'
import { refuseRewound } from '../../src/record/refuse-rewound.js'
import { inRepository, makeRepository, type Repository, refusal, ringing } from './history-repository.js'
import { entryOf, lockfileOf } from './lockfile-samples.js'

// Refs that came from somebody else, to be looked at, decide nothing; whatever is this repository's own does.

const test = suite('record/strangers')

const path = 'calls.lock.json'
const one = lockfileOf({ a: entryOf(1) })

/** What is said before `a` is placed. */
function warnings(folder: string): readonly string[] {
  const place = findRecordPlace(folder, { simulator: false, temporaryFolder: tmpdir() })
  return refuseRewound(place, loadRecord(place), ringing(['a']))
}

/** Another repository of the same beginnings, whose `topic`, `refs/pull/5/head` and tag `theirs` made `a` up. */
function makeStranger({ folder, git, commit }: Repository): string {
  commit(path, lockfileOf({}))
  const there = join(dirname(folder), 'stranger')
  git('clone', '-q', '-o', 'elsewhere', folder, there)
  const stranger = makeRepository(there)
  stranger.git('checkout', '-q', '-b', 'topic')
  const id = stranger.commit(path, one)
  stranger.git('update-ref', 'refs/pull/5/head', id)
  stranger.git('tag', 'theirs')
  return there
}

/** The own remote, which has the same. */
function withOrigin(repository: Repository): string {
  const there = makeStranger(repository)
  repository.git('remote', 'add', 'origin', there)
  return there
}

const looks: readonly (readonly [string, string, (repository: Repository) => void])[] = [
  [
    'a branch of another remote',
    'refs/remotes/stranger/topic',
    (repository) => {
      repository.git('remote', 'add', 'stranger', makeStranger(repository))
      repository.git('remote', 'add', 'origin', '/nowhere')
      repository.git('fetch', '-q', 'stranger')
    },
  ],
  [
    'a pull request under its own name',
    'refs/pull/5/head',
    (repository) => {
      withOrigin(repository)
      repository.git('fetch', '-q', '--no-tags', 'origin', 'refs/pull/*:refs/pull/*')
    },
  ],
  [
    'a pull request that a setting fetches among the branches of the own remote',
    'refs/remotes/origin/pr/5',
    (repository) => {
      withOrigin(repository)
      repository.git('config', 'remote.origin.fetch', '+refs/heads/none/*:refs/remotes/origin/none/*')
      repository.git('config', '--add', 'remote.origin.fetch', '+refs/pull/*/head:refs/remotes/origin/pr/*')
      repository.git('fetch', '-q', '--no-tags', 'origin')
    },
  ],
  [
    'a pull request that was fetched into a branch',
    'refs/heads/pr-5',
    (repository) => {
      withOrigin(repository)
      repository.git('fetch', '-q', '--no-tags', 'origin', 'pull/5/head:pr-5')
    },
  ],
  [
    'a branch made of what was fetched',
    'refs/heads/review',
    (repository) => {
      repository.git('fetch', '-q', '--no-tags', makeStranger(repository), 'topic')
      repository.git('branch', 'review', 'FETCH_HEAD')
    },
  ],
  [
    'a branch that another remote’s was checked out as',
    'refs/heads/topic',
    (repository) => {
      repository.git('remote', 'add', 'stranger', makeStranger(repository))
      repository.git('remote', 'add', 'origin', '/nowhere')
      repository.git('fetch', '-q', '--no-tags', 'stranger')
      repository.git('checkout', '-q', '-b', 'topic', 'stranger/topic')
      repository.git('checkout', '-q', 'main')
    },
  ],
  [
    'a worktree to look at it',
    'refs/pull/5/head',
    (repository) => {
      withOrigin(repository)
      repository.git('fetch', '-q', '--no-tags', 'origin', 'refs/pull/5/head:refs/pull/5/head')
      repository.git('worktree', 'add', '-q', '--detach', '../look', 'refs/pull/5/head')
    },
  ],
]
for (const [what, ref, fetch] of looks) {
  test(
    `${what} warns, and names the ref`,
    inRepository((repository) => {
      fetch(repository)
      const [warning = '', ...more] = warnings(repository.folder)
      assert.match(warning, ref)
      assert.equal(more, [])
    }),
  )
}

test(
  'what is left in the log of a branch that was looked at and deleted decides nothing',
  inRepository((repository) => {
    const { git, folder } = repository
    withOrigin(repository)
    git('fetch', '-q', '--no-tags', 'origin', 'pull/5/head:pr-5')
    git('checkout', '-q', 'pr-5')
    git('checkout', '-q', 'main')
    git('branch', '-q', '-D', 'pr-5')
    assert.is(warnings(folder).length, 1)
  }),
)

const owned: readonly (readonly [string, (repository: Repository) => void])[] = [
  [
    'a branch of origin',
    (repository) => {
      withOrigin(repository)
      repository.git('fetch', '-q', '--no-tags', 'origin')
    },
  ],
  [
    'a branch of the one remote, whatever its name',
    (repository) => {
      repository.git('remote', 'add', 'company', makeStranger(repository))
      repository.git('fetch', '-q', '--no-tags', 'company')
    },
  ],
  [
    'a branch of the remote that main comes from',
    (repository) => {
      repository.git('remote', 'add', 'company', makeStranger(repository))
      repository.git('remote', 'add', 'origin', '/nowhere')
      repository.git('config', 'branch.main.remote', 'company')
      repository.git('fetch', '-q', '--no-tags', 'company')
    },
  ],
  [
    'a branch of origin that was fetched into one of the same name',
    (repository) => {
      withOrigin(repository)
      repository.git('fetch', '-q', '--no-tags', 'origin', 'topic:topic')
      repository.git('remote', 'remove', 'origin')
    },
  ],
  [
    'a pull request that was merged',
    (repository) => {
      withOrigin(repository)
      repository.git('fetch', '-q', '--no-tags', 'origin', 'pull/5/head:pr-5')
      repository.git('merge', '-q', '-s', 'ours', '--no-ff', '-m', 'merge', 'pr-5')
    },
  ],
  [
    'the branch that is checked out',
    (repository) => {
      withOrigin(repository)
      repository.git('fetch', '-q', '--no-tags', 'origin', 'pull/5/head:pr-5')
      repository.git('checkout', '-q', 'pr-5')
      repository.write(path, formatLockfile(lockfileOf({})))
    },
  ],
  [
    'what was committed here on a stranger’s branch',
    (repository) => {
      withOrigin(repository)
      repository.git('fetch', '-q', '--no-tags', 'origin', 'pull/5/head:pr-5')
      repository.git('checkout', '-q', 'pr-5')
      repository.commit(path, lockfileOf({ a: entryOf(7) }))
      repository.git('checkout', '-q', 'main')
      repository.git('branch', '-q', '-D', 'pr-5')
    },
  ],
  [
    'a tag of one’s own',
    (repository) => {
      repository.commit(path, lockfileOf({}))
      repository.git('checkout', '-q', '--detach')
      repository.commit(path, one)
      repository.git('tag', '-a', '-m', 'mine', 'mine')
      repository.git('checkout', '-q', 'main')
      repository.git('reflog', 'expire', '--expire=now', '--all')
    },
  ],
  [
    'a commit that was amended away',
    (repository) => {
      repository.commit(path, lockfileOf({}))
      repository.commit(path, one)
      repository.write(path, formatLockfile(lockfileOf({})))
      repository.git('commit', '-q', '-a', '--amend', '--allow-empty', '-m', 'other')
    },
  ],
  [
    'a commit of a worktree that is on no branch',
    (repository) => {
      repository.commit(path, lockfileOf({}))
      repository.git('worktree', 'add', '-q', '--detach', '../tree')
      makeRepository(join(dirname(repository.folder), 'tree')).commit(path, one)
    },
  ],
  [
    'a stash below another',
    (repository) => {
      repository.commit(path, lockfileOf({}))
      repository.write(path, formatLockfile(one))
      repository.git('stash', '-q')
      repository.write(path, formatLockfile(lockfileOf({ b: entryOf(2) })))
      repository.git('stash', '-q')
    },
  ],
]
for (const [what, make] of owned) {
  test(
    `${what} decides`,
    inRepository((repository) => {
      make(repository)
      assert.match(refusal(() => warnings(repository.folder)).message, 'a was placed before')
    }),
  )
}

test(
  'attempts in the work tree decide nothing where a commit brought them, and are refused where none did',
  inRepository(({ folder, git, commit }) => {
    commit(path, lockfileOf({}))
    commit('.callctl/a@1', 'made up')
    commit('.callctl/environments/staging/a@1', 'made up')
    assert.equal(warnings(folder), [])
    mkdirSync(join(folder, '.callctl'), { recursive: true })
    writeFileSync(join(folder, '.callctl/b@1'), '')
    assert.match(refusal(() => warnings(folder)).message, 'b@1')
    git('add', '-A')
    assert.equal(warnings(folder), [])
  }),
)

test.run()
