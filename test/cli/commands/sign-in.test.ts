import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readEntries } from '../../helpers/callctl-workspace.js'
import { selfSigned } from '../../helpers/certificates.js'
import { clientId, formatToken, granted, refused } from '../../helpers/entra.js'
import { type Recorded, type Reply, withGraphServer } from '../../helpers/graph-server.js'
import { type SecureWorld, withSecureWorld } from '../../helpers/secure-world.js'

// Signing in with Microsoft's own library over TLS to servers on this machine. It reads the process's environment for a
// managed identity, and files from the process's folder: those are processes of their own.

const test = suite('sign-in')
const apply = ['apply', '--yes', '--concurrency', '1']
const noSecret = { AZURE_CLIENT_SECRET: undefined }

const bearers = ({ graph }: SecureWorld): readonly (string | undefined)[] =>
  graph.requests.map(({ headers }) => headers.authorization)

test('with a secret: the call is placed, and a warning says that something better is to be had', () =>
  withSecureWorld({}, async (world) => {
    const { code, stderr } = await world.run(apply)
    assert.is(code, 0, stderr)
    assert.equal(bearers(world), [`Bearer ${formatToken('token-1')}`])
    assert.is(stderr.match(/warning: Signing in/g)?.length, 1)
    assert.is(readEntries(world)['one']?.state, 'placed')
  }))

test('with a certificate, and with a federated token file', () =>
  withSecureWorld({}, async (world) => {
    const { certificate, key } = selfSigned({ name: 'app', isRsa: true })
    world.write('app.pem', certificate + key)
    world.write('assertion', 'a.federated.assertion')
    const byCertificate = { ...noSecret, AZURE_CLIENT_CERTIFICATE_PATH: 'app.pem' }
    const first = await world.runProcess(apply, byCertificate)
    assert.is(first.code, 0, first.stderr)
    assert.not.match(first.stderr, 'warning')
    const byFile = { AZURE_FEDERATED_TOKEN_FILE: 'assertion' }
    assert.is((await world.runProcess(['status'], byFile)).code, 0)
    const [one, two] = world.entra.forms()
    assert.match(one?.['client_assertion'] ?? '', /^[\w-]+\.[\w-]+\.[\w-]+$/)
    assert.is(two?.['client_assertion'], 'a.federated.assertion')
    assert.is(two?.['client_secret'], undefined)
  }))

/** As Azure's endpoints answer: `expires_on` counts seconds since 1970, in text. */
const identityAnswer = (token: string): Reply => ({
  status: 200,
  body: JSON.stringify({
    access_token: token,
    expires_on: String(Math.floor(Date.now() / 1000) + 3600),
    resource: 'https://graph.microsoft.com',
    token_type: 'Bearer',
  }),
})

const identityToken = formatToken('of-the-identity')

const identities: readonly (readonly [
  name: string,
  environment: (url: string) => Record<string, string | undefined>,
  check: (request: Recorded) => void,
])[] = [
  [
    'App Service, system-assigned',
    (url) => ({
      IDENTITY_ENDPOINT: `${url}/msi/token`,
      IDENTITY_HEADER: 'canary-header',
      CALLCTL_SIGN_IN: 'managed-identity',
    }),
    ({ path, headers }) => {
      assert.match(path, /^\/msi\/token\?/)
      assert.not.match(path, 'client_id')
      assert.is(headers['x-identity-header'], 'canary-header')
    },
  ],
  [
    'App Service, user-assigned, before a secret that is also set',
    (url) => ({
      IDENTITY_ENDPOINT: `${url}/msi/token`,
      IDENTITY_HEADER: 'canary-header',
      AZURE_CLIENT_ID: clientId,
      AZURE_CLIENT_SECRET: 'canary-unused',
    }),
    ({ path }) => assert.match(path, `client_id=${clientId}`),
  ],
  [
    'a virtual machine, chosen by name',
    (url) => ({ AZURE_POD_IDENTITY_AUTHORITY_HOST: url, CALLCTL_SIGN_IN: 'managed-identity' }),
    ({ path, headers }) => {
      assert.match(path, /^\/metadata\/identity\/oauth2\/token\/?\?/)
      assert.is(headers['metadata'], 'true')
    },
  ],
]

for (const [name, environment, check] of identities) {
  test(`with a managed identity: ${name}`, () =>
    withSecureWorld({}, (world) =>
      withGraphServer(
        () => identityAnswer(identityToken),
        async (endpoint) => {
          const none = { ...noSecret, AZURE_CLIENT_ID: undefined, AZURE_TENANT_ID: undefined }
          const { code, stderr } = await world.runProcess(apply, { ...none, ...environment(endpoint.url) })
          assert.is(code, 0, stderr)
          assert.equal(bearers(world), [`Bearer ${identityToken}`])
          assert.is(endpoint.requests.length, 1)
          assert.match(
            decodeURIComponent(endpoint.requests[0]!.path),
            /resource=https:\/\/graph\.microsoft\.com(&|$)/,
          )
          check(endpoint.requests[0]!)
          assert.is(world.entra.requests.length, 0)
        },
      ),
    ))
}

