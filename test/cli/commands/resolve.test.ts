import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { callctl, type Finished } from '../../helpers/callctl.js'
import { peerCalls, readEntries, type Workspace, withWorkspace } from '../../helpers/callctl-workspace.js'
import { created, type GraphServer, type Reply, withGraphServer } from '../../helpers/graph-server.js'

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

const methodsOf = ({ requests }: GraphServer): readonly string[] => requests.map(({ method }) => method)

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
    assert.equal(methodsOf(server), ['POST', 'GET'])
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
    assert.equal(methodsOf(server), ['POST', 'POST'])
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
  ['one id for two addresses', ['one', 'two', '--placed', 'call-x']],
  ['an unknown address', ['two', '--not-placed', '--yes']],
  ['what is no call id', ['one', '--placed', 'no id']],
  ['a word', ['one', '--placed', 'x']],
  ['another word', ['one', '--placed', 'hello']],
  ['the stand-in of the command that was printed', ['one', '--placed', 'CALL-ID', '--force']],
  ['the same with its brackets', ['one', '--placed', '<CALL-ID>', '--force']],
  ['a reason that is too long', ['one', '--placed', 'call-x', '--reason', 'y'.repeat(201)]],
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
    await expect(run('import', 'call y', '--as', 'two', '--force'), 3, 'no call id')
    await expect(run('import', 'call-y', '--as', 'two', '--reason', 'placed in the portal'), 0)
    await expect(run('import', 'call-y', '--as', 'two'), 3)
    const before = readEntries(workspace)['two']
    assert.is(before?.callId, 'call-y')
    await expect(run('apply', '--yes'), 10, 'Placed already (1)')
    assert.equal(methodsOf(server), ['POST', 'GET'])
    await expect(run('resolve', 'one', '--placed', 'call-y'), 5, 'is recorded as `two`')
    await expect(run('resolve', 'one', '--placed', 'CALL-Y', '--force'), 5, 'two calls cannot have one id')
  }))

/** A workspace with the calls `one`, uncertain, and `two`, whose Graph answers GETs so. */
const withAnswers = (
  answer: Reply,
  work: (workspace: Workspace, run: Run, server: GraphServer) => Promise<void>,
) =>
  withWorkspace(peerCalls(['one', 'two']), (workspace) =>
    withGraphServer(
      ({ method }) => (method === 'POST' ? { status: 502 } : answer),
      async (server) => {
        const environment = { CALLCTL_GRAPH_ROOT: server.url }
        const run: Run = (...words) => callctl(words, { cwd: workspace.folder, environment })
        assert.is((await run('apply', '--yes', '--only', 'one')).code, 10)
        await work(workspace, run, server)
      },
    ),
  )

const id = '2f1a1100-b174-40a0-aba7-0b405e01ed92'

for (const [name, answer] of [
  ['no such call', { status: 404 }],
  ['a call that is gone', { status: 410 }],
  ['no leave to look', { status: 403 }],
  ['an answer without a state', { status: 200, body: '{}' }],
] as const) {
  test(`an id is not recorded on ${name}, but with --force, which the record says`, () =>
    withAnswers(answer, async (workspace, run, server) => {
      const before = workspace.read('calls.lock.json')
      await expect(run('resolve', 'one', '--placed', id), 5, '--force')
      await expect(run('import', id, '--as', 'two'), 5, '--force')
      assert.is(workspace.read('calls.lock.json'), before)
      const asked = server.requests.length
      await expect(run('resolve', 'one', '--placed', id, '--force', '--reason', 'from the call records'), 0)
      await expect(run('import', `${id.slice(0, -1)}3`, '--as', 'two', '--force'), 0)
      assert.is(server.requests.length, asked, 'nobody is asked')
      const text = workspace.read('calls.lock.json')
      assert.match(text, '"reason": "--force: from the call records"')
      assert.match(text, '"reason": "--force"')
    }))
}

test('a word in the place of an id is refused before anybody is asked', () =>
  withAnswers({ status: 200 }, async (_, run, server) => {
    for (const word of ['x', 'hello', 'two', '12345'])
      await expect(run('import', word, '--as', 'two'), 3, 'form')
    assert.is(server.requests.length, 1)
  }))

test('one id is not recorded for two addresses, however it is spelled', () =>
  withAnswers({ status: 200, body: JSON.stringify({ id, state: 'established' }) }, async (_, run, server) => {
    await expect(run('import', id, '--as', 'two'), 0)
    assert.equal(methodsOf(server), ['POST', 'GET'])
    for (const spelled of [id, id.toUpperCase()]) {
      await expect(run('resolve', 'one', '--placed', spelled), 5, 'two calls')
      await expect(run('resolve', 'one', '--placed', spelled, '--force'), 5, 'two calls')
    }
    assert.equal(methodsOf(server), ['POST', 'GET'], 'that is known without asking')
  }))

test('without a way to Graph nothing is recorded', () =>
  withAnswers({ status: 200 }, async ({ folder }, run) => {
    const environment = { CALLCTL_GRAPH_ROOT: 'http://127.0.0.1:9' }
    const away: Run = (...words) => callctl(words, { cwd: folder, environment })
    await expect(away('resolve', 'one', '--placed', id), 5, '--force')
    await expect(run('plan', '--only', 'one'), 10)
  }))

test.run()
