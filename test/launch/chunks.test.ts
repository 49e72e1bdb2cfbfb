// What each command loads, counted: start-up is mostly reading code.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { peerCalls, withWorkspace } from '../helpers/callctl-workspace.js'

const test = suite('the pieces of the built program')
const dist = resolve('dist')
const chunks = join(dist, 'chunks')

const inTemporaryFolder = (work: (folder: string) => void): void => {
  const folder = mkdtempSync(join(tmpdir(), 'callctl-launch-'))
  try {
    work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const run = (program: string, words: string, before: readonly string[] = [], cwd = process.cwd()) =>
  spawnSync(process.execPath, [...before, program, ...words.split(' ')], {
    cwd,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] },
  })

/** Names of the pieces that a command reads. */
function piecesOf(words: string, cwd = process.cwd()): readonly string[] {
  const pieces: string[] = []
  inTemporaryFolder((folder) => {
    const notes = join(folder, 'notes')
    const spy = join(folder, 'spy.cjs')
    writeFileSync(
      spy,
      `const fs = require('node:fs')
const open = fs.openSync
const paths = []
fs.openSync = (path, ...rest) => (paths.push(String(path)), open(path, ...rest))
process.on('exit', () => fs.writeFileSync(${JSON.stringify(notes)}, paths.join('\\n')))`,
    )
    const { status, stderr } = run(join(dist, 'callctl.cjs'), words, ['--require', spy], cwd)
    assert.is(status, 0, stderr)
    const paths = readFileSync(notes, 'utf8').split('\n')
    pieces.push(
      ...paths
        .filter((path) => path.endsWith('.cjs') && dirname(path) === chunks)
        .map((path) => basename(path)),
    )
  })
  return pieces
}

const textOf = (pieces: readonly string[]): string =>
  pieces.map((name) => readFileSync(join(chunks, name), 'latin1')).join('')

/** Words that only the named package has, so that a piece that holds it is known. */
const marks = {
  'msal-node': 'msal.js.node',
  'cross-fetch': 'node_modules/cross-fetch',
  'libphonenumber-js': 'country_calling_codes',
  handlebars: 'OPEN_RAW_BLOCK',
  'csv-parse': 'CSV_INVALID_OPTION_BOM',
  simulator: 'commsNotifications',
}

test('the marks by which packages are found are in the program', () => {
  const names = readdirSync(chunks).filter((name) => name.endsWith('.cjs'))
  const text = textOf(names)
  assert.equal(
    Object.entries(marks).filter(([, mark]) => !text.includes(mark)),
    [],
  )
})

/** Which of these each command loads; `validate` and others that send nothing have none of them. */
const loaded: Readonly<Record<string, readonly (keyof typeof marks)[]>> = {
  '--version': [],
  help: [],
  validate: [],
  'validate --json': [],
  compile: [],
  'compile --out compiled': [],
  'plan --simulator': [],
  'explain one': [],
  fmt: [],
  'lock verify': [],
  audit: [],
  'schema calls': [],
  'completion bash': [],
  'status --simulator': [],
  'apply --yes --simulator': ['cross-fetch', 'simulator'],
}

const packagesOf = (words: string, cwd: string): readonly string[] => {
  const text = textOf(piecesOf(words, cwd))
  return Object.entries(marks).flatMap(([name, mark]) => (text.includes(mark) ? name : []))
}

for (const [words, expected] of Object.entries(loaded)) {
  test(`${words} loads ${expected.join(' and ') || 'no package that is for few, and no simulator'}`, () =>
    withWorkspace(peerCalls(['one']), async ({ folder }) => {
      assert.equal(packagesOf(words, folder), expected)
    }))
}

