import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import * as assert from 'uvu/assert'
import { RecordError } from '../../src/model/errors.js'
import type { Lockfile } from '../../src/model/record/lockfile.js'
import { findRecordPlace } from '../../src/record/folders/folders.js'
import { loadRecord } from '../../src/record/load-record.js'
import { formatLockfile } from '../../src/record/lockfile/format-lockfile.js'
import { refuseRewound } from '../../src/record/refuse-rewound.js'
import { initialize, readHead } from '../helpers/repository.js'

// Repositories with lockfiles in their history, and what an apply asks of them.

export const environment = { PATH: process.env['PATH'] }

export interface Repository {
  readonly folder: string
  git(...words: readonly string[]): string
  write(path: string, text: string): void
  commit(path: string, lockfile: Lockfile | string): string
}

export function makeRepository(folder: string): Repository {
  mkdirSync(folder, { recursive: true })
  const env = {
    ...environment,
    HOME: folder,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'kim',
    GIT_AUTHOR_EMAIL: 'kim@contoso.com',
    GIT_COMMITTER_NAME: 'kim',
    GIT_COMMITTER_EMAIL: 'kim@contoso.com',
  }
  const git = (...words: readonly string[]): string => {
    const { status, stdout, stderr } = spawnSync('git', words, { cwd: folder, env, encoding: 'utf8' })
    assert.is(status, 0, `git ${words.join(' ')}: ${stderr}`)
    return stdout.trim()
  }
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const commit = (path: string, lockfile: Lockfile | string): string => {
    write(path, typeof lockfile === 'string' ? lockfile : formatLockfile(lockfile))
    git('add', '-A')
    git('commit', '-q', '-m', 'lockfile')
    return readHead(folder) ?? git('rev-parse', 'HEAD')
  }
  return { folder, git, write, commit }
}

export const inRepository = (work: (repository: Repository) => void) => () => {
  const folder = realpathSync.native(mkdtempSync(join(tmpdir(), 'callctl-history-')))
  try {
    const repository = makeRepository(join(folder, 'repository'))
    initialize(repository.folder, repository.git)
    work(repository)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What an apply in this folder asks, before it would place these addresses. */
export function check(folder: string, ...addresses: readonly string[]): void {
  const place = findRecordPlace(folder, { simulator: false, temporaryFolder: tmpdir() })
  refuseRewound(place, loadRecord(place), ringing(addresses))
}

export const ringing = (addresses: readonly string[], path = environment.PATH) => ({
  addresses,
  leave: [],
  environmentNames: [],
  environment: { PATH: path },
})

export function refusal(work: () => void): RecordError {
  try {
    work()
  } catch (cause) {
    assert.instance(cause, RecordError)
    return cause as RecordError
  }
  throw new Error('it was not refused')
}
