import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { userOf } from '../../helpers/callctl-workspace.js'
import { type Run, withPlaced } from './operators.js'

// Which calls `status` and `hangup` are about.

const test = suite('choose-calls')

async function addressesOf(run: Run, ...words: readonly string[]) {
  const { code, stdout, stderr } = await run('status', ...words, '--json')
  if (code === 3) throw new Error(stderr)
  const { calls } = JSON.parse(stdout) as { calls: readonly { address: string }[] }
  return { code, addresses: calls.map(({ address }) => address) }
}

const choices: readonly (readonly [readonly string[], number, readonly string[]])[] = [
  [['--only', 'page-*'], 10, ['page-1', 'page-2', 'page-3', 'page-10']],
  [['--only', 'PAGE-1*'], 10, ['page-1', 'page-10']],
  [['--except', 'page-*'], 0, ['bridge']],
  [['--state', 'unknown'], 10, ['page-2', 'page-10']],
  [['--state', 'uncertain', '--except', 'page-2'], 10, ['page-10']],
  [['--state', 'live'], 0, ['bridge', 'page-1', 'page-3']],
  [['--state', 'placed', '--only', 'page-*'], 0, ['page-1', 'page-3']],
  [['--state', 'failed', '--state', 'ended'], 0, []],
]
test('status shows what matches, with the exit code of that', () =>
  withPlaced(async ({ run }) => {
    for (const [words, code, addresses] of choices)
      assert.equal(await addressesOf(run, ...words), { code, addresses }, words.join(' '))
  }))

test('a call that has ended is live no longer, whatever the record says', () =>
  withPlaced(
    async ({ run }) => {
      assert.equal((await addressesOf(run, '--state', 'live')).addresses, [])
      assert.equal((await addressesOf(run, '--state', 'ended')).addresses, ['bridge', 'page-1', 'page-3'])
    },
    () => ({ status: 404 }),
  ))

test('a call that Graph cannot be asked about may be live', () =>
  withPlaced(
    async ({ run }) => assert.is((await addressesOf(run, '--state', 'live', '--only', 'bridge')).code, 9),
    () => ({ status: 403, body: '{"error":{"code":"7504","message":"no"}}' }),
  ))

test('unknown ones are listed without asking Graph', () =>
  withPlaced(async ({ server, run }) => {
    const before = server.requests.length
    await run('status', '--state', 'unknown')
    assert.is(server.requests.length, before)
  }))

for (const words of [
  ['--only', 'pige-*'],
  ['--except', 'nobody'],
  ['--state', 'lost'],
  ['--state', 'liv'],
  ['--every', '5s'],
])
  test(`status refuses ${words.join(' ')}`, () =>
    withPlaced(async ({ run }) => assert.is((await run('status', ...words)).code, 3)))

test('whom an unknown one rings stands beside it, by id', () =>
  withPlaced(async ({ run }) => {
    const { stdout } = await run('status', '--only', 'page-2')
    assert.match(stdout, userOf('page-2'))
    assert.not.match(stdout, 'definition of now')
  }))

test('a definition that is not what was sent is told as such', () =>
  withPlaced(async ({ workspace, run }) => {
    const path = 'calls/calls.yaml'
    workspace.write(path, workspace.read(path).replace(userOf('page-2'), userOf('other')))
    const { stdout } = await run('status', '--state', 'unknown')
    assert.match(stdout, 'definition of now')
    assert.match(stdout, userOf('other'))
    assert.match(stdout, userOf('page-10'))
  }))

for (const [what, text] of [
  ['that are broken', 'calls: ['],
  ['that are gone', 'calls: {}'],
] as const)
  test(`definitions ${what} keep nobody from the status`, () =>
    withPlaced(async ({ workspace, run }) => {
      workspace.write('calls/calls.yaml', text)
      const { code, stdout } = await run('status', '--state', 'unknown')
      assert.is(code, 10)
      assert.match(stdout, 'callctl resolve page-2 --not-placed')
    }))

test('programs get counts of whom it rings, and no ids', () =>
  withPlaced(async ({ run }) => {
    const { stdout } = await run('status', '--only', 'page-2', '--json')
    const { calls } = JSON.parse(stdout) as { calls: readonly { rings: object }[] }
    assert.equal(calls[0]?.rings, { kind: 'peer-to-peer', people: 1, numbers: 0, isAsSent: true })
    assert.not.match(stdout, userOf('page-2'))
  }))

const hangUps: readonly (readonly [readonly string[], readonly string[]])[] = [
  [
    ['--only', 'page-*'],
    ['call-2', 'call-4'],
  ],
  [['--only', 'page-*', '--except', 'page-1'], ['call-4']],
  [['--except', 'page-*'], ['call-1']],
  [
    ['--all', '--except', 'bridge'],
    ['call-2', 'call-4'],
  ],
]
for (const [words, ids] of hangUps)
  test(`hangup ${words.join(' ')} ends just these`, () =>
    withPlaced(
      async ({ server, run }) => {
        await run('hangup', ...words)
        const ended = server.requests.filter(({ method }) => method === 'DELETE')
        assert.equal(ended.map(({ path }) => path.split('/').at(-1)).sort(), [...ids])
      },
      () => ({ status: 204 }),
    ))

for (const words of [
  ['--only', 'pige-*'],
  ['bridge', '--only', 'page-*'],
  ['bridge', '--except', 'page-1'],
  [],
])
  test(`hangup refuses ${words.join(' ') || 'nothing'}, and ends nothing`, () =>
    withPlaced(async ({ server, run }) => {
      const before = server.requests.length
      assert.is((await run('hangup', ...words)).code, 3)
      assert.is(server.requests.length, before)
    }))

test.run()
