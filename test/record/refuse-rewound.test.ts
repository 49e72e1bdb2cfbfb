import { spawnSync } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Lockfile } from '../../src/model/record/lockfile.js'
import { findRecordPlace } from '../../src/record/folders/folders.js'
import { loadRecord } from '../../src/record/load-record.js'
import { forgetAddress } from '../../src/record/lockfile/forget-address.js'
import { formatLockfile } from '../../src/record/lockfile/format-lockfile.js'
import { refuseRewound } from '../../src/record/refuse-rewound.js'
import { check, inRepository, type Repository, refusal, ringing } from './history-repository.js'
import { entryOf, lockfileOf } from './lockfile-samples.js'

const test = suite('record/refuse-rewound')

const none = lockfileOf({})
const one = lockfileOf({ a: entryOf(1) })
const path = 'calls.lock.json'

test(
  'a fresh clone at an old commit is refused, naming the commit that knows better',
  inRepository(({ folder, git, commit }) => {
    const old = commit(path, none)
    const later = commit(path, one)
    git('checkout', '-q', old)
    const { message } = refusal(() => check(folder, 'b', 'a'))
    assert.match(message, `a was placed before: commit ${later.slice(0, 12)}`)
    check(folder, 'b')
    git('checkout', '-q', 'main')
    check(folder, 'b')
  }),
)

const elsewhere: readonly (readonly [string, (repository: Repository, first: string) => void])[] = [
  [
    'a branch',
    ({ git, commit }, first) => {
      commit(path, one)
      git('branch', 'other')
      git('reset', '-q', '--hard', first)
    },
  ],
  [
    'the reflog alone',
    ({ git, commit }, first) => {
      commit(path, one)
      git('reset', '-q', '--hard', first)
    },
  ],
  [
    'a side branch whose lockfile a merge threw away',
    ({ git, commit }, first) => {
      git('checkout', '-q', '-b', 'side')
      commit(path, one)
      git('checkout', '-q', 'main')
      commit('other', first)
      git('merge', '-q', '-s', 'ours', 'side')
      git('branch', '-q', '-D', 'side')
      git('reflog', 'expire', '--expire=now', '--all')
    },
  ],
  [
    'a commit that was reverted',
    ({ git, commit }) => {
      commit(path, one)
      git('revert', '--no-edit', 'HEAD')
    },
  ],
  [
    'the stash',
    ({ git, write }) => {
      write(path, formatLockfile(one))
      git('stash', '-q')
    },
  ],
  [
    'a version with conflict markers',
    ({ git, commit }, first) => {
      commit(path, `<<<<<<< HEAD\n${formatLockfile(one)}=======\n>>>>>>> other\n`)
      git('reset', '-q', '--hard', first)
    },
  ],
]
for (const [where, make] of elsewhere) {
  test(
    `finds what ${where} knows`,
    inRepository((repository) => {
      make(repository, repository.commit(path, none))
      assert.match(refusal(() => check(repository.folder, 'a')).message, 'placed before')
    }),
  )
}

test(
  'finds a lockfile in a folder below, whose name git might take for a pattern',
  inRepository(({ folder, git, commit }) => {
    const old = commit('teams/[ops]/calls.lock.json', none)
    commit('teams/[ops]/calls.lock.json', one)
    git('checkout', '-q', old)
    refusal(() => check(join(folder, 'teams/[ops]'), 'a'))
  }),
)

test(
  'an attempt that failed is no news, nor one that was forgotten',
  inRepository(({ folder, commit }) => {
    commit(path, lockfileOf({ a: entryOf(1, { state: 'failed' }) }))
    const ended = lockfileOf({ c: entryOf(3, { state: 'ended' }) })
    commit(path, ended)
    commit(path, forgetAddress(ended, { address: 'c', at: '2025-01-02T00:00:00Z' }))
    check(folder, 'a', 'c')
  }),
)

test(
  'an address that failed as far as is known here, and rang as far as is known there, is refused',
  inRepository(({ folder, git, commit }) => {
    const failed = entryOf(1, { state: 'failed' })
    const old = commit(path, lockfileOf({ a: failed }))
    commit(path, lockfileOf({ a: { ...entryOf(2), attempts: [failed] } }))
    git('checkout', '-q', old)
    refusal(() => check(folder, 'a'))
  }),
)

