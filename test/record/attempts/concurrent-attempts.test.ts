import { fstatSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { RecordError } from '../../../src/model/errors.js'
import { openAttempts, openConcurrentAttempts } from '../../../src/record/attempts/attempts.js'
import { type FileSystem, nodeFileSystem } from '../../../src/record/disk/file-system.js'
import { claimOf, failure, inPlaceAsync, placed, uuid } from '../temporary-place.js'

const test = suite('record/concurrent-attempts')

const names = Array.from({ length: 12 }, (_, index) => `call-${String(index).padStart(2, '0')}`)
const claimNamed = (name: string) => claimOf(name, 1, Number(name.slice(-2)) + 1)
const isFolder = (file: number): boolean => fstatSync(file).isDirectory()

/** Notes each sync when it is begun and when it is done. */
function watched(log: string[]): FileSystem {
  return {
    ...nodeFileSystem,
    async fsync(file) {
      const what = isFolder(file) ? 'folder' : 'file'
      log.push(`${what} begun`)
      await nodeFileSystem.fsync(file)
      log.push(`${what} done`)
    },
    linkSync(from, to) {
      log.push('linked')
      nodeFileSystem.linkSync(from, to)
    },
  }
}

test(
  'many at once are recorded as one after the other would be',
  inPlaceAsync(async (place) => {
    const attempts = openConcurrentAttempts(place)
    const work = async (name: string): Promise<void> => {
      assert.ok(await attempts.claim(claimNamed(name)))
      await attempts.settle(claimNamed(name), placed(`id-${name}`))
    }
    await Promise.all(names.map(work))
    const expected = names.map((name) => ({ ...claimNamed(name), outcome: placed(`id-${name}`) }))
    assert.equal(openAttempts(place).list(), expected)
  }),
)

test(
  'one sync of the folder serves several, and never one that was under way before the name was there',
  inPlaceAsync(async (place) => {
    const log: string[] = []
    const attempts = openConcurrentAttempts(place, watched(log))
    const claim = async (name: string): Promise<void> => {
      await attempts.claim(claimNamed(name))
      log.push('claimed')
    }
    await Promise.all(names.map(claim))
    assert.ok(log.filter((step) => step === 'folder begun').length < names.length)
    const counts = { linked: 0, covered: 0, durable: 0, claimed: 0 }
    for (const step of log) {
      if (step === 'linked') counts.linked += 1
      if (step === 'folder begun') counts.covered = counts.linked
      if (step === 'folder done') counts.durable = counts.covered
      if (step === 'claimed') counts.claimed += 1
      assert.ok(counts.claimed <= counts.durable, log.join(', '))
    }
    assert.is(counts.claimed, names.length)
  }),
)

test(
  'a claim is linked only when its bytes are durable',
  inPlaceAsync(async (place) => {
    const log: string[] = []
    await openConcurrentAttempts(place, watched(log)).claim(claimOf('a'))
    assert.equal(log, ['file begun', 'file done', 'linked', 'folder begun', 'folder done'])
  }),
)

test(
  'of two runs with one name, one claims it',
  inPlaceAsync(async (place) => {
    const runs = [openConcurrentAttempts(place), openConcurrentAttempts(place)]
    const won = await Promise.all(
      runs.map((run, index) => run.claim({ ...claimOf('a'), attemptId: uuid(index) })),
    )
    assert.equal(won.toSorted(), [false, true])
  }),
)

test(
  'a sync of the folder that fails refuses all who waited for it',
  inPlaceAsync(async (place) => {
    const files: FileSystem = {
      ...nodeFileSystem,
      fsync: async (file) => (isFolder(file) ? Promise.reject(failure('EIO')) : nodeFileSystem.fsync(file)),
    }
    const attempts = openConcurrentAttempts(place, files)
    const refused = await Promise.allSettled(names.map(async (name) => attempts.claim(claimNamed(name))))
    for (const each of refused) {
      assert.is(each.status, 'rejected')
      assert.instance((each as PromiseRejectedResult).reason, RecordError)
    }
  }),
)

test(
  'an outcome whose sync fails is kept elsewhere, and nothing more is claimed',
  inPlaceAsync(async (place) => {
    const claimed = openConcurrentAttempts(place, {
      ...nodeFileSystem,
      fsync: async (file) => {
        if (hasBegun && !isFolder(file)) throw failure('EIO')
        await nodeFileSystem.fsync(file)
      },
    })
    let hasBegun = false
    await claimed.claim(claimOf('a'))
    hasBegun = true
    const settled = await Promise.allSettled([claimed.settle(claimOf('a'), placed())])
    assert.match(String((settled[0] as PromiseRejectedResult).reason), /KEPT IN/)
    const next = await Promise.allSettled([claimed.claim(claimOf('b'))])
    assert.match(String((next[0] as PromiseRejectedResult).reason), /nothing was sent/)
    assert.equal(openAttempts(place).list(), [{ ...claimOf('a'), outcome: placed() }])
  }),
)

test.run()
