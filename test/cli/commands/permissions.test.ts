import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { afterRequest, formatAnswer, type Peer, withPeer } from '../../graph/peer.js'
import { callctl, type Finished } from '../../helpers/callctl.js'
import { parseLines } from '../../helpers/callctl-simulator.js'
import { readEntries, userOf, type Workspace, withWorkspace } from '../../helpers/callctl-workspace.js'
import { created, type GraphServer, withGraphServer } from '../../helpers/graph-server.js'

// Roles of a real sign-in, through Microsoft's own library over TLS, against what the plan needs.

const test = suite('permissions')

const initiate = 'Calls.Initiate.All'
const group = 'Calls.InitiateGroupCall.All'
const joinRole = 'Calls.JoinGroupCall.All'

const target = (name: string) => ({ identity: { user: { id: userOf(name) } } })
const files = (graph = '{}') => ({
  'callctl.yaml': `graph: ${graph}
limits: { concurrency: 1 }
defaults:
  callbackUri: https://bot.contoso.com/callback
  mediaConfig: { "@odata.type": "#microsoft.graph.serviceHostedMediaConfig" }
`,
  'calls/calls.yaml': JSON.stringify({
    calls: {
      bridge: { call: { targets: [target('a'), target('b')] } },
      'ping-one': { call: { targets: [target('c')] } },
      'ping-two': { call: { targets: [target('d')] } },
      standup: {
        call: {
          tenantId: 'contoso',
          chatInfo: { threadId: '19:meeting', messageId: '0' },
          meetingInfo: {
            '@odata.type': '#microsoft.graph.organizerMeetingInfo',
            organizer: { user: { id: userOf('o'), tenantId: 'contoso' } },
          },
        },
      },
    },
  }),
})

const base64 = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const jwt = (claims: object): string => `${base64({ alg: 'none' })}.${base64(claims)}.c2lnbmF0dXJl`

const answering = (token: string) =>
  afterRequest((socket) => {
    const body = JSON.stringify({ token_type: 'Bearer', expires_in: 3600, access_token: token })
    socket.end(formatAnswer('200 OK', ['Content-Type: application/json'], body))
  })

interface Place {
  readonly workspace: Workspace
  readonly server: GraphServer
  readonly entra: Peer
}

const run = ({ workspace, server, entra }: Place, words: readonly string[]): Promise<Finished> =>
  callctl(words, {
    cwd: workspace.folder,
    environment: {
      CALLCTL_GRAPH_ROOT: server.url,
      AZURE_AUTHORITY_HOST: entra.root,
      AZURE_TENANT_ID: '5f0b6a52-4b0e-4c57-a6f0-6d7f3f2a9e11',
      AZURE_CLIENT_ID: '2891555a-92ff-42e6-80fa-6e1300c6b5c6',
      AZURE_CLIENT_SECRET: 'canary-secret',
      NODE_EXTRA_CA_CERTS: join(process.cwd(), 'test', 'graph', 'fixtures', 'loopback.crt'),
    },
  })

/** A workspace, a Graph that places everything, and a sign-in endpoint that hands out this token. */
async function signedIn(token: string, work: (place: Place) => Promise<void>, graph?: string): Promise<void> {
  let calls = 0
  await withWorkspace(files(graph), (workspace) =>
    withPeer(
      answering(token),
      (entra) =>
        withGraphServer(
          ({ method }) => (method === 'POST' ? created(`call-${++calls}`) : { status: 204 }),
          (server) => work({ workspace, server, entra }),
        ),
      'loopback',
    ),
  )
}

const posted = ({ requests }: GraphServer): number =>
  requests.filter(({ method }) => method === 'POST').length

test('calls whose role is missing are blocked before any claim, the others placed, and the run exits 8', () =>
  signedIn(jwt({ roles: [initiate] }), async (place) => {
    const { workspace, server } = place
    const finished = await run(place, ['apply', '--yes'])
    assert.is(finished.code, 8, finished.stdout + finished.stderr)
    assert.match(finished.stdout, '2 calls would ring 2 people')
    assert.match(finished.stdout, 'Blocked (2)')
    assert.match(finished.stdout, 'Missing permissions\n  Calls.InitiateGroupCall.All  4c277553-8a09-487b')
    assert.match(finished.stdout, 'Ask an administrator of the tenant')
    assert.match(finished.stdout, '4 calls: 2 placed, 2 blocked.')
    assert.is(posted(server), 2)
    assert.equal(Object.keys(readEntries(workspace)), ['ping-one', 'ping-two'])
    const output = finished.stdout + finished.stderr
    for (const secret of ['canary-secret', jwt({ roles: [initiate] })]) assert.not.ok(output.includes(secret))
  }))

