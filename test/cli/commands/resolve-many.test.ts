import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { callctl } from '../../helpers/callctl.js'
import { peerCalls, readEntries, withWorkspace } from '../../helpers/callctl-workspace.js'
import { type Reply, withGraphServer } from '../../helpers/graph-server.js'
import { unknown, withPlaced } from './operators.js'

const test = suite('resolve-many')

const settle = ['--not-placed', '--yes', '--reason', 'nobody rang'] as const

test('what matches and is unknown is settled, each with the one reason', () =>
  withPlaced(async ({ workspace, run }) => {
    const { code, stdout } = await run('resolve', '--only', 'page-*', ...settle)
    assert.is(code, 0, stdout)
    const entries = readEntries(workspace)
    assert.equal(
      Object.keys(entries).filter((name) => entries[name]?.state === 'failed'),
      [...unknown].sort(),
    )
    assert.is(workspace.read('calls.lock.json').match(/nobody rang/g)?.length, 2)
    assert.is(entries['page-1']?.state, 'placed')
  }))

test('several names are settled; one that is not unknown, and one that nobody knows, are named and stop nothing', () =>
  withPlaced(async ({ workspace, run }) => {
    const { code, stdout, stderr } = await run('resolve', 'nobody', 'page-2', 'page-1', 'page-10', ...settle)
    assert.is(code, 3, stdout)
    assert.match(stderr, '`nobody`')
    assert.match(stderr, '`page-1`')
    const entries = readEntries(workspace)
    assert.equal(
      ['page-1', 'page-2', 'page-10'].map((name) => entries[name]?.state),
      ['placed', 'failed', 'failed'],
    )
  }))

test('--except leaves out', () =>
  withPlaced(async ({ workspace, run }) => {
    const { code } = await run('resolve', '--except', 'page-2', ...settle)
    assert.is(code, 0)
    const entries = readEntries(workspace)
    assert.equal([entries['page-2']?.state, entries['page-10']?.state], ['uncertain', 'failed'])
  }))

test('without a terminal and without --yes nothing is changed', () =>
  withPlaced(async ({ workspace, run }) => {
    const before = workspace.read('calls.lock.json')
    assert.is((await run('resolve', '--only', '*', '--not-placed')).code, 5)
    assert.is(workspace.read('calls.lock.json'), before)
  }))

for (const words of [
  ['page-2', 'page-10', '--placed', '00000000-0000-4000-8000-000000000001'],
  ['page-2', 'page-10'],
  ['page-2', '--only', 'page-10', '--not-placed', '--yes'],
  ['--only', 'bridge', '--not-placed', '--yes'],
  ['--only', 'pige-*', '--not-placed', '--yes'],
  ['--not-placed', '--yes'],
])
  test(`refused, and nothing is changed: ${words.join(' ')}`, () =>
    withPlaced(async ({ workspace, run }) => {
      const before = workspace.read('calls.lock.json')
      assert.is((await run('resolve', ...words)).code, 3)
      assert.is(workspace.read('calls.lock.json'), before)
    }))

test('whom an answer names a call of is not settled by one word for many', () =>
  withWorkspace(peerCalls(['named', 'silent']), (workspace) => {
    const id = '57dab8b1-894c-409a-b240-bd8beae78896'
    let posts = 0
    // Sorted by name: `named` comes first.
    const reply = (): Reply => {
      posts += 1
      return { status: 502, ...(posts === 1 && { body: `{"id":"${id}"}` }) }
    }
    return withGraphServer(reply, async ({ url }) => {
      const run = (...words: readonly string[]) =>
        callctl(words, { cwd: workspace.folder, environment: { CALLCTL_GRAPH_ROOT: url } })
      assert.is((await run('apply', '--yes')).code, 10)
      const { code, stderr } = await run('resolve', '--only', '*', ...settle)
      assert.is(code, 5, stderr)
      assert.match(stderr, id)
      const entries = readEntries(workspace)
      assert.equal([entries['named']?.state, entries['silent']?.state], ['uncertain', 'failed'])
      assert.is((await run('resolve', 'named', ...settle)).code, 0)
    })
  }))

test('what was settled may be placed, once', () =>
  withPlaced(async ({ server, run }) => {
    assert.is((await run('resolve', 'page-2', 'page-10', ...settle)).code, 0)
    const before = server.requests.length
    assert.is((await run('apply', '--yes', '--only', 'page-2')).code, 0)
    assert.is(server.requests.length, before + 1)
  }))

test.run()
