import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { InternalError, RecordError } from '../../src/model/errors.js'
import type { Lockfile } from '../../src/model/record/lockfile.js'
import { attemptForm } from '../../src/record/attempts/attempt-form.js'
import { openAttempts } from '../../src/record/attempts/attempts.js'
import { formatRescue } from '../../src/record/attempts/claim-file.js'
import { nodeFileSystem } from '../../src/record/disk/file-system.js'
import type { RecordPlace } from '../../src/record/folders/folders.js'
import { createSeen, looksAgain } from '../../src/record/folders/seen-record.js'
import { createLockfile, loadRecord, rebuildLockfile, saveLockfile } from '../../src/record/load-record.js'
import { formatLockfile } from '../../src/record/lockfile/format-lockfile.js'
import { longestLockfile } from '../../src/record/lockfile/parse-lockfile.js'
import { entryOf, lineage, lockfileOf } from './lockfile-samples.js'
import { claimOf, failing, filesWith, inPlace, notSent, placed, uuid } from './temporary-place.js'

const test = suite('record/load-record')

const isRecordError = (cause: Error) => cause instanceof RecordError

test(
  'is empty, and writes nothing, before the first apply',
  inPlace((place) => {
    const { lockfile, attempts, exists } = loadRecord(place)
    assert.equal([Object.keys(lockfile.calls), attempts, exists], [[], [], false])
    assert.equal(readdirSync(dirname(place.lockfile)), ['temporary'])
  }),
)

test(
  'joins what was placed since the lockfile was written',
  inPlace((place) => {
    createLockfile(place, lineage)
    const attempts = openAttempts(place)
    attempts.claim(claimOf('a'))
    attempts.settle(claimOf('a'), placed())
    const { lockfile, exists } = loadRecord(place)
    assert.equal([lockfile.calls['a']?.callId, exists, lockfile.lineage], ['call-1', true, lineage])
    assert.ok(saveLockfile(place, lockfile))
    const inode = statSync(place.lockfile).ino
    assert.not(saveLockfile(place, loadRecord(place).lockfile))
    assert.is(statSync(place.lockfile).ino, inode)
  }),
)

test(
  'creates the lockfile once; whoever comes second gets the first one’s',
  inPlace((place) => {
    assert.is(createLockfile(place, lineage).lineage, lineage)
    assert.is(createLockfile(place, uuid(5)).lineage, lineage)
    assert.is(readFileSync(join(place.attempts, 'lineage'), 'utf8'), `${lineage}\n`)
    assert.equal(readdirSync(dirname(place.lockfile)).toSorted(), [
      '.callctl',
      'calls.lock.json',
      'temporary',
    ])
  }),
)

test(
  'creates the folder of the simulator’s lockfile',
  inPlace((place) => {
    const simulator = { ...place, lockfile: join(place.attempts, 'simulator.lock.json') }
    createLockfile(simulator, lineage)
    assert.ok(loadRecord(simulator).exists)
  }),
)

test(
  'adopts the lineage of a lockfile that git brought',
  inPlace((place) => {
    saveLockfile(place, lockfileOf({ a: entryOf(1) }))
    assert.is(createLockfile(place, uuid(5)).calls['a']?.callId, 'call-1')
    assert.is(readFileSync(join(place.attempts, 'lineage'), 'utf8').trim(), lineage)
  }),
)

test(
  'a lockfile that is there is opened without reading all attempts',
  inPlace((place) => {
    createLockfile(place, lineage)
    const attempts = openAttempts(place)
    for (const name of ['a', 'b', 'c']) attempts.claim(claimOf(name))
    const opened: string[] = []
    const files = filesWith({
      openSync(path, flags, mode) {
        opened.push(path)
        return nodeFileSystem.openSync(path, flags, mode)
      },
    })
    createLockfile(place, lineage, files)
    assert.equal(
      opened.filter((path) => path.includes('@')),
      [],
    )
    loadRecord(place, files)
    assert.is(opened.filter((path) => path.includes('@')).length, 3)
  }),
)

