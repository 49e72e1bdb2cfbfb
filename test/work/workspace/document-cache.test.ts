import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { callctlProcess } from '../../helpers/callctl-process.js'
import { peerCalls, withWorkspace } from '../../helpers/callctl-workspace.js'

const test = suite('document cache of the program')

const names = Array.from({ length: 20 }, (_, number) => `call-${number}`)
/** Large enough to be worth a cache. */
const manyCalls = { ...peerCalls(names), 'calls/long.yaml': `${'# A comment.\n'.repeat(6000)}calls: {}\n` }

interface World {
  run(words: string): ReturnType<typeof callctlProcess>
  /** The cache files' contents. */
  cached(): readonly string[]
  write(path: string, text: string): void
  readonly cacheFolder: string
}

async function inWorld(files: Readonly<Record<string, string>>, work: (world: World) => Promise<void>) {
  const base = mkdtempSync(join(tmpdir(), 'callctl-cache-'))
  const cacheFolder = join(base, 'callctl')
  const environment = { XDG_CACHE_HOME: base }
  const cached = () =>
    existsSync(cacheFolder)
      ? readdirSync(cacheFolder).map((name) => readFileSync(join(cacheFolder, name), 'utf8'))
      : []
  try {
    await withWorkspace(files, ({ folder, write }) =>
      work({
        ...{ cached, write, cacheFolder },
        run: (words) => callctlProcess(words.split(' '), { cwd: folder, environment }),
      }),
    )
  } finally {
    rmSync(base, { recursive: true })
  }
}

test('compile says the same from the cache, from a damaged one and without', () =>
  inWorld(manyCalls, async ({ run, cached, cacheFolder }) => {
    const expected = await run('compile --format ndjson --no-cache')
    assert.is(expected.code, 0)
    assert.equal(cached(), [])
    const told = async () => {
      const { code, stdout, stderr } = await run('compile --format ndjson')
      assert.equal([code, stderr], [0, expected.stderr])
      assert.ok(stdout === expected.stdout)
    }
    await told()
    assert.is(cached().length, 1)
    await told()
    for (const name of readdirSync(cacheFolder)) writeFileSync(join(cacheFolder, name), 'spoilt')
    await told()
    assert.not.equal(cached(), ['spoilt'])
  }))

test('a fault in a file is told by every run', () =>
  inWorld({ ...manyCalls, 'calls/bad.yaml': 'calls: { a: 1, a: 2 }\n' }, async ({ run }) => {
    const runs = [await run('validate --no-cache'), await run('validate'), await run('validate')]
    for (const { code, stdout } of runs) assert.equal([code, stdout], [runs[0]!.code, runs[0]!.stdout])
    assert.match(runs[0]!.stdout + runs[0]!.stderr, 'yaml/duplicate-key')
  }))

test('runs at the same time all say the same', () =>
  inWorld(manyCalls, async ({ run, cached }) => {
    const all = await Promise.all([run('validate'), run('plan --simulator'), run('explain call-7')])
    assert.equal(
      all.map(({ code }) => code),
      [0, 0, 0],
    )
    assert.is(cached().length, 1)
  }))

test('apply and a plan that is saved read the files alone', () =>
  inWorld(manyCalls, async ({ run, cached }) => {
    assert.is((await run('apply --yes --simulator --only call-7')).code, 0)
    assert.is((await run('plan --simulator --out plan.json')).code, 0)
    assert.equal(cached(), [])
    assert.is((await run('apply --no-cache')).code, 3)
  }))

test('a small workspace keeps nothing', () =>
  inWorld(peerCalls(['one']), async ({ run, cached }) => {
    assert.is((await run('validate')).code, 0)
    assert.equal(cached(), [])
  }))

test('a cache folder that others may write is left alone', () =>
  inWorld(manyCalls, async ({ run, cacheFolder }) => {
    mkdirSync(cacheFolder, { mode: 0o755 })
    const { code, stderr } = await run('validate')
    assert.equal([code, stderr], [0, (await run('validate --no-cache')).stderr])
    assert.equal(readdirSync(cacheFolder), [])
  }))

test.run()
