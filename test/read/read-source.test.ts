import { execFileSync } from 'node:child_process'
import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readNamedFile, readSource } from '../../src/read/read-source.js'
import { inFolder } from './folder.js'

const codeOf = (found: ReturnType<typeof readSource>) => ('code' in found ? found.code : found)
const mebibyte = 1024 * 1024

const source = suite('readSource')

source('gives path and text', () =>
  inFolder({ 'a.yaml': 'é💚\n' }, (folder) =>
    assert.equal(readSource(folder, 'a.yaml'), { path: 'a.yaml', text: 'é💚\n' }),
  ),
)
source('takes 8 MiB', () =>
  inFolder({ 'a.yaml': 'x'.repeat(8 * mebibyte) }, (folder) =>
    assert.not.ok('code' in readSource(folder, 'a.yaml')),
  ),
)
source('refuses more', () =>
  inFolder({ 'a.yaml': 'x'.repeat(8 * mebibyte + 1) }, (folder) =>
    assert.is(codeOf(readSource(folder, 'a.yaml')), 'file/too-large'),
  ),
)
for (const [name, bytes] of [
  ['bytes that are not UTF-8', [0x61, 0xff, 0xfe]],
  ['UTF-16', [0xff, 0xfe, 0x61, 0x00]],
  ['an encoded surrogate', [0xed, 0xa0, 0x80]],
  ['a character that is cut off', [0x61, 0xe2, 0x82]],
] as const) {
  source(`refuses ${name}`, () =>
    inFolder({ 'a.yaml': Uint8Array.from(bytes) }, (folder) =>
      assert.is(codeOf(readSource(folder, 'a.yaml')), 'file/encoding'),
    ),
  )
}
for (const [name, bytes, said] of [
  ['UTF-16 of this byte order', [0xff, 0xfe, 0x61, 0x00], 'is UTF-16'],
  ['UTF-16 of the other one', [0xfe, 0xff, 0x00, 0x61], 'is UTF-16'],
  ['a workbook', [0x50, 0x4b, 0x03, 0x04, 0xff], 'is a workbook'],
  ['a workbook of old', [0xd0, 0xcf, 0x11, 0xe0, 0xa1], 'is a workbook'],
  ['a list in Windows-1252', [0x4d, 0xfc, 0x6c, 0x6c, 0x65, 0x72], 'Windows-1252'],
] as const) {
  source(`says which encoding it is not: ${name}`, () =>
    inFolder({ 'a.csv': Uint8Array.from(bytes) }, (folder) => {
      const found = readSource(folder, 'a.csv')
      assert.match('code' in found ? found.message : '', said)
    }),
  )
}
source('points at the file', () =>
  inFolder({}, (folder) => {
    const found = readSource(folder, 'nope.yaml')
    assert.ok('code' in found)
    assert.is(codeOf(found), 'file/unreadable')
    assert.equal('code' in found && found.range, { source: 'nope.yaml', start: 0, end: 0 })
  }),
)
source('refuses a folder', () =>
  inFolder({ 'd/a.yaml': '' }, (folder) => assert.is(codeOf(readSource(folder, 'd')), 'file/unreadable')),
)
source('refuses a device', () =>
  inFolder({}, (folder) => {
    symlinkSync('/dev/zero', join(folder, 'a.yaml'))
    assert.is(codeOf(readSource(folder, 'a.yaml')), 'file/unreadable')
  }),
)
source('refuses `..`', () =>
  inFolder({ 'w/a.yaml': '', 'o.yaml': '' }, (folder) =>
    assert.is(codeOf(readSource(join(folder, 'w'), '../o.yaml')), 'file/unreadable'),
  ),
)

const named = suite('readNamedFile')

named('reads a file anywhere', () =>
  inFolder({ 'o/v.yaml': 'a: 1\n' }, (folder) =>
    assert.equal(readNamedFile(join(folder, 'o/v.yaml'), 'v.yaml'), { path: 'v.yaml', text: 'a: 1\n' }),
  ),
)
named('follows a link, as secrets are often mounted', () =>
  inFolder({ 'o/v.yaml': 'a: 1\n' }, (folder) => {
    symlinkSync('o/v.yaml', join(folder, 'v.yaml'))
    assert.equal(readNamedFile(join(folder, 'v.yaml'), 'v.yaml'), { path: 'v.yaml', text: 'a: 1\n' })
  }),
)
named('refuses a pipe, without waiting for it', () =>
  inFolder({}, (folder) => {
    execFileSync('mkfifo', [join(folder, 'p')])
    assert.is(codeOf(readNamedFile(join(folder, 'p'), 'p')), 'file/unreadable')
  }),
)
named('refuses what is not there', () =>
  inFolder({}, (folder) => assert.is(codeOf(readNamedFile(join(folder, 'nope'), 'nope')), 'file/unreadable')),
)

source.run()
named.run()
