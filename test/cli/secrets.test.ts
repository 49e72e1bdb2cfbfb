import { readdirSync, readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { callctl, type Finished } from '../helpers/callctl.js'
import { peerCalls, readEntries, type Workspace, withWorkspace } from '../helpers/callctl-workspace.js'
import { created, type Reply, withGraphServer } from '../helpers/graph-server.js'

const test = suite('secrets')
const secret = 'canary-of-the-client-secret'
const token = 'canary-of-the-token'
const fixtures = join(process.cwd(), 'test', 'graph', 'fixtures')
const certificate = join(fixtures, 'loopback.crt')

/** A sign-in endpoint on this machine, over https as signing in demands. */
async function withSignIn(
  answer: Reply,
  work: (url: string, bodies: readonly string[]) => Promise<void>,
): Promise<void> {
  const bodies: string[] = []
  const keys = { key: readFileSync(join(fixtures, 'loopback.key')), cert: readFileSync(certificate) }
  const server = createServer(keys, async (incoming, response) => {
    let body = ''
    for await (const chunk of incoming) body += chunk
    bodies.push(body)
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    await work(`https://127.0.0.1:${(server.address() as AddressInfo).port}`, bodies)
  } finally {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
}

const grant = JSON.stringify({ token_type: 'Bearer', expires_in: 3600, access_token: token })

const apply = ({ folder }: Workspace, graph: string, authority: string, ...more: string[]) =>
  callctl(['apply', '--yes', ...more], {
    cwd: folder,
    environment: {
      CALLCTL_GRAPH_ROOT: graph,
      AZURE_AUTHORITY_HOST: authority,
      AZURE_TENANT_ID: '6f0b1c2a-54d3-4c8e-9a71-2f3d5b7e9c10',
      AZURE_CLIENT_ID: '2891555a-92ff-42e6-80fa-6e1300c6b5c6',
      AZURE_CLIENT_SECRET: secret,
      NODE_EXTRA_CA_CERTS: certificate,
    },
  })

function listTexts(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => join(folder, path))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path, 'latin1'))
}

function areKept(finished: Finished, { folder }: Workspace): void {
  for (const text of [finished.stdout, finished.stderr, ...listTexts(folder)]) {
    assert.is(text.includes(secret), false)
    assert.is(text.includes(token), false)
  }
  assert.equal(
    finished.connections.filter((line) => !line.startsWith('here ')),
    [],
  )
}

test('the secret goes to the sign-in endpoint, the token to Graph, and neither anywhere else', () =>
  withWorkspace(peerCalls(['one']), (workspace) =>
    withSignIn({ status: 200, body: grant }, (authority, bodies) =>
      withGraphServer(
        () => created('call-of-one'),
        async (server) => {
          const finished = await apply(workspace, server.url, authority, '--json')
          assert.is(finished.code, 0, finished.stdout + finished.stderr)
          assert.is(bodies.length, 1)
          assert.match(bodies[0] ?? '', secret)
          assert.is(server.requests[0]?.headers.authorization, `Bearer ${token}`)
          areKept(finished, workspace)
        },
      ),
    ),
  ))

test('a sign-in that is refused exits 8, repeats no secret, and claims nothing', () =>
  withWorkspace(peerCalls(['one']), (workspace) => {
    const body = JSON.stringify({
      error: 'invalid_client',
      error_description: `AADSTS7000215: Invalid client secret provided: ${secret}`,
    })
    return withSignIn({ status: 401, body }, (authority) =>
      withGraphServer(undefined, async (server) => {
        const finished = await apply(workspace, server.url, authority)
        assert.is(finished.code, 8, finished.stdout + finished.stderr)
        assert.is(server.requests.length, 0)
        assert.equal(readEntries(workspace), {})
        areKept(finished, workspace)
      }),
    )
  }))

test('an answer that repeats the token is kept without it', () =>
  withWorkspace(peerCalls(['one']), (workspace) =>
    withSignIn({ status: 200, body: grant }, (authority) =>
      withGraphServer(
        ({ headers }) => ({
          status: 500,
          body: `{"error":{"code":"x","message":"${headers.authorization}"}}`,
        }),
        async (server) => {
          const finished = await apply(workspace, server.url, authority, '--json')
          assert.is(finished.code, 10)
          areKept(finished, workspace)
        },
      ),
    ),
  ))

for (const status of [301, 302, 307, 308]) {
  test(`a redirect (${status}) is not followed, so that no other host gets the token; the outcome is unknown`, () =>
    withWorkspace(peerCalls(['one']), (workspace) =>
      withGraphServer(
        () => created('call-of-one'),
        (elsewhere) =>
          withGraphServer(
            ({ path }) => ({ status, headers: { location: elsewhere.url + path } }),
            async (server) => {
              const finished = await callctl(['apply', '--yes'], {
                cwd: workspace.folder,
                environment: { CALLCTL_GRAPH_ROOT: server.url },
              })
              assert.is(finished.code, 10)
              assert.is(server.requests.length, 1)
              assert.is(elsewhere.connections(), 0)
              assert.is(readEntries(workspace)['one']?.state, 'uncertain')
            },
          ),
      ),
    ))
}

test.run()
