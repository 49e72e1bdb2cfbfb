import {
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { RecordError, UsageError } from '../../../src/model/errors.js'
import { PayloadFolder } from '../../../src/record/payloads/payload-files.js'
import { inFolder } from '../temporary-place.js'

const test = suite('a folder of payloads')

/** Texts of these tests end in a line feed. */
const isOwn = (text: string): boolean => text.endsWith('\n')

function folderOf(place: string, texts: Readonly<Record<string, string>>): PayloadFolder {
  const folder = new PayloadFolder(place, isOwn)
  for (const [address, text] of Object.entries(texts)) folder.take(address, text)
  return folder
}

test(
  'nothing is written until it is asked for',
  inFolder((place) => {
    const folder = folderOf(join(place, 'new'), { a: '1\n' })
    assert.equal(readdirSync(place), [])
    assert.equal(folder.write(new Set(['a'])), { written: 1, removed: [], unchanged: 0 })
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
    assert.equal(folder.write(defined), { written: 2, removed: ['gone.json'], unchanged: 1 })
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

for (const [name, what] of [
  ['a.json', 'a file in the place of a payload'],
  ['package.json', 'a file of somebody else'],
] as const) {
  test(
    `${what} is neither overwritten nor removed, and nothing else is written`,
    inFolder((place) => {
      folderOf(place, { gone: 'g\n' }).write(new Set())
      writeFileSync(join(place, name), 'mine')
      const folder = folderOf(place, { a: 'a\n', b: 'b\n' })
      for (const act of [
        () => folder.compare(new Set(['a', 'b'])),
        () => folder.write(new Set(['a', 'b'])),
      ]) {
        assert.throws(act, (error: unknown) => error instanceof UsageError && error.message.includes(name))
      }
      assert.is(readFileSync(join(place, name), 'utf8'), 'mine')
      assert.equal(readdirSync(place).sort(), [name, 'gone.json'].sort())
    }),
  )
}

test(
  'no link is written through or removed, nor another name of the same file written into',
  inFolder((place) => {
    const home = join(place, 'home')
    const inside = join(place, 'compiled')
    mkdirSync(inside)
    writeFileSync(home, 'mine\n')
    symlinkSync(home, join(inside, 'a.json'))
    assert.throws(() => folderOf(inside, { a: 'a\n' }).write(new Set(['a'])))
    assert.throws(() => folderOf(inside, {}).write(new Set()))
    unlinkSync(join(inside, 'a.json'))
    linkSync(home, join(inside, 'a.json'))
    folderOf(inside, { a: 'a\n' }).write(new Set(['a']))
    assert.is(readFileSync(home, 'utf8'), 'mine\n')
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