test(
  'one that is missing is refused for the sake of a single attempt, or of its rescue file',
  inPlace((place) => {
    openAttempts(place).claim(claimOf('a'))
    assert.throws(() => createLockfile(place, lineage), /missing although/)
    mkdirSync(place.rescue, { recursive: true })
    renameSync(join(place.attempts, 'a@1'), join(place.rescue, 'a@1.json'))
    assert.throws(() => createLockfile(place, lineage), /missing although/)
  }),
)

test(
  'refuses a lockfile that is missing although there was one',
  inPlace((place) => {
    createLockfile(place, lineage)
    rmSync(place.lockfile)
    for (const use of [loadRecord, (it: typeof place) => createLockfile(it, uuid(5))]) {
      assert.throws(() => use(place), /missing although/)
    }
    openAttempts(place).claim(claimOf('a'))
    rmSync(join(place.attempts, 'lineage'))
    assert.throws(() => loadRecord(place), /missing although/)
    assert.not(existsSync(place.lockfile))
  }),
)

test(
  'refuses a lockfile of another lineage',
  inPlace((place) => {
    createLockfile(place, lineage)
    saveLockfile(place, { ...lockfileOf({}), lineage: uuid(5) })
    for (const use of [
      loadRecord,
      (it: typeof place) => createLockfile(it, lineage),
      (it: typeof place) => rebuildLockfile(it, lineage),
    ]) {
      assert.throws(() => use(place), /another lineage/)
    }
  }),
)

test(
  'refuses a lockfile or lineage that cannot be read',
  inPlace((place) => {
    createLockfile(place, lineage)
    writeFileSync(place.lockfile, Buffer.from([0x7b, 0xff]))
    assert.throws(() => loadRecord(place), isRecordError)
    truncateSync(place.lockfile, longestLockfile + 1)
    assert.throws(() => loadRecord(place), /over 64 MiB/)
    rmSync(place.lockfile)
    mkdirSync(place.lockfile)
    assert.throws(() => loadRecord(place), isRecordError)
    rmSync(place.lockfile, { recursive: true })
    symlinkSync('/etc/passwd', place.lockfile)
    assert.throws(() => loadRecord(place), isRecordError)
    assert.throws(() => createLockfile(place, lineage), isRecordError)
    assert.throws(() => saveLockfile(place, lockfileOf({})), isRecordError)
    rmSync(place.lockfile)
    saveLockfile(place, lockfileOf({}))
    writeFileSync(join(place.attempts, 'lineage'), 'x')
    assert.throws(() => loadRecord(place), /holds no UUID/)
  }),
)

test(
  'rebuilds a missing lockfile from the attempts',
  inPlace((place) => {
    createLockfile(place, lineage)
    const attempts = openAttempts(place)
    attempts.claim(claimOf('a'))
    attempts.settle(claimOf('a'), placed())
    attempts.claim(claimOf('b'))
    rmSync(place.lockfile)
    assert.is(rebuildLockfile(place, uuid(5)).lineage, lineage)
    const { lockfile } = loadRecord(place)
    assert.equal([lockfile.calls['a']?.state, lockfile.calls['b']?.state], ['placed', 'uncertain'])
  }),
)

test(
  'rebuilds onto a lockfile that is there, and never over one that cannot be read',
  inPlace((place) => {
    saveLockfile(place, lockfileOf({ theirs: entryOf(9) }))
    openAttempts(place).claim(claimOf('a'))
    assert.equal(Object.keys(rebuildLockfile(place, uuid(5)).calls), ['theirs', 'a'])
    writeFileSync(place.lockfile, '<<<<<<< ours\n')
    assert.throws(() => rebuildLockfile(place, uuid(5)), /conflict markers/)
    assert.is(readFileSync(place.lockfile, 'utf8'), '<<<<<<< ours\n')
  }),
)

