// Two calls with one address, as a merge of two clones leaves them: each can be seen, ended and forgotten.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { callctl, type Finished } from '../../helpers/callctl.js'
import { peerCalls, readEntries, type Workspace, withWorkspace } from '../../helpers/callctl-workspace.js'
import { type Recorded, withGraphServer } from '../../helpers/graph-server.js'
import { entryOf, lockfileOf } from '../../record/lockfile-samples.js'
import { uuid } from '../../record/temporary-place.js'

const test = suite('cli/double')

const double = JSON.stringify(lockfileOf({ a: entryOf(2, { attempts: [entryOf(1)] }) }))

interface World {
  readonly place: Workspace
  readonly requests: readonly Recorded[]
  run(...words: readonly string[]): Promise<Finished>
}

/** Graph knows each call until it is hung up. */
const inWorld = (work: (world: World) => Promise<void>) => () =>
  withWorkspace({ ...peerCalls(['a']), 'calls.lock.json': double }, async (place) => {
    const over = new Set<string>()
    await withGraphServer(
      ({ method, path }) => {
        if (method === 'DELETE') over.add(path)
        if (over.has(path)) return { status: method === 'DELETE' ? 204 : 404 }
        return { status: 200, body: JSON.stringify({ id: path.split('/').at(-1), state: 'established' }) }
      },
      ({ url, requests }) =>
        work({
          place,
          requests,
          run: (...words) => callctl(words, { cwd: place.folder, environment: { CALLCTL_GRAPH_ROOT: url } }),
        }),
    )
  })

const statesIn = (place: Workspace): readonly string[] =>
  Object.values(readEntries(place)).flatMap((entry) => {
    const { attempts = [] } = entry as { attempts?: readonly { state: string; callId: string }[] }
    return [...attempts, entry].map(({ callId, state }) => `${callId} ${state}`)
  })

test(
  'hangup ends both, and then the address can be forgotten',
  inWorld(async ({ place, requests, run }) => {
    assert.is((await run('forget', 'a', '--yes')).code, 3)
    assert.is((await run('hangup', 'a')).code, 0)
    assert.equal(
      requests.map(({ method, path }) => `${method} ${path.split('/').at(-1)}`),
      ['DELETE call-1', 'DELETE call-2'],
    )
    assert.equal(statesIn(place), ['call-1 ended', 'call-2 ended'])
    assert.is((await run('forget', 'a', '--yes')).code, 0)
    assert.equal(readEntries(place), {})
  }),
)

test(
  'one of both can be ended and forgotten, and the other one stays',
  inWorld(async ({ place, run }) => {
    assert.is((await run('forget', 'a', '--attempt', uuid(1), '--yes')).code, 3)
    assert.is((await run('hangup', 'a', '--attempt', uuid(9))).code, 3)
    assert.is((await run('hangup', '--all', '--attempt', uuid(1))).code, 3)
    assert.is((await run('hangup', 'a', '--attempt', uuid(1).toUpperCase())).code, 0)
    assert.equal(statesIn(place), ['call-1 ended', 'call-2 placed'])
    assert.is((await run('forget', 'a', '--attempt', uuid(1))).code, 5)
    assert.is((await run('forget', 'a', '--attempt', uuid(1), '--yes')).code, 0)
    assert.equal(statesIn(place), ['call-2 placed'])
    assert.match(place.read('calls.lock.json'), 'forgottenAt')
    assert.is((await run('audit')).code, 0)
  }),
)

test(
  'status shows both, and records which have ended',
  inWorld(async ({ place, run }) => {
    const { calls } = JSON.parse((await run('status', '--json')).stdout) as {
      calls: readonly { address: string; callId: string; live: { state: string } }[]
    }
    assert.equal(
      calls.map(({ address, callId, live }) => [address, callId, live.state]),
      [
        ['a', 'call-1', 'established'],
        ['a', 'call-2', 'established'],
      ],
    )
    assert.is((await run('hangup', 'a', '--attempt', uuid(2))).code, 0)
    place.write('calls.lock.json', double)
    assert.is((await run('status', '--refresh')).code, 0)
    assert.equal(statesIn(place), ['call-1 placed', 'call-2 ended'])
  }),
)

test.run()
