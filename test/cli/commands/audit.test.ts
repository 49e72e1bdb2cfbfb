import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { callctl } from '../../helpers/callctl.js'
import { peerCalls, withWorkspace } from '../../helpers/callctl-workspace.js'
import { created, withGraphServer } from '../../helpers/graph-server.js'

const test = suite('audit')

const entry = (id: number, properties: object = {}): object => ({
  state: 'placed',
  callId: `call-${id}`,
  digest: 'ab'.repeat(32),
  attempt: `00000000-0000-4000-8000-00000000000${id}`,
  endpoint: '/v1.0/communications/calls',
  placedAt: `2025-01-0${id}T00:00:00Z`,
  evidence: 'http-201',
  ...properties,
})

const lockfileOf = (calls: object): string =>
  JSON.stringify({ lockfileVersion: 1, lineage: '00000000-0000-4000-8000-00000000000a', calls })

const audit = async (calls: object, ...words: readonly string[]) => {
  let finished: Awaited<ReturnType<typeof callctl>> | undefined
  const files = { ...peerCalls(['a']), 'calls.lock.json': lockfileOf(calls) }
  await withWorkspace(files, async ({ folder }) => {
    finished = await callctl(['audit', ...words], { cwd: folder })
  })
  return finished!
}

test('one ring an address is as it should be', async () => {
  const { code, stdout } = await audit({ a: entry(1), b: entry(2, { state: 'ended' }) })
  assert.is(code, 0)
  assert.match(stdout, '2 addresses, 2 attempts. No address was rung twice without leave.')
})

test('two rings of one address without leave are said plainly', async () => {
  const { code, stdout } = await audit({ a: entry(2, { attempts: [entry(1)] }), b: entry(3) })
  assert.is(code, 7)
  assert.match(stdout, 'a  RANG TWICE')
  assert.match(stdout, 'Rung twice without leave: a.')
  assert.match(stdout, 'call-1')
})

test('a redial with leave is none', async () => {
  const { code, stdout } = await audit({ a: entry(2, { redial: true, attempts: [entry(1)] }) })
  assert.is(code, 0, stdout)
  assert.match(stdout, 'with leave')
})

test('lists what is unknown', async () => {
  const { callId: _, ...uncertain } = entry(1, { state: 'uncertain' }) as Record<string, unknown>
  const { code, stdout } = await audit({ a: uncertain })
  assert.is(code, 10)
  assert.match(stdout, 'Outcome unknown: a.')
})

test('--json has the same', async () => {
  const { code, stdout } = await audit({ a: entry(2, { attempts: [entry(1)] }) }, '--json')
  assert.is(code, 7)
  const document = JSON.parse(stdout)
  assert.equal(document.rangTwice, ['a'])
  assert.equal(document.uncertain, [])
  assert.equal(
    document.addresses[0].attempts.map(({ callId }: { callId: string }) => callId),
    ['call-1', 'call-2'],
  )
})

test('one id of two calls is said by audit, with both addresses', async () => {
  const { code, stdout } = await audit({ a: entry(1), b: { ...entry(2), callId: 'call-1' } })
  assert.is(code, 7)
  assert.match(stdout, 'call-1, stands for 2 attempts: a, b')
})

test('what an answer says is kept where no id could be read, and is shown before a ruling', () =>
  withWorkspace(peerCalls(['a', 'b', 'c']), ({ folder }) => {
    const replies = [
      {
        status: 201,
        headers: { 'request-id': 'r-1' },
        body: '{"value":{"id":"call-7","state":"establishing"}}',
      },
      created('call-8'),
      created('call-8'),
    ]
    let count = 0
    return withGraphServer(
      () => replies[count++]!,
      async ({ url }) => {
        const run = (...words: readonly string[]) =>
          callctl(words, { cwd: folder, environment: { CALLCTL_GRAPH_ROOT: url } })
        const applied = await run('apply', '--yes', '--concurrency', '1')
        assert.is(applied.code, 10)
        assert.match(applied.stdout, 'callctl resolve a --placed call-7')
        const shown = await run('audit', '--evidence', 'a', '--json')
        assert.is(shown.code, 10)
        const [attempt] = (JSON.parse(shown.stdout) as { attempts: Record<string, unknown>[] }).attempts
        assert.equal(
          [attempt?.['status'], attempt?.['requestId'], attempt?.['named']],
          [201, 'r-1', ['call-7']],
        )
        assert.match(String(attempt?.['raw']), '"state":"establishing"')
        const refused = await run('resolve', 'a')
        assert.is(refused.code, 3)
        assert.match(refused.stderr, 'callctl resolve a --placed call-7')
        // The second call with one id: neither placed, nor silent.
        for (const words of [['plan'], ['audit'], ['lock', 'verify'], ['audit', '--evidence', 'c']]) {
          const { code, stdout, stderr } = await run(...words)
          assert.ok(code === 10 || words[0] === 'lock', words.join(' '))
          assert.match(
            stdout + stderr,
            /\bb\b.* has already|the call of b|which is +b|attempts: b, c/,
            words.join(' '),
          )
        }
        assert.is((await run('resolve', 'c', '--placed', 'call-8')).code, 5)
      },
    )
  }))

test.run()