/** What only some workspaces need is loaded for them alone. */
const needs: Readonly<Record<string, readonly [keyof typeof marks, Readonly<Record<string, string>>]>> = {
  'a phone number to be read': [
    'libphonenumber-js',
    {
      'calls/a.yaml': `calls:
  a: { call: { callbackUri: https://b.example/c, targets: [{ identity: { user: { id: adele } } }], subject: "{{e164 '+1 425 555 0100'}}" } }
`,
    },
  ],
  'a block that is not simple': [
    'handlebars',
    {
      'calls/a.yaml': `variables: { names: [a, b] }
calls:
  a: { call: { callbackUri: https://b.example/c, targets: [{ identity: { user: { id: adele } } }], subject: "{{#each names}}{{this}}{{/each}}" } }
`,
    },
  ],
  'a list with quotes': [
    'csv-parse',
    {
      'data/people.csv': 'name\n"a, b"\n',
      'calls/a.yaml': `data: { people: { file: ../data/people.csv } }
calls:
  a: { call: { callbackUri: https://b.example/c, targets: [{ identity: { user: { id: adele } } }], subject: "{{length people}} people" } }
`,
    },
  ],
}

for (const [what, [name, workspace]] of Object.entries(needs)) {
  test(`where there is ${what}, validate loads ${name}`, () =>
    withWorkspace(workspace, async ({ folder }) => {
      assert.equal(packagesOf('validate', folder), [name])
    }))
}

test('the schema is loaded of the version that calls have', () =>
  withWorkspace(peerCalls(['one']), async ({ folder }) => {
    const loadedOnes = piecesOf('validate', folder).filter((name) => name.startsWith('call-'))
    assert.equal(loadedOnes, ['call-v1.0.cjs'])
  }))

test('--version loads next to nothing', () => {
  const size = textOf(piecesOf('--version')).length
  assert.ok(size < 20_000, `${size} characters`)
})

test('validate reads few files, and no more than it did', () =>
  withWorkspace(peerCalls(['one']), async ({ folder }) => {
    const pieces = piecesOf('validate', folder)
    // One of them for the pattern of the stock template.
    assert.ok(pieces.length <= 10, pieces.join(' '))
    const size = textOf(pieces).length
    // Room for an edit, not for another package.
    assert.ok(size < 610_000, `${size} characters`)
  }))

test('validate hashes nothing, and so does not load node:crypto', () => {
  const spy = "process.on('exit', () => console.error(process.moduleLoadList.join(' ')))"
  inTemporaryFolder((folder) => {
    writeFileSync(join(folder, 'spy.cjs'), spy)
    const { stderr } = run(join(dist, 'callctl.cjs'), 'validate', ['--require', join(folder, 'spy.cjs')])
    assert.match(stderr, 'NativeModule util')
    assert.not.match(stderr, 'NativeModule crypto')
  })
})

for (const words of ['--version', 'doctor', 'apply --yes']) {
  test(`on Node 18 \`${words}\` says what callctl needs, and loads nothing`, () =>
    inTemporaryFolder((folder) => {
      const disguise = join(folder, 'disguise.cjs')
      writeFileSync(
        disguise,
        "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '18.20.8' } })",
      )
      const { status, stdout, stderr } = run(join(dist, 'callctl.cjs'), words, ['--require', disguise])
      assert.is(status, 3)
      assert.is(stdout, '')
      assert.match(stderr, 'callctl needs Node 20 or newer, and this is Node 18.20.8')
      assert.not.match(stderr, ' at ')
    }))
}

test('the launcher can be read by a Node that has none of the newer syntax', () => {
  const text = readFileSync(join(dist, 'callctl.cjs'), 'utf8')
  assert.not.match(text, /\?\.[a-zA-Z([]|\?\?/)
})

test('no piece holds a character beyond ASCII, since pieces are read byte by byte', () => {
  const beyond = readdirSync(chunks)
    .filter((name) => name.endsWith('.cjs'))
    .filter((name) => /[^\0-\x7f]/.test(readFileSync(join(chunks, name), 'utf8')))
  assert.equal(beyond, [])
})

test.run()