test(
  'keeps the old lockfile when the new one could not be read',
  inPlace((place) => {
    createLockfile(place, lineage)
    const broken = lockfileOf({ '../a': entryOf(1) })
    assert.throws(
      () => saveLockfile(place, broken),
      (cause: Error) => cause instanceof InternalError,
    )
    assert.ok(loadRecord(place).exists)
  }),
)

for (const [call, code] of [
  ['writeSync', 'ENOSPC'],
  ['fsyncSync', 'EIO'],
  ['linkSync', 'EIO'],
] as const) {
  test(
    `creates no lockfile when ${call} fails`,
    inPlace((place) => {
      assert.throws(() => createLockfile(place, lineage, filesWith({ [call]: failing(code) })), isRecordError)
      assert.not(existsSync(place.lockfile))
      assert.not(loadRecord(place).exists)
    }),
  )
}

/** A run under the run lock looks more than once. */
const seenBefore = (place: RecordPlace): RecordPlace => looksAgain({ ...place, seen: createSeen() })

const withEntry = (address: string): Lockfile => lockfileOf({ [address]: entryOf(9) })

test(
  'does not replace a lockfile that was written since it was read',
  inPlace((place) => {
    createLockfile(place, lineage)
    const run = seenBefore(place)
    loadRecord(run)
    const pulled = formatLockfile(withEntry('colleague'))
    writeFileSync(place.lockfile, pulled)
    assert.throws(() => saveLockfile(run, withEntry('a')), isRecordError)
    assert.is(readFileSync(place.lockfile, 'utf8'), pulled)
    loadRecord(run)
    assert.ok(saveLockfile(run, withEntry('a')))
  }),
)

test(
  'does not replace a lockfile that came, or went, since it was looked for',
  inPlace((place) => {
    const run = seenBefore(place)
    loadRecord(run)
    writeFileSync(place.lockfile, formatLockfile(withEntry('colleague')))
    assert.throws(() => saveLockfile(run, withEntry('a')), isRecordError)
    loadRecord(run)
    rmSync(place.lockfile)
    assert.throws(() => saveLockfile(run, withEntry('a')), isRecordError)
    assert.not(existsSync(place.lockfile))
  }),
)

test(
  'replaces one that was written again with the same bytes',
  inPlace((place) => {
    createLockfile(place, lineage)
    const run = seenBefore(place)
    loadRecord(run)
    const text = readFileSync(place.lockfile)
    rmSync(place.lockfile)
    writeFileSync(place.lockfile, text)
    assert.ok(saveLockfile(run, withEntry('a')))
    assert.ok(saveLockfile(run, withEntry('b')))
  }),
)

test(
  'reads anew what another process wrote to lockfile or attempts since the first look',
  inPlace((place) => {
    createLockfile(place, lineage)
    const attempts = openAttempts(place)
    attempts.claim(claimOf('a'))
    attempts.settle(claimOf('a'), placed())
    attempts.claim(claimOf('b', 1, 2))
    attempts.settle(claimOf('b', 1, 2), notSent)
    const run = seenBefore(place)
    assert.equal(Object.keys(loadRecord(run).lockfile.calls), ['a'])
    openAttempts(place).settle(claimOf('b', 1, 2), placed('call-2'))
    writeFileSync(place.lockfile, formatLockfile(withEntry('c')))
    assert.equal(Object.keys(loadRecord(run).lockfile.calls).toSorted(), ['a', 'b', 'c'])
  }),
)

test(
  'a rescue file counts beside an attempt whose outcome is final and was read before',
  inPlace((place) => {
    createLockfile(place, lineage)
    const attempts = openAttempts(place)
    attempts.claim(claimOf('a'))
    attempts.settle(claimOf('a'), placed())
    const run = seenBefore(place)
    assert.is(loadRecord(run).attempts[0]?.damage, undefined)
    mkdirSync(place.rescue, { recursive: true })
    writeFileSync(join(place.rescue, 'a@1.json'), formatRescue(attemptForm, claimOf('a'), placed('another')))
    assert.match(loadRecord(run).attempts[0]?.damage ?? '', /two call ids/)
  }),
)

test.run()
