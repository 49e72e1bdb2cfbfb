import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { callctl } from '../../helpers/callctl.js'
import { callctlProcess, startCallctl } from '../../helpers/callctl-process.js'
import {
  peerCalls,
  readEntries,
  userOf,
  type Workspace,
  withWorkspace,
} from '../../helpers/callctl-workspace.js'
import { created, type GraphServer, withGraphServer } from '../../helpers/graph-server.js'

const test = suite('interrupt')
const names = ['a', 'b', 'c', 'd']

/** Two calls in flight, two not begun. */
const withTwoInFlight = (
  work: (context: {
    workspace: Workspace
    server: GraphServer
    running: ReturnType<typeof startCallctl>
    held: readonly Awaited<ReturnType<GraphServer['next']>>[]
    settings: Parameters<typeof callctl>[1]
  }) => Promise<void>,
): Promise<void> =>
  withWorkspace(peerCalls(names, 2), (workspace) =>
    withGraphServer(undefined, async (server) => {
      const settings = { cwd: workspace.folder, environment: { CALLCTL_GRAPH_ROOT: server.url } }
      const running = startCallctl(['apply', '--yes'], settings)
      const held = [await server.next(), await server.next()]
      await work({ workspace, server, running, held, settings })
    }),
  )

const nameOf = (body: string): string => names.find((name) => body.includes(userOf(name)))!

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  test(`${signal}: no new calls, those in flight are recorded, exit 11`, () =>
    withTwoInFlight(async ({ workspace, server, running, held }) => {
      running.process.kill(signal)
      await running.seen('Interrupted: no new calls')
      for (const each of held) each.answer(created(`call-of-${nameOf(each.body)}`))
      const finished = await running.finished
      assert.is(finished.code, 11, finished.stdout + finished.stderr)
      assert.is(server.requests.length, 2)
      const entries = readEntries(workspace)
      assert.equal(Object.keys(entries), ['a', 'b'])
      assert.is(entries['a']?.callId, 'call-of-a')
      assert.is(entries['b']?.callId, 'call-of-b')
      assert.match(finished.stdout, '4 calls: 2 placed, 2 skipped.')
    }))
}

test('a second Ctrl-C leaves at once, exit 10, and the next run calls those in flight unknown', () =>
  withTwoInFlight(async ({ workspace, server, running, settings }) => {
    running.process.kill('SIGINT')
    await running.seen('Interrupted: no new calls')
    running.process.kill('SIGINT')
    const finished = await running.finished
    assert.is(finished.code, 10)
    assert.match(finished.stderr, 'Leaving at once')
    const onlyUnknown = ['apply', '--yes', '--only', 'a', '--only', 'b']
    const again = await callctl(onlyUnknown, settings)
    assert.is(again.code, 10)
    assert.equal(again.connections, [])
    assert.is(server.requests.length, 2)
    const states = Object.values(readEntries(workspace)).map(({ state }) => state)
    assert.equal(states, ['uncertain', 'uncertain'])
  }))

test('a reader of stdout that leaves after the first line does not stop the run', () =>
  withWorkspace(peerCalls(names), (workspace) =>
    withGraphServer(undefined, async (server) => {
      const running = startCallctl(['apply', '--yes'], {
        cwd: workspace.folder,
        environment: { CALLCTL_GRAPH_ROOT: server.url },
      })
      await running.seen('\n')
      running.process.stdout.destroy()
      for (const _ of names) {
        const held = await server.next()
        held.answer(created(`call-of-${nameOf(held.body)}`))
      }
      assert.is((await running.finished).code, 0)
      assert.is(Object.values(readEntries(workspace)).filter(({ state }) => state === 'placed').length, 4)
    }),
  ))

test('two applies at once on one workspace send each call once', () =>
  withWorkspace(peerCalls(names, 4), (workspace) =>
    withGraphServer(undefined, async (server) => {
      const settings = { cwd: workspace.folder, environment: { CALLCTL_GRAPH_ROOT: server.url } }
      const both = [1, 2].map(() => callctlProcess(['apply', '--yes'], settings))
      for (const _ of names) {
        const held = await server.next()
        held.answer(created(`call-of-${nameOf(held.body)}`))
      }
      const codes = (await Promise.all(both)).map(({ code }) => code)
      assert.ok(codes.includes(0) || codes.includes(7), codes.join(', '))
      assert.equal(server.requests.map(({ body }) => nameOf(body)).sort(), names)
      const last = await callctl(['apply', '--yes'], settings)
      assert.is(last.code, 0, last.stdout)
      assert.equal(last.connections, [])
      assert.is(Object.values(readEntries(workspace)).filter(({ state }) => state === 'placed').length, 4)
    }),
  ))

test('an apply that nobody confirms connects to nothing and writes nothing', () =>
  withWorkspace(peerCalls(['a']), (workspace) =>
    withGraphServer(undefined, async (server) => {
      const finished = await callctl(['apply'], {
        cwd: workspace.folder,
        environment: { CALLCTL_GRAPH_ROOT: server.url },
      })
      assert.is(finished.code, 5)
      assert.is(server.connections(), 0)
      assert.is(existsSync(join(workspace.folder, 'calls.lock.json')), false)
    }),
  ))

test.run()
