import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { callctl, type Finished } from '../../helpers/callctl.js'
import { type SimulatorProcess, withSimulator } from '../../helpers/callctl-simulator.js'
import { peerCalls, readEntries, type Workspace, withWorkspace } from '../../helpers/callctl-workspace.js'
import { created, withGraphServer } from '../../helpers/graph-server.js'
import { holdHistory } from '../../helpers/history.js'

// What each answer of Graph comes to, from the answer to the lockfile, against a simulator with faults.

const test = suite('answers')
const lockfile = '.callctl/simulator.lock.json'

const apply = ({ folder }: Workspace, { url }: SimulatorProcess): Promise<Finished> =>
  callctl(['apply', '--yes', '--simulator', url], { cwd: folder })

async function applied(
  names: readonly string[],
  faults: string,
  check: (
    finished: Finished,
    context: { workspace: Workspace; simulator: SimulatorProcess },
  ) => Promise<void> | void,
): Promise<void> {
  await withWorkspace(peerCalls(names), (workspace) =>
    withSimulator(faults, async (simulator) => {
      await check(await apply(workspace, simulator), { workspace, simulator })
      holdHistory(workspace.folder, simulator.log())
    }),
  )
}

test('a refusal exits 9, says why, and is tried again by the next run', () =>
  applied(['one', 'two'], 'refuse=1x', async (finished, { workspace, simulator }) => {
    assert.is(finished.code, 9)
    assert.match(finished.stdout, 'refused   one: 403 7503: Application is not registered in our store.')
    assert.match(finished.stdout, /placed {4}two/)
    assert.is(readEntries(workspace, lockfile)['one']?.state, 'failed')
    assert.is(readEntries(workspace, lockfile)['two']?.state, 'placed')
    assert.is((await apply(workspace, simulator)).code, 0)
    assert.is(simulator.created().length, 2)
  }))

const unknowns = [
  ['lost-answer', true],
  ['server-error', true],
  ['no-id', true],
  ['reset', false],
  ['unavailable', false],
  ['throttle-no-hint', false],
  ['redirect', false],
] as const

test('whatever leaves the outcome unknown exits 10 and is never sent again', () => {
  const names = unknowns.flatMap(([fault], index) => [`${index}-${fault}`, `${index}-z-fine`])
  const faults = unknowns.map(([fault]) => `${fault}=1x,none=1x`).join(',')
  return applied(names, faults, async (finished, { workspace, simulator }) => {
    assert.is(finished.code, 10)
    const entries = readEntries(workspace, lockfile)
    for (const [index, [fault]] of unknowns.entries()) {
      assert.is(entries[`${index}-${fault}`]?.state, 'uncertain', fault)
      assert.is(entries[`${index}-z-fine`]?.state, 'placed', fault)
    }
    const ringing = unknowns.filter(([, rang]) => rang).length + unknowns.length
    assert.is(simulator.created().length, ringing)
    const requests = simulator.log().length
    const again = await apply(workspace, simulator)
    assert.is(again.code, 10)
    assert.equal(again.connections, [])
    assert.is(simulator.log().length, requests)
    assert.match(again.stdout, 'Outcome unknown: a person must look (7)')
    const { code } = await callctl(['status', '--simulator', simulator.url], { cwd: workspace.folder })
    assert.is(code, 10)
  })
})

test('a throttle with a hint, and a token that has run out, are tried again as new attempts', () =>
  applied(['one', 'two'], 'throttle=1x,none=1x,unauthorized=1x', (finished, { workspace, simulator }) => {
    assert.is(finished.code, 0, finished.stdout)
    const states = Object.values(readEntries(workspace, lockfile)).map(({ state }) => state)
    assert.equal(states, ['placed', 'placed'])
    assert.equal(
      simulator.log().map(({ status }) => status),
      [429, 201, 401, 201],
    )
    const ids = simulator.log().map(({ clientRequestId }) => clientRequestId)
    assert.is(new Set(ids).size, 4)
  }))

test('an id that only Location has, before a body that is cut or no JSON, is recorded', () =>
  applied(['one', 'two'], 'bad-json=1x,cut-answer=1x', (finished, { workspace, simulator }) => {
    assert.is(finished.code, 0, finished.stdout)
    const ids = Object.values(readEntries(workspace, lockfile)).map(({ callId }) => callId)
    assert.equal(
      ids,
      simulator.created().map(({ callId }) => callId),
    )
  }))

