import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { RecordError } from '../../../src/model/errors.js'
import type { Claim, Outcome } from '../../../src/model/record/attempt.js'
import { openAttempts } from '../../../src/record/attempts/attempts.js'
import type { FileSystem } from '../../../src/record/disk/file-system.js'
import { nodeFileSystem } from '../../../src/record/disk/file-system.js'
import type { RecordPlace } from '../../../src/record/folders/folders.js'
import {
  claimOf,
  failing,
  failure,
  filesWith,
  inPlace,
  notSent,
  placed,
  uncertain,
  uuid,
} from '../temporary-place.js'

const test = suite('record/rescue')

/** Claims on a good disk, settles on a bad one; returns what was thrown. */
function settleOn(
  place: RecordPlace,
  calls: Partial<FileSystem>,
  claim: Claim,
  outcome: Outcome,
): RecordError {
  const files = { ...nodeFileSystem }
  const attempts = openAttempts(place, files)
  attempts.claim(claim)
  Object.assign(files, calls)
  try {
    attempts.settle(claim, outcome)
  } catch (cause) {
    assert.instance(cause, RecordError)
    assert.throws(() => attempts.claim(claimOf('next')), /nothing was sent/)
    return cause as RecordError
  }
  throw new Error('settle did not throw')
}

const slotFails = (code: string): Partial<FileSystem> => ({
  writeSync: (file, bytes, offset, length, position) => {
    if (position === 4096) throw failure(code)
    return nodeFileSystem.writeSync(file, bytes, offset, length, position)
  },
})

/** As above, and no file may be created in folders whose path matches. */
const slotAndFoldersFail = (pattern: RegExp): Partial<FileSystem> => ({
  ...slotFails('ENOSPC'),
  openSync: (path, flags, mode) => {
    if (mode !== undefined && pattern.test(path)) throw failure('ENOSPC')
    return nodeFileSystem.openSync(path, flags, mode)
  },
})

test(
  'keeps the outcome in the record when the slot cannot be written',
  inPlace((place) => {
    const error = settleOn(place, slotFails('ENOSPC'), claimOf('a@b'), placed('id-1'))
    assert.match(
      error.message,
      `callctl: PLACED address=a@b attempt=${uuid(1)} call-id=id-1 KEPT IN ${join(place.rescue, 'a@b@1.json')} (ENOSPC)`,
    )
    assert.is(statSync(join(place.rescue, 'a@b@1.json')).mode & 0o777, 0o600)
    JSON.parse(readFileSync(join(place.rescue, 'a@b@1.json'), 'utf8'))
    assert.equal(openAttempts(place).list(), [{ ...claimOf('a@b'), outcome: placed('id-1') }])
  }),
)

test(
  'never repeats a failed fsync',
  inPlace((place) => {
    let count = 0
    const fsyncSync = (file: number): void => {
      if (nodeFileSystem.fstatSync(file).size === 8192 && count++ === 0) throw failure('EIO')
      nodeFileSystem.fsyncSync(file)
    }
    settleOn(place, { fsyncSync }, claimOf('a'), placed())
    assert.is(count, 1)
    assert.equal(openAttempts(place).list(), [{ ...claimOf('a'), outcome: placed() }])
  }),
)

test(
  'then keeps it in the folder for temporary files',
  inPlace((place) => {
    const error = settleOn(place, slotAndFoldersFail(/rescue\//), claimOf('a'), placed())
    assert.match(error.message, `KEPT IN ${join(place.temporary, `callctl-rescue-${uuid(1)}.json`)}`)
    assert.equal(openAttempts(place).list(), [{ ...claimOf('a'), outcome: placed() }])
  }),
)

test(
  'then tells everything in one line',
  inPlace((place) => {
    const error = settleOn(place, slotAndFoldersFail(/./), claimOf('a'), placed('id-1'))
    assert.is(
      error.message,
      `callctl: PLACED address=a attempt=${uuid(1)} call-id=id-1 NOT RECORDED (ENOSPC)`,
    )
    assert.equal(openAttempts(place).list(), [claimOf('a')])
  }),
)

test(
  'trusts no file for temporary use that others could have written',
  inPlace((place) => {
    settleOn(place, slotAndFoldersFail(/rescue\//), claimOf('a'), notSent)
    chmodSync(join(place.temporary, `callctl-rescue-${uuid(1)}.json`), 0o666)
    assert.equal(openAttempts(place).list(), [claimOf('a')])
  }),
)

test(
  'adds to an earlier rescue, never overwrites it',
  inPlace((place) => {
    settleOn(place, slotFails('EIO'), claimOf('a'), uncertain)
    const broken = filesWith({
      openSync: (path, flags, mode) => {
        if (path.endsWith('a@1') && (flags & 3) !== 0) throw failure('EROFS')
        return nodeFileSystem.openSync(path, flags, mode)
      },
    })
    assert.throws(() => openAttempts(place, broken).settle(claimOf('a'), placed()), /KEPT IN/)
    assert.equal(readdirSync(place.rescue).toSorted(), ['a@1.2.json', 'a@1.json'])
    assert.equal(openAttempts(place).list(), [{ ...claimOf('a'), outcome: placed() }])
  }),
)

test(
  'settles a damaged claim that a person has looked into',
  inPlace((place) => {
    openAttempts(place).claim(claimOf('a'))
    truncateSync(join(place.attempts, 'a@1'), 0)
    const [attempt] = openAttempts(place).list()
    assert.match(attempt!.damage!, /0 bytes/)
    openAttempts(place).settle(attempt!, notSent)
    const [settled] = openAttempts(place).list()
    assert.equal([settled!.damage, settled!.outcome], [undefined, notSent])
  }),
)

test(
  'shows a rescued call whose claim is gone',
  inPlace((place) => {
    settleOn(place, slotFails('EIO'), claimOf('a'), placed())
    rmSync(join(place.attempts, 'a@1'))
    assert.equal(openAttempts(place).list(), [{ ...claimOf('a'), outcome: placed() }])
  }),
)

test(
  'shows a rescue file that cannot be read, cut anywhere',
  inPlace((place) => {
    settleOn(place, slotFails('EIO'), claimOf('a'), placed())
    const path = join(place.rescue, 'a@1.json')
    const bytes = readFileSync(path)
    for (let length = 0; length < bytes.length - 1; length++) {
      writeFileSync(path, bytes.subarray(0, length))
      const [attempt] = openAttempts(place).list()
      assert.match(attempt!.damage!, /rescue file cannot be read/, `cut at ${length}`)
      assert.is(attempt!.outcome, undefined)
    }
  }),
)

test(
  'refuses when the rescue folder cannot be read',
  inPlace((place) => {
    mkdirSync(place.rescue, { recursive: true })
    const files = filesWith({ readdirSync: failing('EACCES') })
    assert.throws(() => openAttempts(place, files).list(), /cannot be read/)
  }),
)

test.run()
