import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { callctl, type Finished } from '../../helpers/callctl.js'
import { peerCalls, type Workspace, withWorkspace } from '../../helpers/callctl-workspace.js'
import { created, type GraphServer, type Reply, withGraphServer } from '../../helpers/graph-server.js'

// --redial and --prune through the built bundle: what is sent, in which order, and what is recorded.

const test = suite('redial')

interface Scene {
  readonly workspace: Workspace
  readonly server: GraphServer
  run(...words: string[]): Promise<Finished>
}

const withScene = (hangUp: Reply, work: (scene: Scene) => Promise<void>): Promise<void> =>
  withWorkspace(peerCalls(['a', 'b']), (workspace) => {
    let calls = 0
    const answer = ({ method }: { readonly method: string }): Reply =>
      method === 'POST' ? created(`call-${++calls}`) : hangUp
    return withGraphServer(answer, (server) => {
      const settings = { cwd: workspace.folder, environment: { CALLCTL_GRAPH_ROOT: server.url } }
      return work({ workspace, server, run: (...words) => callctl(words, settings) })
    })
  })

const sent = ({ requests }: GraphServer): string =>
  requests
    .map(({ method, path }) => (method === 'POST' ? 'POST' : `${method} ${path.split('/').at(-1)}`))
    .join(', ')

interface History {
  readonly state: string
  readonly callId: string
  readonly attempts?: readonly History[]
}
const entryOf = ({ read }: Workspace, address: string): History =>
  (JSON.parse(read('calls.lock.json')) as { calls: Record<string, History> }).calls[address]!

test('the live call is hung up first, and the entry keeps its history', () =>
  withScene({ status: 204 }, async ({ workspace, server, run }) => {
    await run('apply', '--yes')
    const finished = await run('apply', '--yes', '--redial', 'a')
    assert.is(finished.code, 0, finished.stderr)
    assert.is(sent(server), 'POST, POST, DELETE call-1, POST')
    const { state, callId, attempts = [] } = entryOf(workspace, 'a')
    assert.equal([state, callId], ['placed', 'call-3'])
    assert.equal(
      attempts.map((each) => [each.state, each.callId]),
      [['ended', 'call-1']],
    )
    assert.is((await run('apply', '--yes')).code, 0)
    assert.is(server.requests.length, 4)
  }))

test('where the live call cannot be ended, the address is not placed again', () =>
  withScene({ status: 403 }, async ({ workspace, server, run }) => {
    await run('apply', '--yes')
    const finished = await run('apply', '--yes', '--redial', 'a')
    assert.is(finished.code, 9)
    assert.match(finished.stdout, 'not placed again')
    assert.is(sent(server), 'POST, POST, DELETE call-1')
    assert.is(entryOf(workspace, 'a').callId, 'call-1')
  }))

test('a redial has to be confirmed, and its name has to be a call of the plan', () =>
  withScene({ status: 204 }, async ({ server, run }) => {
    await run('apply', '--yes')
    assert.is((await run('apply', '--redial', 'a')).code, 5)
    assert.is((await run('apply', '--yes', '--redial', 'nobody')).code, 3)
    assert.is((await run('apply', '--yes', '--redial', 'a', '--only', 'b')).code, 3)
    assert.is((await run('apply', '--yes', '--redial', '*')).code, 3)
    assert.is((await run('plan', '--redial', 'a', '--detailed-exitcode')).code, 2)
    assert.is(server.requests.length, 2)
  }))

test('a saved redial is carried out as saved', () =>
  withScene({ status: 404 }, async ({ server, run }) => {
    await run('apply', '--yes')
    await run('plan', '--redial', 'b', '--out', 'again.json')
    assert.is((await run('apply', 'again.json', '--yes')).code, 0)
    assert.is((await run('apply', 'again.json', '--yes')).code, 6)
    assert.is(sent(server), 'POST, POST, DELETE call-2, POST')
  }))

test('--prune hangs up what is no longer defined, and keeps it in the lockfile', () =>
  withScene({ status: 204 }, async ({ workspace, server, run }) => {
    await run('apply', '--yes')
    workspace.write('calls/calls.yaml', peerCalls(['a'])['calls/calls.yaml']!)
    assert.is((await run('apply', '--yes')).code, 0)
    assert.is(server.requests.length, 2)
    assert.is((await run('apply', '--prune')).code, 0)
    assert.is(sent(server), 'POST, POST, DELETE call-2')
    assert.is(entryOf(workspace, 'b').state, 'ended')
    assert.is((await run('apply', '--prune')).code, 0)
    assert.is(server.requests.length, 3)
  }))

test('--prune needs every definition', () =>
  withScene({ status: 204 }, async ({ workspace, run }) => {
    workspace.write(
      'calls/more.yaml',
      JSON.stringify({
        calls: { c: { uses: 'p2p-voip', with: { userId: '00000000-0000-4000-8000-000000000001' } } },
      }),
    )
    assert.is((await run('plan', 'calls/calls.yaml', '--prune')).code, 3)
  }))

test.run()
