import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type LockfileEntry, readEntries } from '../../helpers/callctl-workspace.js'
import { type Certified, selfSigned } from '../../helpers/certificates.js'
import { type ConnectProxy, startConnectProxy } from '../../helpers/connect-proxy.js'
import { formatToken } from '../../helpers/entra.js'
import { withGraphServer } from '../../helpers/graph-server.js'
import { type SecureWorld, strangersCertificate, withSecureWorld } from '../../helpers/secure-world.js'

// TLS and proxies, as the built program meets them: who is trusted, and what each sees.

const test = suite('transport')
const apply = ['apply', '--yes']
const token = `Bearer ${formatToken('token-1')}`

const stateOf = (world: SecureWorld): LockfileEntry['state'] | undefined => readEntries(world)['one']?.state

/** Nothing may be claimed for what never left. */
function claimed(world: SecureWorld): readonly string[] {
  const folder = join(world.folder, '.callctl')
  return existsSync(folder) ? readdirSync(folder).filter((name) => name.startsWith('one@')) : []
}

const strangers: readonly (readonly [string, Certified, RegExp])[] = [
  ['that vouches for itself', selfSigned({ name: 'graph', hosts: ['127.0.0.1'] }), /self-signed/],
  ['of an authority that nobody knows', strangersCertificate(['127.0.0.1']), /unknown issuer/],
]
for (const [name, certified, said] of strangers) {
  test(`a Graph ${name} is sent nothing`, () =>
    withSecureWorld({ certified }, async (world) => {
      const { code, stdout, stderr } = await world.runProcess(apply)
      assert.is(code, 9, stdout + stderr)
      assert.match((stdout + stderr).replace(/\s+/g, ' '), said)
      assert.equal([world.graph.requests.length, stateOf(world), claimed(world)], [0, undefined, []])
    }))
}

test('a Graph with the certificate of another host is sent nothing', () =>
  withSecureWorld({}, async (world) => {
    const { code, stdout, stderr } = await world.runProcess(apply, {
      CALLCTL_GRAPH_ROOT: world.graph.url.replace('127.0.0.1', 'localhost'),
    })
    assert.is(code, 9, stdout + stderr)
    assert.match((stdout + stderr).replace(/\s+/g, ' '), /for another host/)
    assert.equal([world.graph.requests.length, claimed(world)], [0, []])
  }))

for (const status of [301, 307]) {
  test(`a ${status} of Graph is an unknown outcome: neither call nor token go on`, () =>
    withGraphServer(undefined, (other) =>
      withSecureWorld(
        { onGraph: () => ({ status, headers: { location: `${other.url}/v1.0/communications/calls` } }) },
        async (world) => {
          const { code, stdout, stderr } = await world.runProcess(apply)
          assert.is(code, 10, stdout + stderr)
          assert.is(stateOf(world), 'uncertain')
          assert.equal([world.graph.requests.length, other.connections()], [1, 0])
        },
      ),
    ))
}

const named = (url: string, name: string): string => url.replace('127.0.0.1', name)

/** Graph and sign-in by names that only the proxy can resolve. */
async function throughProxy(
  proxy: ConnectProxy,
  variables: Record<string, string>,
  check: (world: SecureWorld, finished: Awaited<ReturnType<SecureWorld['run']>>) => void | Promise<void>,
): Promise<void> {
  try {
    await withSecureWorld({}, async (world) => {
      const finished = await world.runProcess(apply, {
        CALLCTL_GRAPH_ROOT: named(world.graph.url, 'graph.test'),
        AZURE_AUTHORITY_HOST: named(world.entra.url, 'login.test'),
        ...variables,
      })
      await check(world, finished)
    })
  } finally {
    await proxy.close()
  }
}

const portOf = (url: string): string => new URL(url).port

