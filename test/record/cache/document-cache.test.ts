import { createHash } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compile } from '../../../src/compile/compile.js'
import { parse } from '../../../src/compile/yaml/parse.js'
import type { KnownDocuments } from '../../../src/model/language/document.js'
import { type DocumentCache, openDocumentCache } from '../../../src/record/cache/document-cache.js'
import { noValues, workspace } from '../../helpers/workspace.js'
import { yamlTexts } from '../../helpers/yaml-texts.js'

const test = suite('document cache')

interface Place {
  readonly root: string
  readonly base: string
  readonly folder: string
  open(fingerprint?: string): DocumentCache | undefined
  /** Of the one cache file. */
  file(): string
}

function inPlace(work: (place: Place) => void): void {
  const top = mkdtempSync(join(tmpdir(), 'callctl-cache-'))
  const root = join(top, 'workspace')
  const base = join(top, 'cache')
  const folder = join(base, 'callctl')
  mkdirSync(root)
  const environment = { XDG_CACHE_HOME: base, HOME: top }
  try {
    work({
      ...{ root, base, folder },
      open: (fingerprint = 'a') => openDocumentCache({ root, environment, fingerprint, processId: 1 }),
      file: () => join(folder, readdirSync(folder)[0]!),
    })
  } finally {
    rmSync(top, { recursive: true })
  }
}

const source = { path: 'calls/a.yaml', text: 'a: {b: [1, "two"]}\n' }
const document = parse(source).value!

function fill(cache: DocumentCache | undefined, kept = source): void {
  cache!.keep(kept, parse(kept).value!)
  cache!.save()
}

test('a document is found again by its text', () =>
  inPlace(({ open }) => {
    fill(open())
    const cache = open()!
    assert.equal(cache.find(source), document)
    assert.is(cache.find({ ...source, text: 'a: {b: [1, "twp"]}\n' }), undefined)
  }))

test('halves of surrogate pairs are not taken for the replacement character', () =>
  inPlace(({ open }) => {
    const known = { path: 'a', text: 'a: \ufffd\n' }
    fill(open(), known)
    assert.ok(open()!.find(known))
    assert.is(open()!.find({ path: 'a', text: 'a: \ud800\n' }), undefined)
  }))

test('what was not asked for is dropped at the next writing, and nothing is written when nothing is new', () =>
  inPlace(({ open, file }) => {
    const other = { path: 'b', text: 'b: 1\n' }
    fill(open())
    const before = readFileSync(file())
    const reader = open()!
    reader.find(source)
    reader.save()
    assert.equal(readFileSync(file()), before)
    fill(open(), other)
    assert.is(open()!.find(source), undefined)
    assert.ok(open()!.find(other))
  }))

test('of more than the cache may hold it keeps what fits, and is not written again for the rest', () =>
  inPlace(({ open, file }) => {
    // A document, in bytes twice as long as in UTF-16 units.
    const parts = JSON.stringify([5, 0, 4, 1, 0, 0, 1, 'a', 0, 3, 4, 'é'.repeat(6 * 1024 * 1024)])
    const sources = [0, 1, 2, 3, 4, 5].map((number) => ({ path: `${number}`, text: `a: ${number}\n` }))
    const run = (): readonly string[] => {
      const cache = open()!
      const found = sources.filter((each) => cache.find(each) !== undefined)
      for (const each of sources) if (!found.includes(each)) cache.keepParts(each, parts)
      cache.save()
      return found.map(({ path }) => path)
    }
    assert.equal(run(), [])
    const { ino } = statSync(file())
    assert.equal(run(), ['0', '1', '2', '3', '4'])
    assert.is(statSync(file()).ino, ino)
  }))

test('another build starts anew', () =>
  inPlace(({ open }) => {
    fill(open('a'))
    assert.is(open('b')!.find(source), undefined)
  }))

test('runs at the same time each write a whole file', () =>
  inPlace(({ open, folder }) => {
    const [first, second] = [open(), open()]
    fill(first)
    fill(second)
    assert.equal(open()!.find(source), document)
    assert.is(readdirSync(folder).length, 1)
  }))

test('a leftover of a run that was killed keeps nobody from writing for long', () =>
  inPlace(({ open, file, folder }) => {
    fill(open())
    writeFileSync(`${file()}.1.tmp`, 'torn')
    fill(open(), { path: 'b', text: 'b: 1\n' })
    assert.is(readdirSync(folder).length, 1)
    assert.equal(open()!.find(source), document)
  }))

test('the folder holds a limited number of files', () =>
  inPlace(({ open, folder }) => {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    for (let number = 0; number < 50; number += 1) {
      writeFileSync(join(folder, `${String(number).padStart(64, '0')}.documents`), '')
    }
    for (const name of ['notes.txt', 'a.documents']) writeFileSync(join(folder, name), 'mine')
    fill(open())
    assert.is(readdirSync(folder).length, 32 + 2)
    assert.is(readFileSync(join(folder, 'notes.txt'), 'utf8'), 'mine')
  }))

test('only the user may read it', () =>
  inPlace(({ open, base, folder }) => {
    mkdirSync(base, { mode: 0o755 })
    fill(open())
    chmodSync(folder, 0o750)
    assert.is(open(), undefined)
    chmodSync(folder, 0o702)
    assert.is(open(), undefined)
  }))

test('a file or a link in place of the folder is refused', () =>
  inPlace(({ open, base, folder }) => {
    mkdirSync(base)
    writeFileSync(folder, '')
    assert.is(open(), undefined)
    rmSync(folder)
    symlinkSync(join(base, 'nowhere'), folder)
    assert.is(open(), undefined)
  }))

