import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { callctl, type Finished } from '../helpers/callctl.js'
import { startCallctl } from '../helpers/callctl-process.js'
import { runSimulator } from '../helpers/callctl-simulator.js'
import {
  peerCalls,
  readEntries,
  userOf,
  type Workspace,
  withWorkspace,
} from '../helpers/callctl-workspace.js'
import { created, type GraphServer, withGraphServer } from '../helpers/graph-server.js'
import { holdHistory } from '../helpers/history.js'

// SIGKILL at each point of an apply that matters, by a server that decides when answers come. Nothing may ring
// twice, and no id that was read may be lost.

const test = suite('crash')

const settingsFor = ({ folder }: Workspace, { url }: GraphServer) => ({
  cwd: folder,
  environment: { CALLCTL_GRAPH_ROOT: url },
})

/** Applies in a workspace with these calls, one after another, against a server that holds its answers. */
const withHeldApply = (
  names: readonly string[],
  work: (context: {
    workspace: Workspace
    server: GraphServer
    start: () => ReturnType<typeof startCallctl>
    again: () => Promise<Finished>
  }) => Promise<void>,
): Promise<void> =>
  withWorkspace(peerCalls(names), (workspace) =>
    withGraphServer(undefined, (server) => {
      const settings = settingsFor(workspace, server)
      return work({
        workspace,
        server,
        start: () => startCallctl(['apply', '--yes', '--json'], settings),
        again: () => callctl(['apply', '--yes'], settings),
      })
    }),
  )

/** How often each of these calls was sent, as their user ids tell. */
const countPosts = ({ requests }: GraphServer, names: readonly string[]): readonly number[] =>
  names.map((name) => requests.filter(({ body }) => body.includes(userOf(name))).length)

async function kill(running: ReturnType<typeof startCallctl>): Promise<void> {
  running.process.kill('SIGKILL')
  assert.is((await running.finished).signal, 'SIGKILL')
}

test('killed after an answer: the id is recorded, and the next run has nothing to send', () =>
  withHeldApply(['one'], async ({ workspace, server, start, again }) => {
    // The claim is settled before the result is told, and the run ends later: the answer to `two` never comes.
    const names = ['one', 'two']
    for (const [path, text] of Object.entries(peerCalls(names))) workspace.write(path, text)
    const running = start()
    const first = await server.next()
    first.answer(created('call-of-one'))
    await running.seen('"kind":"placed"')
    await server.next()
    await kill(running)
    const finished = await again()
    assert.is(finished.code, 10, 'the second call, which was being sent, is uncertain')
    assert.equal(finished.connections, [])
    assert.equal(countPosts(server, names), [1, 1])
    assert.is(readEntries(workspace)['one']?.state, 'placed')
    assert.is(readEntries(workspace)['one']?.callId, 'call-of-one')
    assert.is(readEntries(workspace)['two']?.state, 'uncertain')
  }))

test('killed between claim and answer: uncertain, and never sent again', () =>
  withHeldApply(['one'], async ({ workspace, server, start, again }) => {
    const running = start()
    await server.next()
    await kill(running)
    for (let run = 0; run < 2; run += 1) {
      const finished = await again()
      assert.is(finished.code, 10)
      assert.equal(finished.connections, [])
      assert.match(finished.stdout, 'Outcome unknown: a person must look (1)')
    }
    assert.equal(countPosts(server, ['one']), [1])
    assert.is(readEntries(workspace)['one']?.state, 'uncertain')
  }))

test('killed before the claim: the next run places the call', async () => {
  await withWorkspace(peerCalls(['one']), async (workspace) => {
    // Connecting never ends: a full backlog is hard to arrange, a TLS server that says nothing is not.
    const { createServer } = await import('node:net')
    const mute = createServer(() => {})
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve))
    const connected = new Promise<import('node:net').Socket>((resolve) => mute.once('connection', resolve))
    const { port } = mute.address() as import('node:net').AddressInfo
    const running = startCallctl(['apply', '--yes'], {
      cwd: workspace.folder,
      environment: { CALLCTL_GRAPH_ROOT: `https://127.0.0.1:${port}` },
    })
    const socket = await connected
    await kill(running)
    socket.destroy()
    await new Promise((resolve) => mute.close(resolve))
    await withGraphServer(
      () => created('call-of-one'),
      async (server) => {
        const finished = await callctl(['apply', '--yes'], settingsFor(workspace, server))
        assert.is(finished.code, 0, finished.stdout + finished.stderr)
        assert.equal(countPosts(server, ['one']), [1])
        assert.is(readEntries(workspace)['one']?.callId, 'call-of-one')
      },
    )
  })
})

test('killed while several calls are in flight: each is uncertain, none is sent again', () => {
  const names = ['a', 'b', 'c', 'd']
  return withWorkspace(peerCalls(names, 4), (workspace) =>
    withGraphServer(undefined, async (server) => {
      const settings = settingsFor(workspace, server)
      const running = startCallctl(['apply', '--yes'], settings)
      for (const _ of names) await server.next()
      await kill(running)
      assert.is((await callctl(['apply', '--yes'], settings)).code, 10)
      assert.equal(countPosts(server, names), [1, 1, 1, 1])
      const states = Object.values(readEntries(workspace)).map(({ state }) => state)
      assert.equal(states, ['uncertain', 'uncertain', 'uncertain', 'uncertain'])
    }),
  )
})

test('a call that the simulator created while apply was killed shows as unknown in status', () =>
  withWorkspace(peerCalls(['one']), (workspace) =>
    withWorkspace({}, (place) =>
      runSimulator('slow=1x,delay=60000', place, async (simulator) => {
        const settings = { cwd: workspace.folder }
        const running = startCallctl(['apply', '--yes', '--json', '--simulator', simulator.url], settings)
        await running.seen('"event":"claimed"')
        await until(() => simulator.created().length === 1)
        await kill(running)
        const status = await callctl(['status', '--simulator', simulator.url], settings)
        assert.is(status.code, 10)
        assert.match(status.stdout, /one {2}uncertain/)
        const again = await callctl(['apply', '--yes', '--simulator', simulator.url], settings)
        assert.is(again.code, 10)
        assert.is(simulator.created().length, 1)
        holdHistory(workspace.folder, simulator.log())
      }),
    ),
  ))

/** The simulator's log is a file of another process, which has no event to wait for. */
async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 5))
}

test.run()
