import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { userOf } from '../../helpers/callctl-workspace.js'
import { callsIn, exits, inWorld, type World } from './moved-world.js'

// A pull request that renames a call, says so by `movedFrom`, and takes the entry out of the lockfile: history knows
// the old name, and is asked for it.

const test = suite('renamed, and history')

const renamed = (name: string, old: string): string =>
  JSON.stringify({
    calls: { [name]: { uses: 'p2p-voip', with: { userId: userOf('ping') }, movedFrom: old } },
  })

/** A fresh clone of a branch on which the entry is gone and the call has another name. */
function cloneRenamed({ repository, unproject }: World, old: string): string {
  repository.commit()
  unproject('calls.lock.json')
  repository.commit({ 'calls/calls.yaml': renamed('pong', old) })
  repository.git('clone', '-q', '.', '../clone')
  return join(repository.folder, '..', 'clone')
}

for (const old of ['ping', 'PING']) {
  test(
    `under a name that says it was ${old}, nobody is rung again`,
    inWorld(callsIn('', 'ping'), async (world) => {
      exits(await world.apply(''), 0)
      const refused = await world.apply(cloneRenamed(world, old))
      exits(refused, 7)
      assert.match(refused.stderr, 'ping was placed before')
      assert.is(world.rings('ping'), 1)
    }),
  )
}

test(
  'a plan that was saved there rings nobody either',
  inWorld(callsIn('', 'ping'), async (world) => {
    exits(await world.apply(''), 0)
    const clone = cloneRenamed(world, 'ping')
    await world.callctl(clone, 'plan', '--out', 'saved.json')
    exits(await world.apply(clone, 'saved.json'), 7)
    assert.is(world.rings('ping'), 1)
  }),
)

test(
  'a name that rang nobody holds nothing back',
  inWorld(callsIn('', 'ping'), async (world) => {
    exits(await world.apply(''), 0)
    exits(await world.apply(cloneRenamed(world, 'pang')), 0)
    assert.is(world.rings('ping'), 2)
  }),
)

test(
  'a rename that took its entry along is no news to history',
  inWorld(callsIn('', 'ping'), async (world) => {
    exits(await world.apply(''), 0)
    world.repository.commit()
    writeFileSync(join(world.repository.folder, 'calls/calls.yaml'), renamed('pong', 'ping'))
    exits(await world.apply(''), 0)
    world.repository.commit()
    world.repository.git('clone', '-q', '.', '../clone')
    exits(await world.apply(join(world.repository.folder, '..', 'clone')), 0)
    assert.is(world.rings('ping'), 1)
  }),
)

test.run()
