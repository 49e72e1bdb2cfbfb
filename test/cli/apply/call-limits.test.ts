import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { callctl } from '../../helpers/callctl.js'
import { parseLines, withSimulator } from '../../helpers/callctl-simulator.js'
import { peerCalls, readEntries, type Workspace, withWorkspace } from '../../helpers/callctl-workspace.js'

// Limits on calls, and what is told of refusals, through the built bundle.

const test = suite('call limits')

function limit({ read, write }: Workspace, limits: string): void {
  write(
    'callctl.yaml',
    read('callctl.yaml').replace(/^limits: .*$/m, `limits: { concurrency: 1, ${limits} }`),
  )
}

test('an outcome that is unknown counts as live, and as placed', () =>
  withWorkspace(peerCalls(['one']), (workspace) =>
    withSimulator('lost-answer=1x', async ({ url, log }) => {
      const { folder } = workspace
      const run = (...words: string[]) => callctl([...words, '--simulator', url], { cwd: folder })
      assert.is((await run('apply', '--yes')).code, 10)
      workspace.write('calls/calls.yaml', peerCalls(['one', 'two'])['calls/calls.yaml']!)
      for (const limits of ['concurrentCalls: 1', 'callsPerMonth: 1']) {
        limit(workspace, limits)
        const finished = await run('apply', '--yes', '--json')
        assert.is(finished.code, 10)
        assert.equal(finished.connections, [])
        const [plan] = parseLines<{ changes: { address: string; action: string; code?: string }[] }>(
          finished.stdout,
        )
        assert.equal(
          plan?.changes.map(({ address, action }) => `${address} ${action}`),
          ['one uncertain', 'two blocked'],
        )
      }
      assert.is(log().length, 1)
    }),
  ))

test('a saved plan is held against the limits of now', () =>
  withWorkspace(peerCalls(['one', 'two']), async (workspace) => {
    const run = (...words: string[]) => callctl([...words, '--simulator'], { cwd: workspace.folder })
    assert.is((await run('plan', '--out', 'plan.json')).code, 0)
    limit(workspace, 'concurrentCalls: 1')
    const finished = await run('apply', 'plan.json', '--yes')
    assert.is(finished.code, 5)
    assert.match(finished.stdout, 'limits.concurrentCalls is 1')
    assert.equal(readEntries(workspace, '.callctl/simulator.lock.json'), {})
    limit(workspace, 'concurrentCalls: 2')
    assert.is((await run('apply', 'plan.json', '--yes')).code, 0)
  }))

interface Event {
  readonly event: string
  readonly result: {
    readonly kind: string
    readonly ticket?: { readonly clientRequestId: string; readonly requestId: string }
  }
  readonly explanation?: { readonly code: string }
}

test('a refusal is explained beside Graph’s words, with a ticket that names nobody', () =>
  withWorkspace(peerCalls(['one', 'two']), ({ folder }) =>
    withSimulator('refuse=2x', async ({ url, log }) => {
      const apply = (...words: string[]) =>
        callctl(['apply', '--yes', '--simulator', url, ...words], { cwd: folder })
      const { stdout } = await apply('--only', 'one')
      assert.match(stdout, 'refused   one: 403 7503: Application is not registered in our store.')
      assert.match(stdout, '1 call refused: graph/7503: Application is not registered in our store.')
      const block = stdout.slice(stdout.indexOf('For a support ticket'))
      assert.match(block, /time \(UTC\) {9}\d{4}-\d\d-\d\dT/)
      assert.match(block, `client-request-id  ${log()[0]?.clientRequestId}`)
      assert.not.match(block, '00000000-0000-4000-8000-')
      const events = parseLines<Event>((await apply('--only', 'two', '--json')).stdout)
      const { result, explanation } = events.find(({ event }) => event === 'result')!
      assert.is(explanation?.code, 'graph/7503')
      assert.is(result.ticket?.clientRequestId, log()[1]?.clientRequestId)
      assert.ok(result.ticket?.requestId)
    }),
  ))

test.run()
