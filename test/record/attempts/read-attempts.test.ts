import { mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { RecordError } from '../../../src/model/errors.js'
import { openAttempts, readAttempts } from '../../../src/record/attempts/attempts.js'
import { claimFileSize } from '../../../src/record/attempts/claim-file.js'
import type { FileSystem } from '../../../src/record/disk/file-system.js'
import { nodeFileSystem } from '../../../src/record/disk/file-system.js'
import type { RecordPlace } from '../../../src/record/folders/folders.js'
import { claimOf, failing, failure, filesWith, inPlace, placed, refused } from '../temporary-place.js'

const test = suite('record/read-attempts')

const isRecordError = (cause: Error) => cause instanceof RecordError

function recordOne(place: RecordPlace, address = 'a'): { readonly path: string; readonly bytes: Buffer } {
  const attempts = openAttempts(place)
  attempts.claim(claimOf(address))
  attempts.settle(claimOf(address), placed())
  const path = join(place.attempts, `${address}@1`)
  return { path, bytes: readFileSync(path) }
}

const whole = { ...claimOf('a'), outcome: placed() }

/** Every file reads as these bytes. */
const reading = (bytes: Buffer): FileSystem =>
  filesWith({
    fstatSync: (file) => Object.assign(nodeFileSystem.fstatSync(file), { size: bytes.length }),
    readSync: (_file, into, offset, length, position) =>
      bytes.copy(into, offset, position, Math.min(bytes.length, position + length)),
  })

test(
  'never loses a claim that is cut anywhere',
  inPlace((place) => {
    const { bytes } = recordOne(place)
    for (let length = 0; length < claimFileSize; length++) {
      const [attempt, ...others] = readAttempts(place, reading(bytes.subarray(0, length)))
      assert.is(others.length, 0)
      assert.equal([attempt!.address, attempt!.number], ['a', 1])
      assert.ok(attempt!.damage, `cut at ${length}`)
    }
    assert.not(openAttempts(place).claim(claimOf('a', 1, 9)))
  }),
)

test(
  'never loses or misreads a claim with any byte changed',
  inPlace((place) => {
    const { bytes } = recordOne(place)
    let damages = 0
    for (let offset = 0; offset < claimFileSize; offset++) {
      for (const mask of [0x01, 0x20, 0xff]) {
        const changed = Buffer.from(bytes)
        changed[offset]! ^= mask
        const [attempt] = readAttempts(place, reading(changed))
        assert.equal([attempt!.address, attempt!.number], ['a', 1], `byte ${offset}`)
        if (attempt!.outcome !== undefined) assert.equal(attempt!.outcome, placed())
        if (attempt!.damage === undefined) assert.equal(attempt, whole)
        else damages++
      }
    }
    assert.ok(damages > 3 * claimFileSize * 0.99)
  }),
)

test(
  'keeps the call id of a broken claim whose slot is whole',
  inPlace((place) => {
    const { path, bytes } = recordOne(place)
    bytes[20]! ^= 1
    writeFileSync(path, bytes)
    const [attempt] = readAttempts(place)
    assert.match(attempt!.damage!, /claim cannot be read/)
    assert.equal(attempt!.outcome, placed())
    assert.is(attempt!.attemptId, whole.attemptId)
  }),
)

test(
  'tells the whole address of a broken claim with a long name',
  inPlace((place) => {
    const address = `a@${'é'.repeat(100)}`
    openAttempts(place).claim(claimOf(address))
    const name = nodeFileSystem.readdirSync(place.attempts).find((each) => each.startsWith('a@'))!
    const bytes = readFileSync(join(place.attempts, name))
    bytes[bytes.indexOf('kim')]! ^= 1
    writeFileSync(join(place.attempts, name), bytes)
    assert.is(readAttempts(place)[0]!.address, address)
  }),
)

test(
  'shows strangers’ files under an attempt’s name as damage',
  inPlace((place) => {
    const { path, bytes } = recordOne(place)
    writeFileSync(join(place.attempts, 'b@1'), 'foreign')
    writeFileSync(join(place.attempts, 'b@2.bak'), '')
    writeFileSync(join(place.attempts, 'c@1'), Buffer.concat([bytes, Buffer.from('x')]))
    writeFileSync(join(place.attempts, 'd@1'), bytes)
    mkdirSync(join(place.attempts, 'e@1'))
    symlinkSync(path, join(place.attempts, 'f@1'))
    mkdirSync(join(place.attempts, 'workspaces'))
    const found = readAttempts(place).map(({ address, number, damage }) => [
      address,
      number,
      damage !== undefined,
    ])
    assert.equal(found, [
      ['a', 1, false],
      ['a', 1, true],
      ['a', 1, true],
      ['b', 0, true],
      ['b', 1, true],
      ['e', 1, true],
      ['f', 1, true],
    ])
  }),
)

test(
  'notices files that changed places, and slots that did',
  inPlace((place) => {
    const a = recordOne(place, 'a')
    const b = recordOne(place, 'b')
    renameSync(a.path, `${a.path}x`)
    renameSync(b.path, a.path)
    renameSync(`${a.path}x`, b.path)
    for (const attempt of readAttempts(place)) assert.match(attempt.damage!, /name of another attempt/)
    const attempts = openAttempts(place)
    attempts.claim(claimOf('c', 1, 3))
    attempts.settle(claimOf('c', 1, 3), refused)
    const c = readFileSync(join(place.attempts, 'c@1'))
    writeFileSync(join(place.attempts, 'c@1'), Buffer.concat([c.subarray(0, 4096), a.bytes.subarray(4096)]))
    const last = readAttempts(place).at(-1)!
    assert.match(last.damage!, /belongs to another attempt/)
    assert.is(last.outcome, undefined)
  }),
)

test(
  'refuses when one file cannot be read, and calls it no damage, which would outlast the cause',
  inPlace((place) => {
    recordOne(place, 'a')
    recordOne(place, 'b')
    const files = filesWith({
      openSync: (path, flags, mode) => {
        if (path.endsWith('a@1')) throw failure('EIO')
        return nodeFileSystem.openSync(path, flags, mode)
      },
    })
    assert.throws(() => readAttempts(place, files), isRecordError)
    assert.equal(
      readAttempts(place).map(({ outcome }) => outcome),
      [placed(), placed()],
    )
  }),
)

test(
  'refuses when the folder, or this process, cannot read at all',
  inPlace((place) => {
    recordOne(place)
    assert.throws(() => readAttempts(place, filesWith({ readdirSync: failing('EACCES') })), isRecordError)
    assert.throws(() => readAttempts(place, filesWith({ openSync: failing('EMFILE') })), isRecordError)
    assert.equal(readAttempts(place, filesWith({ readdirSync: failing('ENOENT') })), [])
  }),
)

test.run()
