// Threads that parse: they do, and whatever befalls them, the files are read all the same.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compile } from '../../../src/compile/compile.js'
import { parse } from '../../../src/compile/yaml/parse.js'
import type { KnownDocuments } from '../../../src/model/language/document.js'
import type { Source } from '../../../src/model/language/source.js'
import { parseParts } from '../../../src/record/cache/document-form.js'
import { ParseThreads } from '../../../src/work/workspace/parse-threads.js'
import { callctlProcess } from '../../helpers/callctl-process.js'
import { withWorkspace } from '../../helpers/callctl-workspace.js'
import { noValues, workspace } from '../../helpers/workspace.js'
import { yamlTexts } from '../../helpers/yaml-texts.js'

const test = suite('threads that parse')
const program = resolve('dist', 'parse-worker.cjs')

const sourcesOf = (texts: readonly string[]): readonly Source[] =>
  texts.map((text, index) => ({ path: `calls/${index}.yaml`, text }))

/** Threads do not keep the process alive by themselves. */
async function end({ ended }: ParseThreads): Promise<void> {
  const alive = setInterval(() => {}, 60_000)
  await ended
  clearInterval(alive)
}

/** What the threads have of each file once they are done. */
async function findAll(threads: ParseThreads, sources: readonly Source[]) {
  await end(threads)
  return sources.map((source) => {
    const parts = threads.find(source)
    return parts === undefined ? undefined : parseParts(parts, source)
  })
}

test('files are parsed as they are elsewhere; those with a complaint are left', async () => {
  const sources = sourcesOf(['a: 1\n', 'b: [x, "y"] # z\n', 'c: 1\nc: 2\n', '- no map\n', ''])
  const threads = new ParseThreads(sources, program, 2)
  const expected = sources.map((source) => {
    const { value, diagnostics } = parse(source)
    return diagnostics.length === 0 ? value : undefined
  })
  assert.equal(await findAll(threads, sources), expected)
  assert.ok(expected[0] && expected[1] && !expected[2])
  threads.close()
})

test('a file that is taken here is not parsed there', async () => {
  const sources = sourcesOf(['a: 1\n', 'b: 2\n'])
  const threads = new ParseThreads(sources, program, 0)
  assert.is(threads.find(sources[0]!), undefined)
  assert.is(threads.find({ path: 'calls/other.yaml', text: 'c: 3\n' }), undefined)
  threads.close()
})

const brokenPrograms: Readonly<Record<string, string>> = {
  'cannot be run': '}',
  'ends at once': 'process.exit(3)',
  'fails at once': 'throw new Error("no")',
}

for (const [what, text] of Object.entries(brokenPrograms)) {
  test(`where a thread ${what}, files are parsed here`, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'callctl-threads-'))
    const broken = join(folder, 'broken.cjs')
    writeFileSync(broken, text)
    const sources = sourcesOf(['a: 1\n', 'b: 2\n'])
    const threads = new ParseThreads(sources, broken, 1)
    assert.equal(await findAll(threads, sources), [undefined, undefined])
    threads.close()
    rmSync(folder, { recursive: true })
  })
}

test('a compilation says the same with threads, whatever the files hold', async () => {
  const file = fc.oneof(
    yamlTexts,
    fc.constantFrom(
      'calls: { a: { call: {} } }\n',
      'calls: { b: { uses: nothing } }\n',
      'calls: { a: 1, a: 2 }\n',
    ),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(file, { minLength: 1, maxLength: 12 }), async (texts) => {
      const files = Object.fromEntries(texts.map((text, index) => [`calls/${index}.yaml`, text]))
      const plain = workspace(files)
      const threads = new ParseThreads(plain.calls, program, 1)
      await end(threads)
      const documents: KnownDocuments = {
        find: (source) => {
          const parts = threads.find(source)
          return parts === undefined ? undefined : parseParts(parts, source)
        },
        keep: () => {},
      }
      const { diagnostics, payloads } = compile({ ...plain, documents }, noValues)
      threads.close()
      const expected = compile(plain, noValues)
      assert.equal(diagnostics, expected.diagnostics)
      assert.equal(payloads, expected.payloads)
    }),
    { seed: 20261126, numRuns: 25 },
  )
})

/** Beyond the size from which threads are worth their start. */
const long = '# A comment as long as they are.\n'.repeat(4500)
const manyFiles = Object.fromEntries(
  Array.from({ length: 12 }, (_, index) => [
    `calls/${index}.yaml`,
    `${long}calls:\n  call-${index}: { call: { subject: "n ${index}", callbackUri: https://b.example/c, targets: [{ identity: { user: { id: adele } } }] } }\n`,
  ]),
)

test('the program compiles a large workspace with them, and says what it says of each of its files alone', () =>
  withWorkspace(manyFiles, async ({ folder, write }) => {
    const run = (words: string) => callctlProcess(words.split(' '), { cwd: folder })
    const all = await run('compile --format ndjson --no-cache')
    assert.is(all.code, 0, all.stderr)
    const lines = all.stdout.trimEnd().split('\n')
    const names = lines.map((line) => (JSON.parse(line) as { address: string }).address)
    assert.equal(names.toSorted(), Array.from({ length: 12 }, (_, index) => `call-${index}`).toSorted())
    const one = await run('compile calls/7.yaml --format ndjson --no-cache')
    assert.ok(lines.includes(one.stdout.trimEnd()))
    write('calls/11.yaml', `${long}calls: { a: 1, a: 2 }\n`)
    const { code, stdout } = await run('validate --no-cache')
    assert.is(code, 4)
    assert.match(stdout, 'yaml/duplicate-key')
  }))

/** Says at the end how many threads were started. */
const spy = `const threads = require('node:worker_threads')
let count = 0
threads.Worker = class extends threads.Worker {
  constructor(...rest) {
    super(...rest)
    count += 1
  }
}
process.on('exit', () => process.stderr.write('threads: ' + count))`

for (const [what, files, most] of [
  ['a large workspace', manyFiles, 3],
  ['a small one', { 'calls/a.yaml': manyFiles['calls/1.yaml']! }, 0],
] as const) {
  const expected = Math.min(availableParallelism() - 1, most)
  test(`${what} has ${expected} threads here`, () =>
    withWorkspace({ ...files, 'spy.cjs': spy }, async ({ folder }) => {
      const preload = join(folder, 'spy.cjs')
      const { stderr } = await callctlProcess(['validate', '--no-cache'], { cwd: folder, preload })
      assert.match(stderr, `threads: ${expected}`)
    }))
}

test.run()
