import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'

const test = suite('generated modules')
const NAMES = [
  'call-v1.0.generated.js',
  'call-beta.generated.js',
  'call-seed.generated.js',
  'bodies.generated.js',
]
const BODY = { callbackUri: 'https://a.example', mediaConfig: {} }

interface Validators {
  validateCall: { (data: unknown): boolean; errors?: { keyword: string }[] | null }
}

function readGenerated(): string[] {
  return NAMES.map((name) => readFileSync(join(process.cwd(), 'schema', name), 'utf8'))
}

function verdict({ validateCall }: Validators): unknown {
  return [validateCall(BODY), validateCall.errors?.map(({ keyword }) => keyword)]
}

test('they are up to date with the schemas, and building them prints nothing', () => {
  const before = readGenerated()
  const printed = execFileSync(process.execPath, ['schema/build.mjs'], { encoding: 'utf8' })
  assert.is(printed, '')
  assert.ok(
    readGenerated().every((text, index) => text === before[index]),
    'run: node schema/build.mjs',
  )
})

test('they load nothing and compile nothing', () => {
  for (const text of readGenerated()) {
    assert.not.match(text, /require\(|import\b|new Function|eval\(/)
  }
})

test('they work imported by Node as they are', async () => {
  const module = pathToFileURL(join(process.cwd(), 'schema', NAMES[0]!)).href
  assert.equal(verdict((await import(module)) as Validators), [false, ['discriminator']])
})

for (const format of ['esm', 'cjs'] as const) {
  test(`they work bundled as ${format}`, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'callctl-schema-'))
    const outfile = join(folder, format === 'esm' ? 'bundle.mjs' : 'bundle.cjs')
    writeFileSync(join(folder, 'package.json'), '{}')
    await build({ entryPoints: [join('schema', NAMES[0]!)], bundle: true, format, outfile, platform: 'node' })
    const loaded =
      format === 'cjs' ? createRequire(outfile)(outfile) : await import(pathToFileURL(outfile).href)
    assert.equal(verdict(loaded as Validators), [false, ['discriminator']])
    rmSync(folder, { recursive: true })
  })
}

test.run()