test('no folder inside the workspace or its repository is used, or made', () =>
  inPlace(({ root, base }) => {
    const use = { root, fingerprint: 'a', processId: 1 }
    assert.is(openDocumentCache({ ...use, environment: { XDG_CACHE_HOME: root } }), undefined)
    assert.is(openDocumentCache({ ...use, environment: { HOME: root } }), undefined)
    symlinkSync(root, base)
    assert.is(openDocumentCache({ ...use, environment: { XDG_CACHE_HOME: base } }), undefined)
    assert.equal(readdirSync(root), [])
    const inner = join(root, 'inner')
    mkdirSync(inner)
    mkdirSync(join(root, '.git'))
    assert.is(openDocumentCache({ ...use, root: inner, environment: { HOME: root } }), undefined)
    assert.not(existsSync(join(root, '.cache')))
  }))

test('without an absolute folder in the environment there is no cache', () =>
  inPlace(({ root }) => {
    for (const environment of [{}, { HOME: '' }, { XDG_CACHE_HOME: 'here' }, { HOME: '.' }])
      assert.is(openDocumentCache({ root, environment, fingerprint: 'a', processId: 1 }), undefined)
  }))

const withHead = (body: string): string =>
  `callctl documents 1 a ${createHash('sha256').update(body).digest('base64url')}\n${body}`
const key = createHash('sha256').update(source.text, 'utf16le').digest('base64url')

/** Files that somebody else, or a bad disk, left there. */
const spoilt: readonly ((text: string) => string)[] = [
  () => '',
  () => '\n',
  () => '\0'.repeat(10_000),
  (text) => text.slice(0, -1),
  (text) => text.slice(0, 20),
  (text) => text.replace('two', 'one'),
  (text) => text.replace('documents 1', 'documents 2'),
  (text) => `${text}\n`,
  ...[
    '',
    '{}',
    'null',
    '[]',
    '[5,0,1,1',
    '{"__proto__":[5,0,1,0]}',
    '{"length":4,"0":5,"1":0,"2":1,"3":0}',
  ].map((entry) => () => withHead(`${key}${entry}`)),
  () => withHead(`${key}[5,0,1,1,0,0,1,"__proto__",0,0,1,"x"]`),
  () => withHead(`__proto__${key}[5,0,1,0]`),
  () => withHead(`${key}${'['.repeat(200_000)}`),
]

test('a cache file that is damaged or foreign is as good as none', () => {
  for (const spoil of spoilt)
    inPlace(({ open, file }) => {
      fill(open())
      writeFileSync(file(), spoil(readFileSync(file(), 'utf8')))
      const cache = open()!
      assert.is(cache.find(source), undefined)
      fill(cache)
      assert.equal(open()!.find(source), document)
    })
})

const files = fc.dictionary(
  fc.constantFrom('calls/a.yaml', 'calls/b.yaml', 'templates/t.yaml', 'callctl.yaml'),
  fc.oneof(
    yamlTexts,
    yamlTexts.map(
      (text) => `calls:\n  x:\n    call:\n      callbackUri: https://bot.example/cb\n      ${text}`,
    ),
    fc.constantFrom(
      'calls:\n  y: { uses: t, with: { subject: hello } }\n',
      'variables: { subject: { type: string } }\ncall: { callbackUri: https://b.example/c, targets: [{ identity: { user: { id: adele } } }], subject: "{{subject}}" }\n',
    ),
  ),
)

test('payloads and diagnostics are the same with a cold, a warm, a damaged and no cache', () =>
  inPlace(({ open, folder, root }) => {
    assert.ok(root)
    fc.assert(
      fc.property(files, fc.nat(), (texts, at) => {
        rmSync(folder, { recursive: true, force: true })
        const run = (documents: KnownDocuments | undefined) => {
          const { payloads, diagnostics } = compile(
            { ...workspace(texts), ...(documents !== undefined && { documents }) },
            noValues,
          )
          return { payloads, diagnostics }
        }
        const expected = run(undefined)
        const runCached = () => {
          const cache = open()!
          assert.equal(run(cache), expected)
          cache.save()
        }
        runCached()
        runCached()
        for (const name of readdirSync(folder)) {
          const bytes = readFileSync(join(folder, name))
          bytes[at % bytes.length]! ^= 1
          writeFileSync(join(folder, name), bytes)
        }
        runCached()
        runCached()
      }),
      { seed: 7, numRuns: 150 },
    )
  }))

test('a second run parses only the files that changed', () =>
  inPlace(({ open }) => {
    const texts = Object.fromEntries(
      Array.from({ length: 20 }, (_, number) => [
        `calls/${number}.yaml`,
        `calls:\n  c${number}:\n    call: { callbackUri: https://bot.example/cb, targets: [{ identity: { user: { id: adele } } }] }\n`,
      ]),
    )
    const countParsed = (changed: Readonly<Record<string, string>>): number => {
      const cache = open()!
      let count = 0
      const documents: KnownDocuments = {
        find: (each) => cache.find(each),
        keep: (each, parsed) => {
          count += 1
          cache.keep(each, parsed)
        },
      }
      compile({ ...workspace({ ...texts, ...changed }), documents }, noValues)
      cache.save()
      return count
    }
    const changed = { 'calls/7.yaml': 'calls: {}\n' }
    assert.equal(
      [countParsed({}), countParsed({}), countParsed(changed), countParsed(changed)],
      [20, 0, 1, 0],
    )
  }))

test.run()
