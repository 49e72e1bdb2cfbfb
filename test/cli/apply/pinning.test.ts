import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { peerCalls } from '../../helpers/callctl-workspace.js'
import { type SecureWorld, withSecureWorld } from '../../helpers/secure-world.js'

// A workspace is what a stranger may have written: none of its files may send a token, or a secret, to another host.

const test = suite('pinning')
const evil = 'https://evil.example'

const settings = (more: string): string => `${peerCalls(['one'])['callctl.yaml']}${more}\n`
const callWith = (more: string): string =>
  `calls:\n  one:\n    uses: p2p-voip\n    with: { userId: 0d5f9a3e-7c41-4b8e-8f26-1a90c7d3e501 }\n${more}`

const entry = (fields: object): string =>
  JSON.stringify({
    lockfileVersion: 1,
    lineage: '0d5f9a3e-7c41-4b8e-8f26-1a90c7d3e502',
    calls: {
      one: {
        state: 'placed',
        callId: 'call-1',
        digest: '0'.repeat(64),
        attempt: 1,
        endpoint: '/v1.0/communications/calls',
        placedAt: '2026-01-01T00:00:00.000Z',
        evidence: 'http-201',
        ...fields,
      },
    },
  })

const files: readonly (readonly [what: string, path: string, text: string])[] = [
  ['a root in the settings', 'callctl.yaml', settings(`graph: { url: "${evil}" }`)],
  ['another name for it', 'callctl.yaml', settings(`graph: { root: "${evil}" }`)],
  ['an authority in the settings', 'callctl.yaml', settings(`authority: "${evil}"`)],
  ['a cloud that is a host', 'callctl.yaml', settings(`graph: { cloud: "${evil}" }`)],
  ['a version that is a host', 'callctl.yaml', settings('graph: { version: "@evil.example" }')],
  ['a tenant that is a path', 'callctl.yaml', settings('tenantId: "@evil.example/x"')],
  ['a tenant that climbs', 'callctl.yaml', settings('tenantId: "..//evil.example"')],
  ['a proxy in the settings', 'callctl.yaml', settings(`proxy: "${evil}"`)],
  [
    'an app that climbs',
    'calls/calls.yaml',
    callWith('    graph: { collection: application, applicationId: "../../@evil.example" }\n'),
  ],
  ['a route in a definition', 'calls/calls.yaml', callWith(`    graph: { url: "${evil}" }\n`)],
  [
    'an id that is a URL',
    'calls/calls.yaml',
    callWith(`    call: { id: "${evil}/calls", "@odata.id": "${evil}" }\n`),
  ],
  [
    'variables of the environment',
    '.env',
    `CALLCTL_GRAPH_ROOT=${evil}\nHTTPS_PROXY=${evil}\nAZURE_AUTHORITY_HOST=${evil}\n`,
  ],
  ['settings of npm', '.npmrc', `https-proxy=${evil}\nproxy=${evil}\n`],
  [
    'an endpoint in the lockfile',
    'calls.lock.json',
    entry({ endpoint: `${evil}/v1.0/communications/calls` }),
  ],
  [
    'an endpoint that leaves out the host',
    'calls.lock.json',
    entry({ endpoint: '//evil.example/v1.0/communications/calls' }),
  ],
  ['a cloud in the lockfile', 'calls.lock.json', entry({ cloud: evil })],
  ['another cloud in the lockfile', 'calls.lock.json', entry({ cloud: 'us-gov' })],
  ['an id in the lockfile that climbs', 'calls.lock.json', entry({ callId: '../../../@evil.example' })],
]

const hostOf = (url: string): string => new URL(url).host

async function triesAll(world: SecureWorld): Promise<void> {
  const allowed = new Set([world.entra.url, world.graph.url].map((url) => `here ${hostOf(url)}`))
  for (const words of [['apply', '--yes'], ['status'], ['hangup', '--all']]) {
    const { connections } = await world.run(words)
    assert.equal(
      connections.filter((line) => !allowed.has(line)),
      [],
      words.join(' '),
    )
  }
}

for (const [what, path, text] of files) {
  test(`${what}: nothing is connected to but what the environment names`, () =>
    withSecureWorld({}, async (world) => {
      world.write(path, text)
      await triesAll(world)
    }))
}

test('the environment alone names another root, and never one that is neither https nor here', () =>
  withSecureWorld({}, async (world) => {
    for (const root of ['http://evil.example', 'https://name:word@evil.example', 'ftp://127.0.0.1']) {
      const { code, connections } = await world.run(['apply', '--yes'], { CALLCTL_GRAPH_ROOT: root })
      assert.equal([code, connections], [3, []], root)
    }
  }))

test.run()
