// The use cases as a program of its own has them: nothing is spawned, and no terminal is there.
import { randomUUID } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { run } from '../../src/cli/run.js'
import {
  type ApplyEvent,
  exitCodeOf,
  exitCodes,
  openWorkspace,
  type PlanReport,
  RecordError,
} from '../../src/index.js'
import { fakeHost } from '../cli/fake-host.js'
import { peerCalls, readEntries, type Workspace, withWorkspace } from '../helpers/callctl-workspace.js'
import { created, type GraphServer, withGraphServer } from '../helpers/graph-server.js'

const test = suite('library/open-workspace')

const open = ({ folder }: Workspace, { url }: Pick<GraphServer, 'url'>, warn?: (text: string) => void) =>
  openWorkspace({ folder, environment: { CALLCTL_GRAPH_ROOT: url }, ...(warn && { warn }) })

const codeThrown = (work: Promise<unknown>): Promise<unknown> => work.then(() => 'nothing thrown', exitCodeOf)

/** As `peerCalls`, with a secret in each call. */
const secretCalls = (): Readonly<Record<string, string>> => {
  const files = peerCalls(['one', 'two'])
  return {
    ...files,
    'callctl.yaml': `${files['callctl.yaml']}env: [{ name: PIN, secret: true }]
`.replace('callback" }', 'callback", subject: "{{env.PIN}}" }'),
  }
}

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