test(
  'a lockfile that git knows and that is missing is refused',
  inRepository(({ folder, git, commit }) => {
    check(folder, 'a')
    commit(path, one)
    git('rm', '-q', path)
    git('commit', '-q', '-m', 'gone')
    assert.match(refusal(() => check(folder, 'b')).message, 'the lockfile is missing although commit')
  }),
)

test(
  'a shallow clone will do where it has a lockfile, and not where it has none',
  inRepository(({ folder, git, commit }) => {
    const clone = join(dirname(folder), 'clone')
    commit(path, none)
    commit(path, one)
    git('clone', '-q', '--depth=1', `file://${folder}`, clone)
    check(clone, 'b')
    rmSync(join(clone, path))
    assert.match(refusal(() => check(clone, 'b')).message, 'too shallow')
  }),
)

test(
  'runs nothing that the repository configures',
  inRepository(({ folder, git, commit, write }) => {
    const program = join(folder, 'program')
    const trace = join(dirname(folder), 'trace')
    const old = commit(path, none)
    commit(path, one)
    git('checkout', '-q', old)
    write('program', `#!/bin/sh\necho ran >> ${trace}\ncat\n`)
    spawnSync('chmod', ['+x', program])
    write('.git/hooks/post-index-change', `#!/bin/sh\necho ran >> ${trace}\n`)
    spawnSync('chmod', ['+x', join(folder, '.git/hooks/post-index-change')])
    write('.gitattributes', '* diff=evil filter=evil merge=evil\n')
    for (const key of ['core.fsmonitor', 'core.pager', 'diff.external', 'core.sshCommand', 'gpg.program']) {
      git('config', key, program)
    }
    for (const key of [
      'diff.evil.textconv',
      'filter.evil.smudge',
      'filter.evil.clean',
      'merge.evil.driver',
    ]) {
      git('config', key, program)
    }
    git('config', 'log.showSignature', 'true')
    rmSync(trace, { force: true })
    refusal(() => check(folder, 'a'))
    assert.not(existsSync(trace))
  }),
)

test(
  'a history that cannot be read is refused',
  inRepository(({ folder, commit }) => {
    commit(path, one)
    const place = findRecordPlace(folder, { simulator: false, temporaryFolder: tmpdir() })
    const record = loadRecord(place)
    assert.match(refusal(() => refuseRewound(place, record, ringing(['b'], '/nowhere'))).hint!, 'Install git')
    rmSync(join(folder, '.git/objects'), { recursive: true })
    refusal(() => check(folder, 'b'))
  }),
)

test(
  'nothing is read outside git, for the simulator, or when nothing is to be placed',
  inRepository(({ folder }) => {
    const place = findRecordPlace(folder, { simulator: false, temporaryFolder: tmpdir() })
    refuseRewound(place, loadRecord(place), ringing([], '/nowhere'))
    const simulator = findRecordPlace(folder, { simulator: true, temporaryFolder: tmpdir() })
    refuseRewound(simulator, loadRecord(simulator), ringing(['a'], '/nowhere'))
    const outside = findRecordPlace(dirname(folder), { simulator: false, temporaryFolder: tmpdir() })
    refuseRewound(outside, loadRecord(outside), ringing(['a'], '/nowhere'))
  }),
)

/** What may have rung did, for whoever must not ring twice. */
const rang: Readonly<Record<string, Lockfile>> = {
  'whose outcome is unknown': lockfileOf({ a: entryOf(1, { state: 'uncertain' }) }),
  'that has ended': lockfileOf({ a: entryOf(1, { state: 'ended' }) }),
  'that had ended before it was refused': lockfileOf({
    a: entryOf(2, { state: 'failed', attempts: [{ attempt: entryOf(1).attempt, state: 'ended' }] }),
  }),
  'that was unknown before it was placed again': lockfileOf({
    a: entryOf(2, { state: 'failed', attempts: [{ attempt: entryOf(1).attempt, state: 'uncertain' }] }),
  }),
}
for (const [what, lockfile] of Object.entries(rang)) {
  test(
    `an attempt ${what} is news, if only a commit has it`,
    inRepository(({ folder, git, commit }) => {
      const old = commit(path, none)
      commit(path, lockfile)
      git('checkout', '-q', old)
      refusal(() => check(folder, 'a'))
    }),
  )
}

test.run()
