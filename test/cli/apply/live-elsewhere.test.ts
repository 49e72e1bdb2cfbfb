import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { run } from '../../../src/cli/run.js'
import { peerCalls, withWorkspace } from '../../helpers/callctl-workspace.js'
import { fakeHost } from '../fake-host.js'

// An empty answer must not look like good news.

const test = suite('cli/live elsewhere')

const answers: readonly (readonly string[])[] = [
  ['status'],
  ['status', '--simulator'],
  ['hangup', '--all'],
  ['hangup', '--all', '--simulator'],
  ['audit'],
  ['lock', 'show'],
  ['lock', 'verify'],
  ['lock', 'rebuild'],
]

for (const words of answers) {
  test(`${words.join(' ')} is refused where there is neither workspace nor record`, () =>
    withWorkspace({ 'notes.txt': '' }, async ({ folder }) => {
      for (const more of words[0] === 'lock' && words[1] === 'rebuild' ? [[]] : [[], ['--json']]) {
        const host = fakeHost({ cwd: folder })
        assert.is(await run([...words, ...more], host), 3)
        assert.match(host.written.stderr, /no workspace/)
        if (more.length > 0) assert.match(host.written.stdout, /"exitCode": ?3/)
      }
      assert.not.ok(existsSync(join(folder, 'calls.lock.json')))
    }))
}

const lockfileOf = (states: readonly string[]) => {
  const entry = (state: string, index: number) => ({
    state,
    ...(state !== 'uncertain' && { callId: `2f1a1100-b174-40a0-aba7-0b405e01ed9${index}` }),
    digest: 'a'.repeat(64),
    attempt: `6f0b1c2a-54d3-4c8e-9a71-2f3d5b7e9c1${index}`,
    endpoint: '/v1.0/communications/calls',
    placedAt: '2026-01-01T00:00:00.000Z',
    ...(state === 'ended' && { endedAt: '2026-01-01T00:01:00.000Z' }),
    ...(state !== 'uncertain' && { evidence: 'http-201' }),
    ...(state === 'uncertain' && { reason: 'lost' }),
  })
  const calls = Object.fromEntries(states.map((state, index) => [`c${index}`, entry(state, index)]))
  const lineage = '6f0b1c2a-54d3-4c8e-9a71-2f3d5b7e9c10'
  return `${JSON.stringify({ lockfileVersion: 1, lineage, calls }, null, 2)}\n`
}

const files = {
  ...peerCalls(['a']),
  'callctl.yaml': 'version: 1\nenvironments: { staging: {}, test_e: {} }\n',
  'calls.staging.lock.json': lockfileOf(['placed', 'uncertain', 'ended']),
  'calls.test_e.lock.json': lockfileOf(['placed']),
  'calls.gone.lock.json': lockfileOf(['ended']),
}

for (const words of answers.filter((each) => !each.includes('--simulator') && !each.includes('rebuild'))) {
  test(`${words.join(' ')} names live calls of other environments`, () =>
    withWorkspace(files, async ({ folder }) => {
      const host = fakeHost({ cwd: folder })
      assert.is(await run([...words, '--json'], host), 0)
      assert.match(host.written.stderr, /2 calls are live in the environment staging: `--env staging`/)
      const elsewhere = host.written.stdout
        .split('\n"')
        .flatMap((text) => /"elsewhere": ?(\[[^\]]*\])/.exec(text)?.[1] ?? [])
      assert.equal(
        JSON.parse(elsewhere[0]!),
        [
          { environment: 'staging', live: 2 },
          { environment: 'test_e', live: 1 },
        ].map(({ environment, live }) => ({ live, environment })),
      )
    }))
}

test('with --env, those without it are named; where none are live, nothing is', () =>
  withWorkspace({ ...files, 'calls.lock.json': lockfileOf(['placed']) }, async ({ folder, remove }) => {
    const host = fakeHost({ cwd: folder })
    assert.is(await run(['lock', 'show', '--env', 'test_e'], host), 0)
    assert.match(host.written.stderr, /1 call is live without `--env`/)
    assert.not.match(host.written.stderr, /environment test/)
    for (const path of ['calls.lock.json', 'calls.staging.lock.json']) remove(path)
    const later = fakeHost({ cwd: folder })
    assert.is(await run(['lock', 'show', '--env', 'test_e'], later), 0)
    assert.is(later.written.stderr, '')
  }))

test.run()
