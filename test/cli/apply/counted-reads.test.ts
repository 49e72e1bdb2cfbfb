// How often a run reads and parses its record: counted, not timed.

import { randomUUID } from 'node:crypto'
import { basename } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { nodeFileSystem } from '../../../src/record/disk/file-system.js'
import { created, type Reply, withGraphServer } from '../../helpers/graph-server.js'
import { withRepository } from '../../helpers/repository.js'
import { filesOf, groupCall, type Ran, type Scene, sceneIn } from './plan-world.js'

const test = suite('counted-reads')

interface Counts {
  /** Of the lockfile, the few bytes that tell its lineage among them. */
  opened: number
  parsed: number
  /** Of the attempts folder. */
  listed: number
  /** By the name of an attempt's file. */
  readonly attempts: Map<string, number>
}

async function counted(work: () => Promise<Ran>): Promise<Counts & Pick<Ran, 'code'>> {
  const counts: Counts = { opened: 0, parsed: 0, listed: 0, attempts: new Map() }
  const { openSync, readdirSync } = nodeFileSystem
  const { parse } = JSON
  nodeFileSystem.openSync = (path, ...rest) => {
    const name = basename(path)
    if (name === 'calls.lock.json') counts.opened += 1
    if (/^[^.].*@\d+$/.test(name)) counts.attempts.set(name, (counts.attempts.get(name) ?? 0) + 1)
    return openSync(path, ...rest)
  }
  nodeFileSystem.readdirSync = (path) => {
    if (path.endsWith('/.git/callctl')) counts.listed += 1
    return readdirSync(path)
  }
  JSON.parse = (text: string, revive?: Parameters<typeof parse>[1]): unknown => {
    if (String(text).startsWith('{\n  "lockfileVersion"')) counts.parsed += 1
    return parse(text, revive)
  }
  try {
    const { code } = await work()
    return { ...counts, code }
  } finally {
    Object.assign(nodeFileSystem, { openSync, readdirSync })
    JSON.parse = parse
  }
}

const files = filesOf(
  Object.fromEntries(['a', 'b', 'c'].map((subject) => [subject, groupCall(1, { subject })])),
)

const inScene = (work: (scene: Scene) => Promise<void>, place = (): Reply => created(randomUUID())) =>
  withGraphServer(
    ({ method }) => (method === 'POST' ? place() : { status: 404 }),
    (server) => withRepository(files, ({ folder }) => work(sceneIn(folder, server))),
  )

const once = (...names: string[]) => new Map(names.map((name) => [name, 1]))

test('an apply parses the lockfile once, and once more the one that it writes', () =>
  inScene(async ({ run }) => {
    assert.is((await run('apply', '--yes', '--only', 'a', '--only', 'b')).code, 0)
    const { code, parsed, attempts } = await counted(() => run('apply', '--yes'))
    assert.is(code, 0)
    assert.is(parsed, 2)
    // Those that were placed before are not opened again when the lockfile is written.
    assert.equal(attempts, once('a@1', 'b@1', 'c@1'))
  }))

test('an apply looks at the lockfile again before the first claim and before it is replaced', () =>
  inScene(async ({ run }) => {
    assert.is((await run('apply', '--yes', '--only', 'a')).code, 0)
    const { opened, listed } = await counted(() => run('apply', '--yes'))
    // Twice for its lineage alone, before and after the run lock is taken; then the plan is made from it.
    assert.is(opened, 6)
    // What runs left behind, the attempts, the names that are taken, the attempts once more.
    assert.is(listed, 4)
  }))

test('an apply with nothing to do parses the lockfile once', () =>
  inScene(async ({ run }) => {
    assert.is((await run('apply', '--yes')).code, 0)
    const { parsed, listed, attempts } = await counted(() => run('apply', '--yes'))
    assert.equal([parsed, listed], [1, 2])
    assert.equal(attempts, once('a@1', 'b@1', 'c@1'))
  }))

for (const words of [['plan'], ['plan', '--out', 'plan.json'], ['status'], ['audit'], ['diff', 'HEAD']])
  test(`\`${words.join(' ')}\` parses the lockfile once, and opens each attempt once`, () =>
    inScene(async ({ run }) => {
      assert.is((await run('apply', '--yes', '--except', 'c')).code, 0)
      const { code, parsed, listed, attempts } = await counted(() => run(...words))
      assert.is(code, 0)
      assert.equal([parsed, listed], [1, 1])
      assert.equal(attempts, once('a@1', 'b@1'))
    }))

test('an attempt whose outcome may still change is opened at each look', () => {
  const answers: Reply[] = [created(randomUUID()), { status: 500 }]
  return inScene(
    async ({ run }) => {
      assert.is((await run('apply', '--yes', '--only', 'a')).code, 0)
      assert.is((await run('apply', '--yes', '--only', 'b')).code, 10)
      const { attempts } = await counted(() => run('apply', '--yes', '--only', 'c'))
      assert.equal(attempts.get('a@1'), 1)
      assert.equal(attempts.get('b@1'), 2)
    },
    () => answers.shift() ?? created(randomUUID()),
  )
})

test.run()
