import { createHash } from 'node:crypto'
import { copyFileSync, statSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { callctl, type Finished } from '../../helpers/callctl.js'
import { peerCalls, readEntries, type Workspace, withWorkspace } from '../../helpers/callctl-workspace.js'
import { created, type GraphServer, type Recorded, withGraphServer } from '../../helpers/graph-server.js'

// Saved plans, through the built bundle, against a server that notes what it is sent.

const test = suite('saved-plan')

interface Scene {
  readonly workspace: Workspace
  readonly server: GraphServer
  run(...words: string[]): Promise<Finished>
}

const withScene = (
  work: (scene: Scene) => Promise<void>,
  names: readonly string[] = ['a', 'b'],
): Promise<void> =>
  withWorkspace(peerCalls(names), (workspace) => {
    let calls = 0
    return withGraphServer(
      () => created(`call-${++calls}`),
      (server) => {
        const settings = { cwd: workspace.folder, environment: { CALLCTL_GRAPH_ROOT: server.url } }
        return work({ workspace, server, run: (...words) => callctl(words, settings) })
      },
    )
  })

interface SavedText {
  readonly changes: readonly { readonly attemptId: string; readonly payload: { readonly text: string } }[]
}
const idOf = ({ headers }: Recorded): unknown => headers['client-request-id']

test('apply sends exactly the bytes and the attempt ids of the plan, and reads no definition', () =>
  withScene(async ({ workspace, server, run }) => {
    assert.is((await run('plan', '--out', 'plan.json')).code, 0)
    assert.is(statSync(join(workspace.folder, 'plan.json')).mode & 0o777, 0o600)
    workspace.write('calls/calls.yaml', 'broken: {{')
    const finished = await run('apply', 'plan.json', '--yes')
    assert.is(finished.code, 0, finished.stderr)
    const { changes } = JSON.parse(workspace.read('plan.json')) as SavedText
    assert.equal(
      server.requests.map((request) => [request.body, idOf(request)]),
      changes.map(({ attemptId, payload }) => [payload.text, attemptId]),
    )
    assert.equal(
      Object.values(readEntries(workspace)).map(({ state }) => state),
      ['placed', 'placed'],
    )
  }))

test('a plan is applied once', () =>
  withScene(async ({ server, run }) => {
    await run('plan', '--out', 'plan.json')
    await run('apply', 'plan.json', '--yes')
    const again = await run('apply', 'plan.json', '--yes')
    assert.is(again.code, 6)
    assert.match(again.stderr, 'a: its attempt has been used')
    assert.match(again.stderr, 'b: its attempt has been used')
    assert.is(server.requests.length, 2)
  }))

test('an entry that has moved on makes the whole plan stale', () =>
  withScene(async ({ server, run }) => {
    await run('apply', '--yes', '--only', 'a')
    await run('plan', '--out', 'plan.json', '--redial', 'a')
    await run('hangup', 'a')
    const sent = server.requests.length
    const finished = await run('apply', 'plan.json', '--yes')
    assert.is(finished.code, 6)
    assert.match(finished.stderr, 'a: it was placed and is ended by now')
    assert.is(server.requests.length, sent)
  }))

test('a plan for a fresh workspace can be tried again while nothing was claimed', () =>
  withScene(async ({ server, run }) => {
    await run('plan', '--out', 'plan.json')
    assert.is((await run('apply', 'plan.json')).code, 5)
    assert.is((await run('apply', 'plan.json', '--detailed-exitcode')).code, 2)
    assert.is(server.requests.length, 0)
    assert.is((await run('apply', 'plan.json', '--yes')).code, 0)
  }))

test('another destination, another lockfile and an expired plan are refused', () =>
  withScene(async ({ workspace, server, run }) => {
    await run('plan', '--out', 'plan.json')
    const elsewhere = await run('apply', 'plan.json', '--yes', '--simulator')
    assert.is(elsewhere.code, 6)
    assert.match(elsewhere.stderr, 'not for the simulator')
    await run('plan', '--out', 'rehearsal.json', '--simulator')
    assert.is((await run('apply', 'rehearsal.json', '--yes')).code, 6)
    await run('apply', '--yes', '--only', 'a')
    assert.is((await run('apply', 'plan.json', '--yes')).code, 6)
    assert.is(server.requests.length, 1)
    assert.ok(workspace.read('plan.json').includes('callctlPlan'))
  }))

test('a plan older than --max-age has expired', () =>
  withScene(async ({ workspace, server, run }) => {
    await run('plan', '--out', 'plan.json')
    const later = { CALLCTL_GRAPH_ROOT: server.url }
    const aged = join(workspace.folder, 'aged.json')
    copyFileSync(join(workspace.folder, 'plan.json'), aged)
    // The age is the plan's own, not its file's.
    utimesSync(aged, 0, 0)
    assert.is(
      (
        await callctl(['apply', 'aged.json', '--max-age', '1d'], {
          cwd: workspace.folder,
          environment: later,
        })
      ).code,
      5,
    )
    const wrong = await run('apply', 'plan.json', '--yes', '--max-age', 'soon')
    assert.is(wrong.code, 3)
    assert.is(server.requests.length, 0)
  }))

test('a damaged plan is refused, and other JSON is no plan', () =>
  withScene(async ({ workspace, server, run }) => {
    await run('plan', '--out', 'plan.json')
    const text = workspace.read('plan.json')
    workspace.write('cut.json', text.slice(0, -20))
    workspace.write('edited.json', text.replace('"place"', '"Place"'))
    workspace.write('newer.json', text.replace('"callctlPlan": 2', '"callctlPlan": 3'))
    workspace.write('other.json', '{}')
    const codes = []
    for (const name of ['cut', 'edited', 'newer', 'other', 'none'])
      codes.push((await run('apply', `${name}.json`, '--yes')).code)
    assert.equal(codes, [6, 6, 6, 3, 3])
    assert.is(server.requests.length, 0)
  }))

test('a text that is not the one of its digest is not sent, even under a seal that fits', () =>
  withScene(async ({ workspace, server, run }) => {
    assert.is((await run('plan', '--out', 'plan.json')).code, 0)
    const [body] = workspace.read('plan.json').split('  "sha256"')
    const changed = body!.replace('callbackUri\\": \\"https://', 'callbackUri\\": \\"https://other.')
    assert.is.not(changed, body)
    const seal = createHash('sha256').update(changed).digest('hex')
    workspace.write('plan.json', `${changed}  "sha256": "${seal}"\n}\n`)
    const { code, stderr } = await run('apply', 'plan.json', '--yes')
    assert.is(code, 6)
    assert.match(stderr, 'a: what it would send is not what its digest says')
    assert.is(server.requests.length, 0)
  }))

test('what would change a saved plan does not go with it', () =>
  withScene(async ({ run }) => {
    await run('plan', '--out', 'plan.json')
    for (const words of [['--only', 'a'], ['--redial', 'a'], ['--prune'], ['calls/']]) {
      assert.is((await run('apply', 'plan.json', '--yes', ...words)).code, 3, words.join(' '))
    }
    assert.is((await run('plan', '--out', 'plan.txt')).code, 3)
  }))

test('a blocked plan is not saved', () =>
  withScene(async ({ workspace, run }) => {
    workspace.write('callctl.yaml', workspace.read('callctl.yaml').replace('concurrency: 1', 'people: 1'))
    const finished = await run('plan', '--out', 'plan.json')
    assert.is(finished.code, 5)
    assert.match(finished.stderr, 'Not saved')
    assert.throws(() => workspace.read('plan.json'))
  }))

test('with --json an error still ends the stream, or is the document', () =>
  withScene(async ({ workspace, run }) => {
    workspace.write('calls.lock.json', '{')
    const applied = await run('apply', '--yes', '--json')
    assert.is(applied.code, 7)
    const last = JSON.parse(applied.stdout.trim().split('\n').at(-1) ?? '') as Record<string, unknown>
    assert.equal([last['event'], last['exitCode']], ['end', 7])
    for (const command of ['plan', 'status']) {
      const finished = await run(command, '--json')
      const document = JSON.parse(finished.stdout) as Record<string, unknown>
      assert.equal([finished.code, document['exitCode'], typeof document['error']], [7, 7, 'object'])
    }
  }))

test.run()
