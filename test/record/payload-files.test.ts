import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { RecordError } from '../../src/model/errors.js'
import { PayloadFolder } from '../../src/record/payload-files.js'
import { inFolder } from './temporary-place.js'

const test = suite('a folder of payloads')

function folderOf(place: string, texts: Readonly<Record<string, string>>): PayloadFolder {
  const folder = new PayloadFolder(place)
  for (const [address, text] of Object.entries(texts)) folder.take(address, text)
  return folder
}

test(
  'nothing is written until it is asked for',
  inFolder((place) => {
    const folder = folderOf(join(place, 'new'), { a: '1\n' })
    assert.equal(readdirSync(place), [])
    assert.equal(folder.write(new Set(['a'])), { written: 1, removed: 0, unchanged: 0 })
    assert.is(readFileSync(join(place, 'new', 'a.json'), 'utf8'), '1\n')
  }),
)

test(
  'what is there already is left alone, what is no longer defined is removed',
  inFolder((place) => {
    folderOf(place, { same: 's\n', changed: 'c\n', gone: 'g\n' }).write(new Set())
    writeFileSync(join(place, 'note.txt'), '')
    const before = statSync(join(place, 'same.json'))
    const folder = folderOf(place, { same: 's\n', changed: 'C\n', new: 'n\n' })
    const defined = new Set(['same', 'changed', 'new'])
    assert.equal(folder.compare(defined), [
      { name: 'changed.json', problem: 'changed' },
      { name: 'new.json', problem: 'missing' },
      { name: 'gone.json', problem: 'stale' },
    ])
    assert.equal(folder.write(defined), { written: 2, removed: 1, unchanged: 1 })
    assert.equal(readdirSync(place).sort(), ['changed.json', 'new.json', 'note.txt', 'same.json'])
    const after = statSync(join(place, 'same.json'))
    assert.is(after.mtimeMs, before.mtimeMs)
  }),
)

test(
  'files of calls that are defined and were not taken stay, as do all when names are not known',
  inFolder((place) => {
    folderOf(place, { a: 'a\n', b: 'b\n' }).write(new Set())
    folderOf(place, { a: 'a\n' }).write(new Set(['a', 'b']))
    folderOf(place, { a: 'a\n' }).write(undefined)
    assert.equal(readdirSync(place).sort(), ['a.json', 'b.json'])
  }),
)

test(
  'each file has its own text, however many are held',
  inFolder((place) => {
    const texts = Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => [`c${index}`, `${index} ${'é'.repeat(100_000 + index)}\n`]),
    )
    folderOf(place, texts).write(undefined)
    for (const [address, text] of Object.entries(texts))
      assert.is(readFileSync(join(place, `${address}.json`), 'utf8') === text, true, address)
  }),
)

test(
  'a folder that cannot be written is an error with a name',
  inFolder((place) => {
    writeFileSync(join(place, 'file'), '')
    const folder = folderOf(join(place, 'file'), { a: 'a\n' })
    assert.throws(
      () => folder.write(undefined),
      (error: unknown) => error instanceof RecordError,
    )
  }),
)

test.run()
