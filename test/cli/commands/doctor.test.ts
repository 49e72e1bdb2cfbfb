import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Check } from '../../../src/model/doctor.js'
import { callctl, type Finished } from '../../helpers/callctl.js'
import { runSimulator } from '../../helpers/callctl-simulator.js'
import { peerCalls, withWorkspace } from '../../helpers/callctl-workspace.js'
import { formatToken, granted, refused } from '../../helpers/entra.js'
import type { Reply } from '../../helpers/graph-server.js'
import { type SecureWorld, strangersCertificate, withSecureWorld } from '../../helpers/secure-world.js'

// The built program against servers on this machine: what it says, with which exit code, and what it asks for.

const test = suite('doctor')

const unauthorized: Reply = { status: 401, body: '{}' }
type Found = Readonly<Record<string, Check>>

const read = ({ stdout }: Finished): Found => {
  const { checks } = JSON.parse(stdout) as { checks: readonly Check[] }
  return Object.fromEntries(checks.map((check) => [check.name, check]))
}
const run = async (world: SecureWorld, environment: Record<string, string | undefined> = {}) => {
  const finished = await world.run(['doctor', '--json'], environment)
  return { code: finished.code, found: read(finished), stderr: finished.stderr }
}

test('where all is well, one GET without a token goes to Graph, and one POST to sign in', () =>
  withSecureWorld({ onGraph: () => unauthorized }, async (world) => {
    const { code, found, stderr } = await run(world)
    assert.is(code, 0, JSON.stringify(found))
    assert.is(stderr, '')
    assert.equal(
      world.graph.requests.map(({ method, path, headers }) => [method, path, headers.authorization]),
      [['GET', '/v1.0/', undefined]],
    )
    assert.is(world.entra.requests.length, 1)
    const states = ['graph', 'clock', 'tenant', 'roles', 'record', 'definitions']
    assert.equal(
      states.map((name) => found[name]?.state),
      states.map(() => 'ok'),
    )
    assert.is(found['sign-in']?.state, 'warning', 'a secret is used')
    assert.not.ok(existsSync(join(world.folder, '.callctl')))
  }))

test('a missing role is exit 8, and says who needs it and what to consent to', () => {
  const token = formatToken('few', { roles: ['Calls.AccessMedia.All'] })
  return withSecureWorld({ onGraph: () => unauthorized, onSignIn: () => granted(token) }, async (world) => {
    const { code, found } = await run(world)
    assert.is(code, 8)
    assert.equal(found['roles']?.details, [
      {
        name: 'missing',
        value: 'Calls.Initiate.All (284383ee-7f6e-4e40-a2a8-e85dcb029101)',
        origin: 'one',
      },
      { name: 'not needed', value: 'Calls.AccessMedia.All' },
    ])
  })
})

test('a refused sign-in is exit 8; the other checks go on', () =>
  withSecureWorld({ onGraph: () => unauthorized, onSignIn: () => refused(7000215) }, async (world) => {
    const { code, found } = await run(world)
    assert.is(code, 8)
    assert.is(found['sign-in']?.state, 'error')
    assert.is(found['roles']?.state, 'skipped')
    assert.is(found['graph']?.state, 'ok')
  }))

test('no credentials are exit 8', () =>
  withSecureWorld({ onGraph: () => unauthorized }, async (world) => {
    const { code, found } = await run(world, { AZURE_CLIENT_SECRET: undefined })
    assert.is(code, 8)
    assert.match(found['sign-in']?.message ?? '', 'no credentials')
    assert.is(world.entra.requests.length, 0)
  }))

test('a Graph that nobody vouches for is exit 9', () => {
  const certified = strangersCertificate(['127.0.0.1'])
  return withSecureWorld({ certified }, async (world) => {
    const { code, found } = await run(world)
    assert.is(code, 9)
    assert.is(found['graph']?.state, 'error')
    assert.is(world.graph.requests.length, 0)
  })
})

const clocks: readonly (readonly [seconds: number, state: string, code: number])[] = [
  [0, 'ok', 0],
  [-200, 'warning', 0],
  [4000, 'error', 8],
]
for (const [seconds, state, expected] of clocks) {
  test(`a server whose clock is ${seconds} s ahead: ${state}`, () => {
    const reply = (): Reply => ({
      ...unauthorized,
      headers: { date: new Date(Date.now() + seconds * 1000).toUTCString() },
    })
    return withSecureWorld({ onGraph: reply }, async (world) => {
      const { code, found } = await run(world)
      assert.equal([code, found['clock']?.state], [expected, state])
    })
  })
}

