import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { run } from '../../../src/cli/run.js'
import type { Recorded, Reply } from '../../helpers/graph-server.js'
import { type FakeHost, fakeHost } from '../fake-host.js'
import { type Placed, withPlaced } from './operators.js'

const test = suite('watch-status')

const stateOf = (state: string): Reply => ({ status: 200, body: JSON.stringify({ state }) })

/** A host whose waits end at once, and tell when they begin. */
function hostFor(
  { workspace, environment }: Placed,
  onWait: (count: number, host: FakeHost) => void,
  isTerminal = false,
) {
  let waits = 0
  const host: FakeHost = fakeHost(
    {
      cwd: workspace.folder,
      environment,
      async wait() {
        waits += 1
        onWait(waits, host)
      },
    },
    isTerminal,
  )
  return host
}

test('it looks until all have ended, and says something only where anything has changed', () => {
  let looks = 0
  const answer = ({ path }: Recorded): Reply => {
    if (path.endsWith('call-1')) looks += 1
    return looks < 3 ? stateOf('established') : stateOf('terminated')
  }
  return withPlaced(async (placed) => {
    const host = hostFor(placed, () => {})
    assert.is(await run(['status', '--watch', '--only', 'bridge'], host), 0, host.written.stderr)
    assert.is(looks, 3)
    assert.is(host.written.stdout.match(/^bridge/gm)?.length, 2)
    assert.is(host.written.stdout.match(/established/g)?.length, 1)
  }, answer)
})

test('Ctrl-C while it waits ends it with the code of what it showed', () =>
  withPlaced(
    async (placed) => {
      const host = hostFor(placed, (count, { interrupt }) => (count === 2 ? interrupt() : undefined))
      assert.is(await run(['status', '--watch', '--only', 'bridge'], host), 0)
      const other = hostFor(placed, (count, { interrupt }) => (count === 2 ? interrupt() : undefined))
      assert.is(await run(['status', '--watch'], other), 10)
    },
    () => stateOf('established'),
  ))

test('unknown ones alone are shown once: nobody can see them change', () =>
  withPlaced(async (placed) => {
    const host = hostFor(placed, () => assert.unreachable('it waits'))
    assert.is(await run(['status', '--watch', '--state', 'unknown'], host), 10)
    assert.is(host.written.stdout.match(/^page-2 /gm)?.length, 1)
  }))

test('on a terminal each look is drawn in place', () =>
  withPlaced(
    async (placed) => {
      const host = hostFor(placed, (count, { interrupt }) => (count === 3 ? interrupt() : undefined), true)
      await run(['status', '--watch', '--every', '30s', '--only', 'bridge'], host)
      assert.is(host.written.stdout.split('\u001b[H\u001b[2J').length, 4)
      assert.match(host.written.stdout, 'every 30 s')
    },
    () => stateOf('established'),
  ))

for (const words of [['--json'], ['--refresh'], ['--every', 'often']])
  test(`refused with ${words.join(' ')}`, () =>
    withPlaced(async (placed) => {
      const host = hostFor(placed, () => {})
      assert.is(await run(['status', '--watch', ...words], host), 3)
    }))

test.run()
