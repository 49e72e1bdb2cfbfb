import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { RecordError } from '../../src/model/errors.js'
import { openAttempts, readAttempts } from '../../src/record/attempts/attempts.js'
import { findRecordPlace, type RecordPlace } from '../../src/record/folders/folders.js'
import { createLockfile, loadRecord } from '../../src/record/load-record.js'
import { formatLockfile } from '../../src/record/lockfile/format-lockfile.js'
import { takeRunLock } from '../../src/record/run-lock/run-lock.js'
import { lineage, lockfileOf } from './lockfile-samples.js'
import { claimOf, inFolder, placed } from './temporary-place.js'

// One lineage is one record, wherever its lockfile lies, and in however many folders an older callctl kept it.

const test = suite('record/one-record')

const find = (root: string): RecordPlace =>
  findRecordPlace(root, { simulator: false, temporaryFolder: '/tmp' })
const run = { processId: process.pid, command: 'apply', startedAt: '2026-01-01T00:00:00Z' }
const isRecordError = (cause: unknown): boolean => cause instanceof RecordError

/** Two folders of a repository with the same lockfile. */
function makeCopies(folder: string): readonly [string, string] {
  mkdirSync(join(folder, '.git'))
  const copies = [join(folder, 'one'), join(folder, 'two')] as const
  for (const copy of copies) {
    mkdirSync(copy)
    writeFileSync(join(copy, 'calls.lock.json'), formatLockfile(lockfileOf({})))
  }
  return copies
}

async function refusesLock(place: RecordPlace): Promise<boolean> {
  try {
    await (await takeRunLock(place, run)).release()
    return false
  } catch (cause) {
    assert.ok(isRecordError(cause), String(cause))
    return true
  }
}

const inFolderAsync = (work: (folder: string) => Promise<void>) => async (): Promise<void> => {
  const folder = realpathSync.native(mkdtempSync(join(tmpdir(), 'callctl-record-')))
  try {
    await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

test(
  'two copies without a record yet exclude one another, and then have the one that was begun',
  inFolderAsync(async (folder) => {
    const [one, two] = makeCopies(folder)
    const [first, second] = [find(one), find(two)]
    const lock = await takeRunLock(first, run)
    assert.ok(await refusesLock(second))
    createLockfile(first, lineage)
    await lock.release()
    // What was found before the other run began is not where the record is.
    assert.ok(await refusesLock(second))
    assert.is(find(two).attempts, first.attempts)
    assert.not(await refusesLock(find(two)))
  }),
)

test(
  'a record that was kept by paths is read whole, settled where it lies, and written in one place',
  inFolder((folder) => {
    const [one, two] = makeCopies(folder)
    const [base, first] = [join(folder, '.git/callctl'), find(one)]
    createLockfile(first, lineage)
    openAttempts(first).claim(claimOf('a', 1, 1))
    const other = {
      ...first,
      attempts: join(base, 'workspaces/two'),
      rescue: join(base, 'workspaces/two/rescue'),
    }
    mkdirSync(other.attempts, { recursive: true })
    writeFileSync(join(other.attempts, 'lineage'), `${lineage}\n`)
    openAttempts(other).claim(claimOf('a', 1, 2))
    const [here, there] = [find(one), find(two)]
    assert.equal([here.attempts, here.others], [there.attempts, there.others])
    assert.is(readAttempts(here).length, 2)
    openAttempts(there).settle(claimOf('a', 1, 2), placed('call-2'))
    openAttempts(there).settle(claimOf('a', 1, 1), placed('call-1'))
    assert.match(readFileSync(join(other.attempts, 'a@1'), 'utf8'), 'call-2')
    assert.match(readFileSync(join(first.attempts, 'a@1'), 'utf8'), 'call-1')
    assert.is(loadRecord(here).lockfile.calls['a']!.state, 'placed')
  }),
)

test(
  'a record that was moved among the records is found, and its path is free for another lineage',
  inFolder((folder) => {
    const [one] = makeCopies(folder)
    const base = join(folder, '.git/callctl')
    createLockfile(find(one), lineage)
    openAttempts(find(one)).claim(claimOf('a'))
    const foreign = { ...lockfileOf({}), lineage: 'aaaaaaaa-0000-4000-8000-000000000000' }
    writeFileSync(join(one, 'calls.lock.json'), formatLockfile(foreign))
    assert.throws(() => loadRecord(find(one)), isRecordError)
    mkdirSync(join(base, 'records'))
    renameSync(join(base, 'workspaces/one'), join(base, 'records', lineage))
    assert.equal(loadRecord(find(one)).attempts, [])
    assert.is(loadRecord(find(join(folder, 'two'))).attempts.length, 1)
  }),
)

test.run()