test('a plan that is shown changes no more: what was confirmed is what is sent', () =>
  withCalls(async (workspace, graph) => {
    const calls = open(workspace, graph)
    const drop = ({ plan }: PlanReport): boolean => (plan.changes as unknown[]).pop() !== undefined
    const retarget = ({ plan }: PlanReport): boolean =>
      Object.assign(plan.changes[0]!.payload!.target, { version: 'beta' }) !== undefined
    const retext = ({ plan }: PlanReport): boolean =>
      Object.assign(plan.changes[0]!.payload!, { text: '{}' }) !== undefined
    for (const confirm of [drop, retarget, retext]) {
      const error = await calls.apply({ confirm }).then(undefined, (thrown: Error) => thrown)
      assert.instance(error, TypeError)
    }
    assert.equal(graph.requests, [])
    const report = (event: ApplyEvent): void => {
      if (event.event === 'plan') drop(event.report)
    }
    const { run } = await calls.apply({ confirm: () => true, report })
    assert.is(run?.results.length, 2)
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

test('a live call is operated on; what rings asks first, and rings once', () =>
  withWorkspace(peerCalls(['one']), async ({ folder }) => {
    const calls = openWorkspace({ folder, environment: {} })
    const there = { address: 'one', simulator: 'in-process' } as const
    await calls.apply({ simulator: 'in-process', confirm: () => true })
    const read = await calls.operate({ ...there, operation: 'get' })
    assert.equal([read.kind, read.code], ['call', 0])
    const participants = [{ identity: { user: { id: '00000000-0000-4000-8000-00646965676f' } } }]
    const invite = { ...there, operation: 'invite', body: { participants } } as const
    assert.is(await codeThrown(calls.operate(invite)), exitCodes.usage)
    const asked: number[] = []
    const answer = (isWanted: boolean) => (report: { people: readonly unknown[] }) => {
      asked.push(report.people.length)
      return isWanted
    }
    assert.is((await calls.operate({ ...invite, confirm: answer(false) })).kind, 'declined')
    assert.is((await calls.operate({ ...invite, confirm: answer(true) })).kind, 'rung')
    assert.is((await calls.operate({ ...invite, confirm: answer(true) })).kind, 'rung-already')
    assert.equal(asked, [1, 1])
  }))

test('all that placing calls needs is examined', () =>
  withCalls(async (workspace, graph) => {
    const { checks } = await open(workspace, graph).examine()
    assert.is(checks.find(({ name }) => name === 'definitions')?.state, 'ok')
    assert.equal(
      graph.requests.filter(({ method }) => method === 'POST'),
      [],
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

/** What a program without types may hand in. */
const loose = (options: object) => options as never

const refusedOptions: Readonly<Record<string, object>> = {
  'no requests at once': { concurrency: 0 },
  'too many requests at once': { concurrency: 1000 },
  'requests at once that are no number': { concurrency: Number.NaN },
  'a deadline before now': { deadline: -1 },
  'a deadline beyond timers': { deadline: 40 * 86_400_000 },
  'an age that never ends': { maximumAge: Number.NaN },
  'an age before now': { maximumAge: -1 },
  'addresses in one text': { only: 'one' },
  'no address': { only: [] },
  'an address that is none': { only: [undefined] },
  'a redial in one text': { redial: 'one' },
  'a flag in words': { prunes: 'false' },
  'an environment that is no name': { environmentName: null },
  'no simulator': { simulator: '' },
  'a simulator that is null': { simulator: null },
  'a simulator elsewhere': { simulator: 'https://graph.example.com' },
  'a misspelt option': { simulater: 'in-process' },
  'a value without text': { assignments: [{ name: 'incident', level: '--var', value: 7 }] },
  'a value that is no JSON': { assignments: [{ name: 'incident', level: '--var-file', value: Number.NaN }] },
  'options with a class': new (class {
    get simulator(): string {
      return 'in-process'
    }
  })(),
  'a signal that is a controller': { signal: new AbortController() },
  'a listener that is none': { report: 'console' },
}

for (const [what, options] of Object.entries(refusedOptions))
  test(`apply refuses ${what}, and sends nothing`, () =>
    withCalls(async (workspace, graph) => {
      const request = Object.assign(options, { confirm: () => true })
      assert.is(await codeThrown(open(workspace, graph).apply(loose(request))), exitCodes.usage)
      assert.equal(graph.requests, [])
    }))

const besidePlan: readonly object[] = [
  { only: ['one'] },
  { redial: ['one'] },
  { prunes: true },
  { assignments: [{ name: 'incident', level: '--var', value: 'INC-7' }] },
  { paths: ['calls'] },
]

for (const options of besidePlan)
  test(`a saved plan goes with no ${Object.keys(options)[0]}`, () =>
    withCalls(async (workspace, graph) => {
      const environment = { CALLCTL_GRAPH_ROOT: graph.url }
      const host = { ...fakeHost({ cwd: workspace.folder, environment }), now: Date.now, uuid: randomUUID }
      assert.is(await run(['plan', '--out', 'plan.json'], host), 0)
      const request = { ...options, planFile: 'plan.json', confirm: () => true }
      assert.is(await codeThrown(open(workspace, graph).apply(loose(request))), exitCodes.usage)
      assert.equal(graph.requests, [])
      const { code } = await open(workspace, graph).apply({ planFile: 'plan.json', confirm: () => true })
      assert.equal([code, graph.requests.length], [0, 2])
    }))

for (const answer of ['no', 'yes', 1, {}, undefined])
  test(`nothing is sent when confirm answers ${JSON.stringify(answer)}`, () =>
    withCalls(async (workspace, graph) => {
      const { isUnconfirmed } = await open(workspace, graph).apply({ confirm: () => answer as never })
      assert.is(isUnconfirmed, true)
      assert.equal(graph.requests, [])
    }))

for (const confirm of ['yes', true, undefined])
  test(`apply takes no ${JSON.stringify(confirm)} for confirm`, () =>
    withCalls(async (workspace, graph) => {
      assert.is(await codeThrown(open(workspace, graph).apply(loose({ confirm }))), exitCodes.usage)
      assert.equal(graph.requests, [])
    }))

for (const options of [{}, { addresses: [] }, { addresses: 'one' }, { addresses: 'all', attempt: 'a' }])
  test(`hangUp refuses ${JSON.stringify(options)}`, () =>
    withCalls(async (workspace, graph) => {
      assert.is(await codeThrown(open(workspace, graph).hangUp(loose(options))), exitCodes.usage)
    }))

test('each use case refuses what it does not know', () =>
  withCalls(async (workspace, graph) => {
    const calls = open(workspace, graph)
    for (const name of ['validate', 'compile', 'test', 'plan', 'status', 'review', 'audit'] as const)
      assert.is(await codeThrown(calls[name](loose({ nothing: 1 }))), exitCodes.usage)
  }))

test('a folder that is not there is no workspace, nor is the one above it', () =>
  withCalls(async (workspace, graph) => {
    const gone = { ...workspace, folder: `${workspace.folder}/calls/gone` }
    assert.is(await codeThrown(open(gone, graph).apply({ confirm: () => true })), exitCodes.usage)
    assert.equal(graph.requests, [])
    for (const folder of ['', undefined, 7])
      assert.throws(
        () => openWorkspace(loose({ folder })),
        (error: Error) => exitCodeOf(error) === 3,
      )
  }))

test('an environment that changes during a run changes nothing of it', () =>
  withCalls(async (workspace, graph) => {
    const environment: Record<string, string> = { CALLCTL_GRAPH_ROOT: graph.url, PIN: '1234' }
    const confirm = (): boolean => {
      environment['CALLCTL_GRAPH_ROOT'] = 'https://graph.example.com'
      environment['PIN'] = '9999'
      return true
    }
    const { code } = await openWorkspace({ folder: workspace.folder, environment }).apply({ confirm })
    assert.equal([code, graph.requests.length], [0, 2])
    assert.ok(graph.requests.every(({ body }) => JSON.stringify(body).includes('1234')))
  }, secretCalls()))

test('listeners that fail later, and a warn that fails too, stop no run', () =>
  withCalls(async (workspace, graph) => {
    const fail = async (): Promise<void> => {
      throw new Error('listener')
    }
    const warn = (): void => {
      throw new Error('warn')
    }
    const { code } = await open(workspace, graph, warn).apply({ confirm: () => true, report: fail })
    assert.equal([code, graph.requests.length], [0, 2])
  }))

test.run()