for (const variable of ['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY']) {
  test(`${variable}: sign-in and Graph through tunnels; the proxy learns names, and its own password`, async () => {
    const proxy = await startConnectProxy()
    await throughProxy(proxy, { [variable]: `http://name:pass%3Aword@${proxy.host}` }, (world, finished) => {
      assert.is(finished.code, 0, finished.stdout + finished.stderr)
      assert.is(stateOf(world), 'placed')
      assert.equal(
        proxy.heads.map((head) => head.split('\r\n')[0]),
        [
          `CONNECT login.test:${portOf(world.entra.url)} HTTP/1.1`,
          `CONNECT graph.test:${portOf(world.graph.url)} HTTP/1.1`,
        ],
      )
      const basic = Buffer.from('name:pass:word').toString('base64')
      for (const head of proxy.heads) assert.match(head, `Proxy-Authorization: Basic ${basic}`)
      assert.not.match(proxy.seen(), /bearer|canary|\/v1\.0\//i)
      assert.is(world.graph.requests[0]?.headers.authorization, token)
      for (const { headers } of [...world.graph.requests, ...world.entra.requests]) {
        assert.is(headers['proxy-authorization'], undefined)
      }
      assert.not.match(finished.stdout + finished.stderr, /pass%3Aword|pass:word/)
      assert.ok(finished.connections.every((line) => line === `here ${proxy.host}`))
    })
  })
}

test('a proxy without a scheme is an http one, as for all other programs', async () => {
  const proxy = await startConnectProxy()
  await throughProxy(proxy, { HTTPS_PROXY: proxy.host }, (_, { code, stderr }) => assert.is(code, 0, stderr))
})

test('a proxy that is itself reached over TLS', () =>
  withSecureWorld({}, async (world) => {
    const proxy = await startConnectProxy(
      world.entra.authority.issue({ name: 'proxy', hosts: ['127.0.0.1'] }),
    )
    const { code, stderr } = await world.runProcess(apply, {
      CALLCTL_GRAPH_ROOT: named(world.graph.url, 'graph.test'),
      HTTPS_PROXY: `https://${proxy.host}`,
    })
    await proxy.close()
    assert.is(code, 0, stderr)
    assert.is(proxy.heads.length, 1)
    assert.is(world.graph.requests[0]?.headers.authorization, token)
  }))

test('NO_PROXY and this machine are reached without the proxy', async () => {
  const proxy = await startConnectProxy()
  const variables = { HTTPS_PROXY: `http://${proxy.host}`, NO_PROXY: 'login.test' }
  await throughProxy(proxy, variables, async (world, finished) => {
    // The name leads nowhere, and the guard of these tests stops it.
    assert.match(finished.connections.join(' '), /AWAY login\.test/)
    assert.equal([finished.code, proxy.heads.length, claimed(world)], [8, 0, []])
    assert.is((await world.runProcess(apply, { HTTPS_PROXY: `http://${proxy.host}` })).code, 0)
    assert.is(proxy.heads.length, 0)
  })
})

const faults: readonly (readonly [string, string, RegExp])[] = [
  ['that wants a password', 'HTTP/1.1 407 Auth\r\nContent-Length: 0\r\n\r\n', /name and password/],
  ['that forbids it', 'HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n', /does not allow/],
  ['that speaks first', 'HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 201 Created\r\n\r\n', /before it is spoken to/],
]
for (const [name, text, said] of faults) {
  test(`a proxy ${name}: not sent, in clear words, without its password`, async () => {
    const proxy = await startConnectProxy(undefined, { text })
    const variables = { HTTPS_PROXY: `http://user:canary@${proxy.host}` }
    await throughProxy(proxy, variables, (world, { code, stdout, stderr }) => {
      assert.is(code, 8, stdout + stderr)
      assert.match((stdout + stderr).replace(/\s+/g, ' '), said)
      assert.match(stdout + stderr, proxy.host)
      assert.not.match(stdout + stderr, 'canary')
      assert.equal([world.entra.connections(), world.graph.connections(), claimed(world)], [0, 0, []])
    })
  })
}

test('a proxy of another kind is refused in words, and so is one that is no URL', () =>
  withSecureWorld({}, async (world) => {
    for (const proxy of ['socks5://user:canary@127.0.0.1:1080', 'http://user:canary@']) {
      const { code, stdout, stderr } = await world.runProcess(apply, {
        AZURE_AUTHORITY_HOST: named(world.entra.url, 'login.test'),
        HTTPS_PROXY: proxy,
      })
      assert.is(code, 8, stdout + stderr)
      assert.match(stdout + stderr, /HTTPS_PROXY/)
      assert.not.match(stdout + stderr, 'canary')
    }
  }))

test.run()
