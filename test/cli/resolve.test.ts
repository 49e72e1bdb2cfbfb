import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { callctl, type Finished } from '../helpers/callctl.js'
import { peerCalls, readEntries, type Workspace, withWorkspace } from '../helpers/callctl-workspace.js'
import { created, type GraphServer, withGraphServer } from '../helpers/graph-server.js'

// Care for what callctl cannot settle by itself: resolve, forget, import.

const test = suite('resolve')

type Run = (...words: readonly string[]) => Promise<Finished>

/** A workspace whose call `one` was sent and never answered; later calls are answered. */
const withUncertain = (work: (workspace: Workspace, run: Run, server: GraphServer) => Promise<void>) =>
  withWorkspace(peerCalls(['one']), (workspace) => {
    let count = 0
    const reply = () => (++count === 1 ? { status: 502 } : created(`call-${count}`))
    return withGraphServer(reply, async (server) => {
      const environment = { CALLCTL_GRAPH_ROOT: server.url }
      const run: Run = (...words) => callctl(words, { cwd: workspace.folder, environment })
      assert.is((await run('apply', '--yes')).code, 10)
      await work(workspace, run, server)
    })
  })

async function expect(finished: Promise<Finished>, code: number, text = ''): Promise<void> {
  const { code: found, stdout, stderr } = await finished
  assert.is(found, code, stdout + stderr)
  assert.match(stdout + stderr, text)
}

test('--placed records the call id, and the call is never sent again', () =>
  withUncertain(async (workspace, run, server) => {
    await expect(run('resolve', 'one', '--placed', 'call-x', '--reason', 'seen in the portal'), 0, 'call-x')
    const { state, callId } = readEntries(workspace)['one']!
    assert.equal([state, callId], ['placed', 'call-x'])
    await expect(run('apply', '--yes'), 0, 'Nothing to place')
    assert.is(server.requests.length, 1)
    const text = workspace.read('calls.lock.json')
    assert.match(text, '"evidence": "person"')
    assert.match(text, '"reason": "seen in the portal"')
  }))

test('--not-placed frees the address, once it is confirmed', () =>
  withUncertain(async (workspace, run, server) => {
    await expect(run('resolve', 'one', '--not-placed'), 5, 'Not confirmed')
    await expect(run('plan'), 10)
    await expect(run('resolve', 'one', '--not-placed', '--yes'), 0)
    assert.is(readEntries(workspace)['one']?.state, 'failed')
    await expect(run('apply', '--yes'), 0)
    assert.is(server.requests.length, 2)
    assert.is(readEntries(workspace)['one']?.callId, 'call-2')
    await expect(run('audit'), 0, 'No address was rung twice')
  }))

test('a ruling outlives the lockfile: the attempt itself has it', () =>
  withUncertain(async (workspace, run) => {
    const before = workspace.read('calls.lock.json')
    await expect(run('resolve', 'one', '--placed', 'call-x'), 0)
    const after = workspace.read('calls.lock.json')
    workspace.write('calls.lock.json', before)
    await expect(run('plan'), 0, 'Nothing to place')
    await expect(run('lock', 'rebuild'), 0)
    assert.is(workspace.read('calls.lock.json'), after)
  }))

test('a colleague’s uncertain attempt is settled in the lockfile', () =>
  withUncertain(async (workspace, run) => {
    workspace.remove('.callctl')
    await expect(run('resolve', 'one', '--placed', 'call-x'), 0)
    assert.is(readEntries(workspace)['one']?.callId, 'call-x')
    await expect(run('plan'), 0, 'Nothing to place')
  }))

const mistakes: readonly (readonly [string, readonly string[]])[] = [
  ['neither ruling', ['one']],
  ['both rulings', ['one', '--placed', 'x', '--not-placed']],
  ['no address', ['--not-placed']],
  ['two addresses', ['one', 'two', '--not-placed']],
  ['an unknown address', ['two', '--not-placed', '--yes']],
  ['what is no call id', ['one', '--placed', 'no id']],
  ['a reason that is too long', ['one', '--placed', 'x', '--reason', 'y'.repeat(201)]],
]
test('mistakes change nothing', () =>
  withUncertain(async (workspace, run) => {
    const before = workspace.read('calls.lock.json')
    for (const [what, words] of mistakes) {
      const { code } = await run('resolve', ...words)
      assert.is(code, 3, what)
    }
    assert.is(workspace.read('calls.lock.json'), before)
  }))

test('only what is uncertain is resolved', () =>
  withUncertain(async (_, run) => {
    await expect(run('resolve', 'one', '--placed', 'call-x'), 0)
    await expect(run('resolve', 'one', '--not-placed', '--yes'), 3, 'is placed, not uncertain')
  }))

test('forget refuses what may ring or be live, and frees what has ended', () =>
  withUncertain(async (workspace, run, server) => {
    await expect(run('forget', 'one', '--yes'), 3, 'may have rung')
    await expect(run('resolve', 'one', '--placed', 'call-x'), 0)
    await expect(run('forget', 'one', '--yes'), 3, 'may be live')
    await expect(run('hangup', 'one'), 0)
    await expect(run('forget', 'one'), 5, 'Not confirmed')
    await expect(run('forget', 'one', '--yes'), 0)
    assert.equal(readEntries(workspace), {})
    assert.match(workspace.read('calls.lock.json'), '"callId": "call-x"')
    await expect(run('lock', 'rebuild'), 0)
    assert.equal(readEntries(workspace), {}, 'the attempts do not bring it back')
    await expect(run('apply', '--yes'), 0)
    assert.is(server.requests.filter(({ method }) => method === 'POST').length, 2)
    await expect(run('audit'), 0, 'No address was rung twice')
    await expect(run('apply', '--yes'), 0, 'Nothing to place')
  }))

test('forget undone by an older lockfile dials nothing', () =>
  withUncertain(async (workspace, run) => {
    await expect(run('resolve', 'one', '--placed', 'call-x'), 0)
    await expect(run('hangup', 'one'), 0)
    const before = workspace.read('calls.lock.json')
    await expect(run('forget', 'one', '--yes'), 0)
    workspace.write('calls.lock.json', before)
    await expect(run('apply', '--yes'), 0, 'Nothing to place')
  }))

test('import records a call placed elsewhere, and refuses what is known', () =>
  withUncertain(async (workspace, run, server) => {
    for (const [path, text] of Object.entries(peerCalls(['one', 'two']))) workspace.write(path, text)
    await expect(run('import', 'call-y', '--as', 'one'), 3, 'is known already')
    await expect(run('import', 'call-y', '--as', 'three'), 3, 'No definition')
    await expect(run('import', 'call-y'), 3, '--as')
    await expect(run('import', 'call y', '--as', 'two'), 3, 'no call id')
    await expect(run('import', 'call-y', '--as', 'two', '--reason', 'placed in the portal'), 0)
    await expect(run('import', 'call-y', '--as', 'two'), 3)
    const before = readEntries(workspace)['two']
    assert.is(before?.callId, 'call-y')
    await expect(run('apply', '--yes'), 10, 'Placed already (1)')
    assert.is(server.requests.length, 1)
    await expect(run('resolve', 'one', '--placed', 'call-y'), 3, 'is recorded as `two`')
  }))

test.run()
