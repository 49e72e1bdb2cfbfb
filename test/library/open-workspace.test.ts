// The use cases as a program of its own has them: nothing is spawned, and no terminal is there.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type ApplyEvent, exitCodeOf, exitCodes, openWorkspace, RecordError } from '../../src/index.js'
import { peerCalls, readEntries, type Workspace, withWorkspace } from '../helpers/callctl-workspace.js'
import { created, type GraphServer, withGraphServer } from '../helpers/graph-server.js'

const test = suite('library/open-workspace')

const open = ({ folder }: Workspace, { url }: Pick<GraphServer, 'url'>, warn?: (text: string) => void) =>
  openWorkspace({ folder, environment: { CALLCTL_GRAPH_ROOT: url }, ...(warn && { warn }) })

/** A workspace of two calls, and a Graph that takes every call. */
const withCalls = (
  work: (workspace: Workspace, graph: GraphServer) => Promise<void>,
  definitions = peerCalls(['one', 'two']),
): Promise<void> =>
  withWorkspace(definitions, (workspace) => {
    let count = 0
    return withGraphServer(
      () => {
        count += 1
        return created(`call-${count}`)
      },
      (graph) => work(workspace, graph),
    )
  })

test('what is defined is checked, compiled and planned, and nothing is sent', () =>
  withCalls(async (workspace, graph) => {
    const calls = open(workspace, graph)
    assert.is((await calls.validate()).count, 2)
    assert.equal(
      (await calls.compile({ only: ['two'] })).payloads.map(({ address }) => address),
      ['two'],
    )
    const { plan, history, shared } = await calls.plan()
    assert.is(plan?.totals.calls, 2)
    assert.equal([history?.refusal, shared], [undefined, []])
    assert.equal(graph.requests, [])
  }))

test('apply sends what confirm has seen, once, and the record is that of the commands', () =>
  withCalls(async (workspace, graph) => {
    const calls = open(workspace, graph)
    const seen: number[] = []
    const confirm = ({ totals }: { totals: { calls: number } }): boolean => seen.push(totals.calls) > 0
    const first = await calls.apply({ confirm })
    const second = await calls.apply({ confirm })
    assert.equal([first.code, first.run?.results.map(({ kind }) => kind)], [0, ['placed', 'placed']])
    assert.equal([second.code, second.run], [0, undefined])
    assert.equal(seen, [2])
    assert.is(graph.requests.length, 2)
    assert.equal(Object.keys(readEntries(workspace)).sort(), ['one', 'two'])
    const audited = await calls.audit()
    assert.equal([audited.code, audited.lines.length], [0, 2])
  }))

test('nothing is sent when confirm says no, or fails', () =>
  withCalls(async (workspace, graph) => {
    const calls = open(workspace, graph)
    const { code, isUnconfirmed } = await calls.apply({ confirm: () => false })
    assert.equal([code, isUnconfirmed], [exitCodes.refused, true])
    const failed = calls.apply({
      confirm: () => {
        throw new Error('no')
      },
    })
    assert.is((await failed.then(undefined, (error: Error) => error))?.constructor, Error)
    assert.equal(graph.requests, [])
  }))

test('of two runs at once one is refused, and each call is placed once', () =>
  withCalls(async (workspace, graph) => {
    const applyNow = () => open(workspace, graph).apply({ confirm: () => true })
    const ended = await Promise.allSettled([applyNow(), applyNow()])
    const refused = ended.flatMap((each) => (each.status === 'rejected' ? [each.reason as Error] : []))
    assert.is(refused.length, 1)
    assert.instance(refused[0], RecordError)
    assert.is(exitCodeOf(refused[0]), exitCodes.record)
    assert.is(graph.requests.length, 2)
  }))

test('a listener that fails is told of, and stops no run', () =>
  withCalls(async (workspace, graph) => {
    const warnings: string[] = []
    const report = (_event: ApplyEvent): void => {
      throw new Error('listener')
    }
    const calls = open(workspace, graph, (text) => void warnings.push(text))
    const { code } = await calls.apply({ confirm: () => true, report })
    assert.is(code, 0)
    assert.is(graph.requests.length, 2)
    assert.match(warnings.join('\n'), 'listener')
  }))

test('an aborted signal begins no call', () =>
  withCalls(async (workspace, graph) => {
    const { code, run } = await open(workspace, graph).apply({
      confirm: () => true,
      signal: AbortSignal.abort(),
    })
    assert.is(code, exitCodes.stopped)
    assert.ok(run === undefined || run.results.every(({ kind }) => kind === 'skipped'))
    assert.equal(graph.requests, [])
  }))

test('broken definitions come back as diagnostics, and are not applied', () =>
  withCalls(
    async (workspace, graph) => {
      const calls = open(workspace, graph)
      const { hasErrors, diagnostics, payloads } = await calls.compile()
      assert.equal([hasErrors, payloads], [true, []])
      assert.ok(diagnostics.some(({ range }) => range?.source === 'calls/a.yaml'))
      const { code, plan } = await calls.apply({ confirm: () => true })
      assert.equal([code, plan], [exitCodes.definitions, undefined])
      assert.equal(graph.requests, [])
    },
    { 'calls/a.yaml': 'calls:\n  one: { call: { callbackUri: 7 } }\n' },
  ))

test('calls are placed, looked at and hung up on the simulator', () =>
  withWorkspace(peerCalls(['one']), async ({ folder }) => {
    const calls = openWorkspace({ folder, environment: {} })
    const simulator = 'in-process'
    const placed = await calls.apply({ simulator, confirm: () => true })
    assert.is(placed.code, 0)
    const seen = await calls.status({ simulator })
    assert.ok('lines' in seen && seen.lines[0]?.observation?.state !== undefined)
    const ended = await calls.hangUp({ simulator, addresses: 'all' })
    assert.equal(
      ended.run?.results.map(({ kind }) => kind),
      ['ended'],
    )
  }))

test('what is thrown for a mistake has the code and the hint of the command', () =>
  withCalls(async (workspace, graph) => {
    const error = await open(workspace, graph)
      .apply({ confirm: () => true, environmentName: 'nowhere' })
      .then(undefined, (thrown: Error & { hint?: string }) => thrown)
    assert.is(exitCodeOf(error), exitCodes.usage)
    assert.type((error as { hint?: string }).hint, 'string')
  }))

test.run()
