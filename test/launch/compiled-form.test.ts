// What V8 made of a piece in earlier runs is taken only where Node, platform, processor and text are those it was made by.
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'

const test = suite('compiled forms')
const dist = resolve('dist')
const mark = `.${process.version}-${process.platform}-${process.arch}`

/** The file's name of a piece's compiled form. */
const formOf = (piece: string, command: string): string => `${piece}.cjs${mark}.${command}.cache`

/** What the build left beside the pieces, and the library. */
const isLeft = /\.cache$|\/types$|\/index\.js$/

interface Copy {
  readonly chunks: string
  run(
    words: string,
    env?: Readonly<Record<string, string>>,
    uid?: number,
  ): { status: number | null; stdout: string; stderr: string; error?: NodeJS.ErrnoException }
  /** Compiled forms, by their file's name. */
  forms(): readonly string[]
}

/** A copy of the program, without compiled forms. */
function inCopy(work: (copy: Copy) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'callctl-forms-'))
  try {
    cpSync(dist, folder, { recursive: true, filter: (path) => !isLeft.test(path) })
    chmodSync(folder, 0o755)
    const chunks = join(folder, 'chunks')
    work({
      chunks,
      forms: () => readdirSync(chunks).filter((name) => name.endsWith('.cache')),
      run: (words, env = {}, uid) =>
        spawnSync(process.execPath, [join(folder, 'callctl.cjs'), ...words.split(' ')], {
          encoding: 'utf8',
          ...(uid !== undefined && { uid }),
          env: { PATH: process.env['PATH'], ...env },
        }),
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Its head says what it is for, and the text beside it is in it. */
function isWhole(path: string): boolean {
  const text = readFileSync(path.slice(0, path.indexOf(mark)))
  const bytes = readFileSync(path)
  const head = `callctl ${mark.slice(1)} ${text.length}`
  return (
    bytes.toString('latin1', 0, 256).trimEnd() === head && bytes.subarray(256, 256 + text.length).equals(text)
  )
}

test('a run leaves one for each piece that it used, of its command', () =>
  inCopy((copy) => {
    assert.is(copy.run('validate').status, 0)
    const forms = copy.forms()
    assert.ok(forms.includes(formOf('core', 'validate')), forms.join(' '))
    assert.ok(forms.every((name) => name.endsWith(`${mark}.validate.cache`)))
  }))

test('another command leaves its own, and then nothing is written any more', () =>
  inCopy((copy) => {
    copy.run('validate')
    const before = copy.forms().map((name) => readFileSync(join(copy.chunks, name)))
    copy.run('compile')
    const own = copy.forms()
    assert.ok(own.includes(formOf('core', 'compile')))
    copy.run('validate')
    copy.run('compile')
    assert.equal(copy.forms(), own)
    const kept = own.filter((name) => name.endsWith('.validate.cache'))
    assert.ok(kept.every((name, index) => readFileSync(join(copy.chunks, name)).equals(before[index]!)))
  }))

for (const words of ['apply --simulator', 'hangup nobody --simulator', 'call get nobody', 'nothing-such']) {
  test(`\`${words}\` leaves none`, () =>
    inCopy((copy) => {
      copy.run(words)
      assert.equal(copy.forms(), [])
    }))
}

test('with options for V8 none is left', () =>
  inCopy((copy) => {
    assert.is(copy.run('validate', { NODE_OPTIONS: '--max-old-space-size=400' }).status, 0)
    assert.equal(copy.forms(), [])
  }))

test('a text that was edited is what runs, its length unchanged', () =>
  inCopy((copy) => {
    copy.run('--version')
    const name = readdirSync(copy.chunks).find(
      (each) => each.endsWith('.cjs') && readFileSync(join(copy.chunks, each), 'latin1').includes('"0.1.0"'),
    )!
    const path = join(copy.chunks, name)
    writeFileSync(path, readFileSync(path, 'latin1').replace('"0.1.0"', '"0.1.7"'), 'latin1')
    assert.is(copy.run('--version').stdout, '0.1.7\n')
    assert.is(copy.run('--version').stdout, '0.1.7\n')
  }))

test('one of another Node is not even opened', () =>
  inCopy((copy) => {
    copy.run('validate')
    const form = readFileSync(join(copy.chunks, formOf('core', 'validate')))
    rmSync(join(copy.chunks, formOf('core', 'validate')))
    const other = join(copy.chunks, `core.cjs.v20.0.0-${process.platform}-${process.arch}.validate.cache`)
    writeFileSync(other, form)
    assert.is(copy.run('validate').status, 0)
    assert.ok(readFileSync(other).equals(form))
  }))

const damages: Readonly<Record<string, (path: string) => void>> = {
  'is missing': (path) => rmSync(path),
  'is empty': (path) => truncateSync(path, 0),
  'is cut off in its head': (path) => truncateSync(path, 100),
  'is cut off in its text': (path) => truncateSync(path, 1000),
  'lacks its last bytes': (path) => truncateSync(path, readFileSync(path).length - 8),
  'says that another Node made it': (path) =>
    editHead(path, (head) => head.replace(process.version, `${process.version}1`)),
  'says that another processor made it': (path) =>
    editHead(path, (head) => head.replace(process.arch, 'riscv64')),
  'is of a text of another length': (path) => editHead(path, (head) => head.replace(/ (\d+)/, ' 1$1')),
  'is no compiled form at all': (path) => writeFileSync(path, 'x'.repeat(5000)),
}

function editHead(path: string, edit: (head: string) => string): void {
  const bytes = readFileSync(path)
  bytes.write(edit(bytes.toString('latin1', 0, 256)).slice(0, 256), 'latin1')
  writeFileSync(path, bytes)
}

for (const [damage, make] of Object.entries(damages)) {
  test(`where a compiled form ${damage}, the text is compiled, and the form made anew`, () =>
    inCopy((copy) => {
      const { stdout } = copy.run('compile')
      const names = copy.forms()
      for (const name of names) make(join(copy.chunks, name))
      const again = copy.run('compile')
      assert.is(again.status, 0, again.stderr)
      assert.is(again.stdout, stdout)
      assert.ok(names.every((name) => isWhole(join(copy.chunks, name))))
    }))
}

test('where the folder cannot be written to, everything works and nothing is said', () =>
  inCopy((copy) => {
    chmodSync(copy.chunks, 0o555)
    // Root may write anywhere, so the program runs as nobody then.
    const nobody = process.getuid?.() === 0 ? 65534 : undefined
    const { status, stderr, error } = copy.run('validate', {}, nobody)
    chmodSync(copy.chunks, 0o755)
    // Another user can reach this Node only where every folder above it lets him.
    if (error?.code === 'EACCES') return console.log('SKIPPED: no other user can run this Node')
    assert.is(status, 0, stderr)
    assert.is(stderr, '')
    assert.equal(copy.forms(), [])
  }))

test('a piece that cannot be read is told by its name, without a stack', () =>
  inCopy((copy) => {
    rmSync(join(copy.chunks, 'core.cjs'))
    const { status, stderr } = copy.run('validate')
    assert.is(status, 1)
    assert.match(stderr, /^error: callctl cannot read its own file \S+core\.cjs: ENOENT\n {2}\S/)
    assert.not.match(stderr, /^ +at /m)
  }))

test.run()
