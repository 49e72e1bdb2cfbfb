import { chmodSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { RecordError } from '../../../src/model/errors.js'
import { nodeFileSystem } from '../../../src/record/disk/file-system.js'
import { replaceFile } from '../../../src/record/disk/replace-file.js'
import { failing, filesWith, inFolder } from '../temporary-place.js'

const test = suite('record/replace-file')

const isRecordError = (cause: Error) => cause instanceof RecordError

test(
  'creates and replaces, and keeps the mode',
  inFolder((folder) => {
    const path = join(folder, 'file')
    replaceFile(path, 'one')
    chmodSync(path, 0o664)
    replaceFile(path, 'two')
    assert.is(readFileSync(path, 'utf8'), 'two')
    assert.is(statSync(path).mode & 0o777, 0o664)
    assert.equal(readdirSync(folder), ['file'])
  }),
)

test(
  'writes until all is written',
  inFolder((folder) => {
    const path = join(folder, 'file')
    const files = filesWith({
      writeSync: (file, bytes, offset, length, position) =>
        nodeFileSystem.writeSync(file, bytes, offset, Math.min(length, 3), position),
    })
    replaceFile(path, 'a longer text', files)
    assert.is(readFileSync(path, 'utf8'), 'a longer text')
  }),
)

for (const [call, code] of [
  ['openSync', 'EACCES'],
  ['writeSync', 'ENOSPC'],
  ['fsyncSync', 'EIO'],
  ['fchmodSync', 'EPERM'],
  ['renameSync', 'EXDEV'],
] as const) {
  test(
    `keeps the old file and no other when ${call} fails`,
    inFolder((folder) => {
      const path = join(folder, 'file')
      writeFileSync(path, 'old')
      assert.throws(() => replaceFile(path, 'new', filesWith({ [call]: failing(code) })), isRecordError)
      assert.is(readFileSync(path, 'utf8'), 'old')
      assert.equal(readdirSync(folder), ['file'])
    }),
  )
}

test(
  'keeps the old file when the disk is full after some bytes',
  inFolder((folder) => {
    const path = join(folder, 'file')
    writeFileSync(path, 'old')
    assert.throws(() => replaceFile(path, 'new', filesWith({ writeSync: () => 0 })), isRecordError)
    assert.is(readFileSync(path, 'utf8'), 'old')
    assert.equal(readdirSync(folder), ['file'])
  }),
)

test(
  'steps over another process’s temporary file',
  inFolder((folder) => {
    const path = join(folder, 'file')
    writeFileSync(join(folder, '.file.1.tmp'), 'another’s')
    replaceFile(path, 'new')
    assert.is(readFileSync(path, 'utf8'), 'new')
    assert.is(readFileSync(join(folder, '.file.1.tmp'), 'utf8'), 'another’s')
  }),
)

test(
  'refuses a symbolic link',
  inFolder((folder) => {
    writeFileSync(join(folder, 'other'), 'old')
    symlinkSync('other', join(folder, 'file'))
    assert.throws(() => replaceFile(join(folder, 'file'), 'new'), isRecordError)
    assert.is(readFileSync(join(folder, 'other'), 'utf8'), 'old')
  }),
)

test.run()