const identityFaults: readonly (readonly [string, Reply, RegExp])[] = [
  [
    'no identity',
    { status: 400, body: '{"error":"invalid_request","error_description":"Identity not found"}' },
    /Identity not found/,
  ],
  ['a token of another tenant', identityAnswer(formatToken('x', { tid: clientId })), /another tenant/],
  ['HTML', { status: 502, body: '<html>' }, /HTTP 502/],
  ['a redirect', { status: 302, headers: { location: 'http://127.0.0.1:1/' } }, /HTTP 302/],
]
for (const [name, reply, said] of identityFaults) {
  test(`a managed identity’s endpoint with ${name}: exit 8, nothing is claimed`, () =>
    withSecureWorld({}, (world) =>
      withGraphServer(
        () => reply,
        async (endpoint) => {
          const environment = { IDENTITY_ENDPOINT: endpoint.url, IDENTITY_HEADER: 'canary-header' }
          const { code, stdout, stderr } = await world.runProcess(apply, environment)
          assert.is(code, 8, stderr)
          assert.match((stdout + stderr).replace(/\s+/g, ' '), said)
          assert.not.match(stdout + stderr, 'canary')
          if (reply.status < 500) assert.is(endpoint.requests.length, 1)
          assert.equal([world.graph.requests.length, readEntries(world)], [0, {}])
        },
      ),
    ))
}

const unauthorized: Reply = {
  status: 401,
  body: '{"error":{"code":"InvalidAuthenticationToken","message":"no"}}',
}

test('a token that Graph no longer takes, in the middle of a run, is renewed once', () => {
  const onGraph = (_: Recorded, count: number): Reply =>
    count === 2 ? unauthorized : { status: 201, body: `{"id":"call-${count}"}` }
  return withSecureWorld({ names: ['one', 'two', 'three'], onGraph }, async (world) => {
    const { code, stderr } = await world.run(apply)
    assert.is(code, 0, stderr)
    const [first, second] = [1, 2].map((each) => `Bearer ${formatToken(`token-${each}`)}`)
    assert.equal(bearers(world), [first, first, second, second])
    assert.is(world.entra.requests.length, 2)
    assert.equal(
      Object.values(readEntries(world)).map(({ state }) => state),
      ['placed', 'placed', 'placed'],
    )
  })
})

const refusals: readonly (readonly [string, Reply, RegExp])[] = [
  ['a wrong tenant', refused(90002), /no such tenant.*AZURE_TENANT_ID/],
  ['a revoked consent', refused(65001), /consent.*administrator/],
  ['a wrong secret', refused(7000215, 'Invalid client secret', 401), /secret is wrong/],
  ['an overloaded endpoint', { status: 503, body: 'busy' }, /HTTP 503/],
  ['a token of another tenant', granted(formatToken('x', { tid: clientId })), /another tenant/],
]
for (const [name, reply, said] of refusals) {
  test(`${name}: exit 8 before the first claim, with what to do`, () =>
    withSecureWorld({ onSignIn: () => reply }, async (world) => {
      const { code, stdout, stderr } = await world.run(apply)
      assert.is(code, 8, stderr)
      assert.match((stdout + stderr).replace(/\s+/g, ' '), said)
      assert.equal([world.graph.connections(), readEntries(world)], [0, {}])
    }))
}

test('a sign-in that is out of order for a moment is tried again before the first claim', () => {
  const onSignIn = (_: Recorded, count: number): Reply =>
    count === 1 ? { status: 503, body: 'busy' } : granted(formatToken('token-2'))
  return withSecureWorld({ onSignIn }, async (world) => {
    const { code, stderr } = await world.run(apply)
    assert.is(code, 0, stderr)
    assert.match(stderr.replace(/\s+/g, ' '), /HTTP 503.*trying again/)
    assert.is(world.entra.requests.length, 2)
    assert.is(stderr.match(/warning: Signing in/g)?.length, 1, 'said once, however often it is tried')
    assert.equal(bearers(world), [`Bearer ${formatToken('token-2')}`])
  })
})

test('a sign-in that is refused is not tried again', () =>
  withSecureWorld({ onSignIn: () => refused(65001) }, async (world) => {
    assert.is((await world.run(apply)).code, 8)
    assert.is(world.entra.requests.length, 1)
  }))

test('consent that is revoked in the middle of a run stops it; what rang is recorded', () => {
  const onGraph = (_: Recorded, count: number): Reply =>
    count === 2 ? unauthorized : { status: 201, body: `{"id":"call-${count}"}` }
  const onSignIn = (_: Recorded, count: number): Reply =>
    count === 1 ? granted(formatToken('token-1')) : refused(65001)
  return withSecureWorld({ names: ['one', 'two', 'three'], onGraph, onSignIn }, async (world) => {
    const { code, stdout, stderr } = await world.run(apply)
    assert.is(code, 8, stdout + stderr)
    assert.is(world.graph.requests.length, 2)
    const states = Object.values(readEntries(world)).map(({ state }) => state)
    assert.equal(states.sort(), ['failed', 'placed'])
  })
})

test('incomplete settings name the variables, never values', () =>
  withSecureWorld({}, async (world) => {
    const environment = { AZURE_CLIENT_ID: undefined, CALLCTL_SIGN_IN: 'federated-token-file' }
    const { code, stdout, stderr } = await world.run(apply, environment)
    assert.is(code, 8)
    assert.match(stdout + stderr, /AZURE_CLIENT_ID\s+and\s+AZURE_FEDERATED_TOKEN_FILE/)
    assert.not.match(stdout + stderr, 'canary')
    assert.is((await world.run(apply, { CALLCTL_SIGN_IN: 'canary' })).code, 8)
  }))

test.run()
