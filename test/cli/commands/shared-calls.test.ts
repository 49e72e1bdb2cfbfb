import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Outcome } from '../../../src/model/record/attempt.js'
import { openAttempts } from '../../../src/record/attempts/attempts.js'
import { peerCalls } from '../../helpers/callctl-workspace.js'
import { claimOf, placed, uncertain } from '../../record/temporary-place.js'
import { type Scene, withScene } from '../apply/plan-world.js'

// Two calls of one id: at most one of them is what it says. Whatever says something of the record says so.

const test = suite('cli/shared calls')

const id = '2f1a1100-b174-40a0-aba7-0b405e01ed90'
const entryOf = (number: number, callId: string, more: object = {}) => ({
  state: 'placed',
  callId,
  digest: 'a'.repeat(64),
  attempt: `6f0b1c2a-54d3-4c8e-9a71-2f3d5b7e9c1${number}`,
  endpoint: '/v1.0/communications/calls',
  placedAt: '2026-01-01T00:00:00.000Z',
  evidence: 'http-201',
  ...more,
})
const lockfileOf = (calls: object): string =>
  `${JSON.stringify({ lockfileVersion: 1, lineage: '6f0b1c2a-54d3-4c8e-9a71-2f3d5b7e9c10', calls }, null, 2)}\n`
const ended = { state: 'ended', endedAt: '2026-01-01T00:01:00.000Z' }

const attempted =
  (outcomes: Readonly<Record<string, Outcome>>) =>
  ({ folder, write }: Scene): void => {
    write('calls.lock.json', lockfileOf({}))
    const attempts = join(folder, '.callctl')
    const lockfile = join(folder, 'calls.lock.json')
    const record = openAttempts({ lockfile, attempts, rescue: join(attempts, 'rescue'), temporary: folder })
    for (const [index, [address, outcome]] of Object.entries(outcomes).entries()) {
      const claim = claimOf(address, 1, index + 1)
      record.claim(claim)
      record.settle(claim, outcome)
    }
  }
const recorded =
  (calls: object) =>
  ({ write }: Scene): void =>
    write('calls.lock.json', lockfileOf(calls))

const records: Readonly<Record<string, (scene: Scene) => void>> = {
  'two entries': recorded({ a: entryOf(1, id), b: entryOf(2, id) }),
  'two spellings': recorded({ a: entryOf(1, id), b: entryOf(2, id.toUpperCase()) }),
  'one has ended': recorded({ a: entryOf(1, id, ended), b: entryOf(2, id) }),
  'an earlier attempt of another': recorded({
    a: entryOf(1, 'call-1', {
      attempts: [{ ...entryOf(3, id, ended), placedAt: '2025-12-01T00:00:00.000Z' }],
    }),
    b: entryOf(2, id),
  }),
  'the attempts alone': attempted({ a: placed(id), b: placed(id) }),
  'one that the definitions no longer have': recorded({ a: entryOf(1, id), gone: entryOf(2, id) }),
}

for (const [what, record] of Object.entries(records)) {
  for (const [words, key] of [
    [['status', '--json'], 'sharedCalls'],
    [['audit', '--json'], 'sharedCalls'],
    [['doctor', '--json'], 'checks'],
    [['lock', 'verify', '--json'], 'findings'],
  ] as const) {
    test(`${what}: ${words[0]} says so, exit 7`, () =>
      withScene(peerCalls(['a', 'b']), async (scene) => {
        record(scene)
        const { code, stdout, stderr } = await scene.run(...words)
        const document = JSON.parse(stdout) as Record<string, unknown>
        assert.match(JSON.stringify(document[key]).toLowerCase(), id, stderr)
        assert.is(code, 7, stdout)
      }))
  }

  test(`${what}: plan warns`, () =>
    withScene(peerCalls(['a', 'b']), async (scene) => {
      record(scene)
      const { stdout, stderr } = await scene.run('plan', '--json')
      assert.ok('sharedCalls' in JSON.parse(stdout))
      assert.match(stderr.toLowerCase(), id)
    }))
}

test('an answer that named another’s call is found by status and doctor as long as it is unsettled', () =>
  withScene(peerCalls(['a', 'b']), async (scene) => {
    attempted({ a: placed(id), b: { ...uncertain, named: [id], sharedWith: 'a' } })(scene)
    const status = await scene.run('status', '--json')
    assert.is(status.code, 10)
    assert.match(JSON.stringify(JSON.parse(status.stdout).sharedCalls), id)
    const doctor = await scene.run('doctor', '--json')
    assert.match(doctor.stdout, id)
    assert.is(doctor.code, 10)
    const audit = await scene.run('audit', '--json')
    assert.is(audit.code, 10)
    assert.match(audit.stdout, id)
  }))

test('two calls with ids of their own are no finding', () =>
  withScene(peerCalls(['a', 'b']), async (scene) => {
    attempted({ a: placed(id), b: placed('call-2') })(scene)
    assert.not('sharedCalls' in JSON.parse((await scene.run('status', '--json')).stdout))
    assert.equal(JSON.parse((await scene.run('audit', '--json')).stdout).sharedCalls, [])
    assert.is((await scene.run('lock', 'rebuild')).code, 0)
    assert.is((await scene.run('lock', 'verify')).code, 0)
  }))

test.run()
