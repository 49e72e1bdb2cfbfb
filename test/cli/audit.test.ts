import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { callctl } from '../helpers/callctl.js'
import { peerCalls, withWorkspace } from '../helpers/callctl-workspace.js'

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

test.run()