test('unchecked certificates, a bad root and an unknown environment are exit 3', () =>
  withSecureWorld({ onGraph: () => unauthorized }, async (world) => {
    const unchecked = await run(world, { NODE_TLS_REJECT_UNAUTHORIZED: '0' })
    assert.equal([unchecked.code, unchecked.found['transport']?.state], [3, 'error'])
    const bad = await run(world, { CALLCTL_GRAPH_ROOT: 'ftp://x' })
    assert.equal([bad.code, bad.found['graph']?.state], [3, 'error'])
    assert.is((await world.run(['doctor', '--env', 'nowhere'])).code, 3)
    assert.is(world.graph.requests.length, 0)
  }))

test('errors of the definitions are exit 4, none at all exit 3', () =>
  withWorkspace({ ...peerCalls(['one']), 'calls/bad.yaml': 'calls: { a: {} }\n' }, async (workspace) => {
    const doctor = () => callctl(['doctor', '--simulator', '--json'], { cwd: workspace.folder })
    const broken = await doctor()
    assert.equal([broken.code, read(broken)['definitions']?.state], [4, 'error'])
    workspace.remove('calls')
    const empty = await doctor()
    assert.equal([empty.code, read(empty)['definitions']?.state], [3, 'error'])
  }))

test('a damaged lockfile is exit 7; with the simulator all that is about tenants is skipped', () =>
  withWorkspace(
    { ...peerCalls(['one']), '.callctl/simulator.lock.json': '<<<<<<< ours\n' },
    async (workspace) => {
      const finished = await callctl(['doctor', '--simulator', '--json'], { cwd: workspace.folder })
      const found = read(finished)
      assert.is(finished.code, 7)
      assert.is(found['record']?.state, 'error')
      assert.equal(
        ['sign-in', 'tenant', 'roles', 'git'].map((name) => found[name]?.state),
        ['skipped', 'skipped', 'skipped', 'skipped'],
      )
      assert.ok(finished.connections.every((line) => !line.startsWith('AWAY')))
    },
  ))

test('a simulator that runs elsewhere is asked', () =>
  withWorkspace(peerCalls(['one']), async (workspace) => {
    const doctor = (url: string) =>
      callctl(['doctor', '--simulator', url, '--json'], { cwd: workspace.folder })
    let last = ''
    await runSimulator('seed=1', workspace, async ({ url }) => {
      last = url
      const finished = await doctor(url)
      assert.equal([finished.code, read(finished)['graph']?.state], [0, 'ok'], finished.stdout)
    })
    const gone = await doctor(last)
    assert.equal([gone.code, read(gone)['graph']?.state], [9, 'error'])
  }))

test('git is told what it lacks, and nothing once it has it', () =>
  withWorkspace(peerCalls(['one']), async ({ folder, write }) => {
    const git = (...words: readonly string[]) => execFileSync('git', words, { cwd: folder, stdio: 'pipe' })
    const doctor = async () =>
      read(await callctl(['doctor', '--simulator', '--json'], { cwd: folder }))['git']
    git('init', '--quiet')
    assert.is((await doctor())?.state, 'warning')
    write('.gitignore', '.callctl/\n')
    write('.gitattributes', 'calls*.lock.json merge=callctl\n')
    git('config', 'merge.callctl.driver', 'callctl lock merge %O %A %B %P')
    assert.is((await doctor())?.state, 'ok')
  }))

test('callback URLs are asked only when told to, by HEAD without a token', () =>
  withSecureWorld({ onGraph: () => unauthorized }, async (world) => {
    const settings = `version: 1\ndefaults: { callbackUri: "${world.graph.url}/cb?secret=canary" }\nlints: { lint/callback-uri: off }\n`
    world.write('callctl.yaml', settings)
    const quiet = await run(world)
    assert.is(quiet.found['callbacks']?.state, 'warning', 'Graph cannot reach this machine')
    assert.is(world.graph.requests.length, 1)
    const { stdout } = await world.run(['doctor', '--json', '--check-callbacks'])
    const [, , head] = world.graph.requests
    assert.equal(
      [head?.method, head?.path, head?.headers.authorization],
      ['HEAD', '/cb?secret=canary', undefined],
    )
    assert.not.match(stdout, 'canary')
  }))

test('the text fits 80 columns', () =>
  withWorkspace(peerCalls(['one']), async ({ folder }) => {
    const environment = { CALLCTL_GRAPH_ROOT: 'http://127.0.0.1:1', AZURE_TENANT_ID: 'contoso.com' }
    const { code, stdout } = await callctl(['doctor'], { cwd: folder, environment })
    assert.is(code, 9)
    for (const line of stdout.split('\n')) assert.ok([...line].length <= 80, line)
    assert.match(stdout, /^error {4}graph {8}Cannot connect to 127\.0\.0\.1:1/m)
    assert.match(stdout, /^13 checks: 1 error, /m)
  }))

test.run()