test('three unknown outcomes in a row stop the run', () =>
  applied(['a', 'b', 'c', 'd', 'e'], 'lost-answer=5x', (finished, { workspace, simulator }) => {
    assert.is(finished.code, 10)
    assert.is(simulator.log().length, 3)
    assert.equal(Object.keys(readEntries(workspace, lockfile)), ['a', 'b', 'c'])
    assert.match(finished.stdout, '5 calls: 3 unknown, 2 skipped.')
  }))

test('a refusal that names a call is a contradiction, and is never sent again', () => {
  const error = '"error":{"code":"x","message":"no"}'
  const calls = 'https://graph.microsoft.com/v1.0/communications/calls'
  const replies = [
    { status: 401, body: `{${error},"id":"call-11"}` },
    created('call-12'),
    { status: 400, headers: { location: `${calls}/call-13` }, body: `{${error}}` },
    created('call-14'),
    { status: 429, headers: { 'retry-after': '1' }, body: `{${error},"value":{"callId":"call-15"}}` },
  ]
  const names = ['a', 'b', 'c', 'd', 'e']
  let count = 0
  return withWorkspace(peerCalls(names), (workspace) =>
    withGraphServer(
      () => replies[count++]!,
      async ({ url, requests }) => {
        const environment = { CALLCTL_GRAPH_ROOT: url }
        const words = ['apply', '--yes', '--concurrency', '1']
        assert.is((await callctl(words, { cwd: workspace.folder, environment })).code, 10)
        const entries = readEntries(workspace)
        assert.equal(
          names.map((name) => entries[name]?.state),
          ['uncertain', 'placed', 'uncertain', 'placed', 'uncertain'],
        )
        assert.is((await callctl(words, { cwd: workspace.folder, environment })).code, 10)
        assert.is(requests.length, 5)
      },
    ),
  )
})

/** Joins a meeting with a passcode that the environment alone has. */
const secretCalls = (names: readonly string[]): Readonly<Record<string, string>> => ({
  'callctl.yaml': `env: [{ name: PASS, secret: true }]
defaults:
  callbackUri: https://bot.contoso.com/cb
  mediaConfig: { "@odata.type": "#microsoft.graph.serviceHostedMediaConfig" }
`,
  'templates/join.yaml': `variables: { code: { type: string, secret: true } }
call: { tenantId: t, meetingInfo: { "@odata.type": "#microsoft.graph.joinMeetingIdMeetingInfo", joinMeetingId: "1", passcode: "{{code}}" } }
`,
  'calls/calls.yaml': JSON.stringify({
    calls: Object.fromEntries(names.map((name) => [name, { uses: 'join', with: { code: '{{env.PASS}}' } }])),
  }),
})

test('no spelling of a secret that an answer repeats gets into an output or a file', () => {
  const secret = 'canary+of/the=workspace'
  const escaped = [...secret].map((each) => `\\u00${each.charCodeAt(0).toString(16)}`).join('')
  const spellings = [
    secret,
    escaped,
    encodeURIComponent(secret),
    JSON.stringify(escaped).slice(1, -1),
    Buffer.from(`x${secret}`).toString('base64'),
  ]
  const bodies = spellings.flatMap((text) => [
    { status: 400, body: `{"error":{"code":"x","message":"you sent ${text}"}}` },
    { status: 201, body: `{"state":"establishing","subject":"${text}"}` },
    created(`call-${spellings.indexOf(text)}`),
  ])
  const names = bodies.map((_, index) => `c${String(index).padStart(2, '0')}`)
  let count = 0
  return withWorkspace(secretCalls(names), (workspace) =>
    withGraphServer(
      () => bodies[count++]!,
      async ({ url, requests }) => {
        const environment = { CALLCTL_GRAPH_ROOT: url, PASS: secret }
        const { code, stdout, stderr } = await callctl(['apply', '--yes', '--json', '--concurrency', '1'], {
          cwd: workspace.folder,
          environment,
        })
        assert.is(code, 10, stderr)
        assert.match(requests[0]!.body, secret)
        const files = readdirSync(workspace.folder, { recursive: true, encoding: 'utf8' })
          .map((path) => join(workspace.folder, path))
          .filter((path) => statSync(path).isFile())
        const all = [stdout, stderr, ...files.map((path) => readFileSync(path, 'utf8'))]
        assert.ok(files.length > names.length)
        for (const text of all) {
          for (const spelling of spellings) assert.is(text.includes(spelling), false, spelling)
        }
      },
    ),
  )
})

test.run()