test('once consented to, the next run places the rest and nothing twice', () =>
  signedIn(jwt({ roles: [initiate] }), async (place) => {
    assert.is((await run(place, ['apply', '--yes'])).code, 8)
    await withPeer(
      answering(jwt({ roles: [initiate, group, joinRole] })),
      async (entra) => {
        const finished = await run({ ...place, entra }, ['apply', '--yes'])
        assert.is(finished.code, 0, finished.stdout + finished.stderr)
        assert.match(finished.stdout, '2 calls: 2 placed.')
        assert.is(posted(place.server), 4)
      },
      'loopback',
    )
  }))

test('with no role at all, nothing is sent and nothing recorded', () =>
  signedIn(jwt({}), async (place) => {
    const finished = await run(place, ['apply', '--yes'])
    assert.is(finished.code, 8)
    assert.match(finished.stdout, 'Nothing to place.')
    assert.is(place.server.connections(), 0)
    assert.throws(() => place.workspace.read('calls.lock.json'))
  }))

interface Event {
  readonly event: string
  readonly permissions: object
  readonly changes: readonly { readonly address: string; readonly action: string; readonly code?: string }[]
  readonly result: { readonly address: string; readonly kind: string }
  readonly counts: object
}

test('the events carry the comparison and a result for each blocked call', () =>
  signedIn(jwt({ roles: [initiate, joinRole] }), async (place) => {
    const { stdout, code } = await run(place, ['apply', '--yes', '--json'])
    assert.is(code, 8)
    const events = parseLines<Event>(stdout)
    const plan = events.find(({ event }) => event === 'plan')!
    assert.equal(plan.permissions, {
      isReadable: true,
      missing: [{ name: group, id: '4c277553-8a09-487b-8023-29ee378d8324', addresses: ['bridge'] }],
      assumed: [],
    })
    const blocked = plan.changes.filter(({ action }) => action === 'blocked')
    assert.equal(
      blocked.map(({ address, code }) => `${address} ${code}`),
      ['bridge plan/missing-permission'],
    )
    const results = events.filter(({ event }) => event === 'result').map(({ result }) => result)
    assert.equal(
      results.map(({ address, kind }) => `${address} ${kind}`),
      ['ping-one placed', 'ping-two placed', 'standup placed', 'bridge blocked'],
    )
    assert.equal(events.find(({ event }) => event === 'summary')!.counts, { placed: 3, blocked: 1 })
  }))

test('resource-specific consent lets meetings be joined without the role, and is told', () =>
  signedIn(
    jwt({ roles: [initiate, group] }),
    async (place) => {
      const finished = await run(place, ['apply', '--yes'])
      assert.is(finished.code, 0, finished.stdout + finished.stderr)
      assert.match(finished.stdout, 'left to the consent of each meeting: Calls.JoinGroupCall.All')
      assert.is(posted(place.server), 4)
    },
    '{ resourceSpecificConsent: true }',
  ))

test('a token whose roles cannot be read blocks nothing, and that is told once', () =>
  signedIn('opaque-token', async (place) => {
    const finished = await run(place, ['apply', '--yes'])
    assert.is(finished.code, 0, finished.stdout + finished.stderr)
    assert.is(finished.stdout.split('roles cannot be read').length, 2)
    assert.is(posted(place.server), 4)
  }))

test('a saved plan is compared too, and a redial is blocked before the live call is hung up', () =>
  signedIn(jwt({ roles: [initiate, group, joinRole] }), async (place) => {
    assert.is((await run(place, ['apply', '--yes'])).code, 0)
    const words = ['plan', '--redial', 'bridge', '--redial', 'ping-one', '--out', 'plan.json']
    assert.is((await run(place, words)).code, 0)
    const before = place.server.requests.length
    await withPeer(
      answering(jwt({ roles: [initiate] })),
      async (entra) => {
        const finished = await run({ ...place, entra }, ['apply', 'plan.json', '--yes'])
        assert.is(finished.code, 8, finished.stdout + finished.stderr)
        assert.match(finished.stdout, '2 calls: 1 placed, 1 blocked.')
        const sent = place.server.requests.slice(before).map(({ method, path }) => `${method} ${path}`)
        assert.equal(sent, ['DELETE /v1.0/communications/calls/call-2', 'POST /v1.0/communications/calls'])
      },
      'loopback',
    )
  }))

test('nobody signs in for a plan, without leave, or where there is nothing to place', () =>
  signedIn(jwt({ roles: [initiate, group, joinRole] }), async (place) => {
    assert.is((await run(place, ['plan'])).code, 0)
    assert.is((await run(place, ['apply'])).code, 5)
    assert.is(place.entra.accepted(), 0)
    assert.is((await run(place, ['apply', '--yes'])).code, 0)
    const signIns = place.entra.accepted()
    assert.is(signIns, 1)
    assert.is((await run(place, ['apply', '--yes'])).code, 0)
    assert.is(place.entra.accepted(), signIns)
  }))

test.run()
