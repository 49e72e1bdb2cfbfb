import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { formatLockfile } from '../../../src/record/lockfile/format-lockfile.js'
import { longestLockfile } from '../../../src/record/lockfile/parse-lockfile.js'
import { entryOf, lockfileOf } from '../../record/lockfile-samples.js'
import { filesOf, groupCall, withScene } from './plan-world.js'

const test = suite('full-lockfile')

/** A lockfile that has so many bytes left. */
function lockfileWith(left: number): string {
  const formatWith = (note: string): string => formatLockfile(lockfileOf({ old: entryOf(1, { note }) }))
  return formatWith('x'.repeat(longestLockfile - left - Buffer.byteLength(formatWith(''))))
}

test('nobody is rung where the outcome would not fit into the lockfile', () =>
  withScene(filesOf({ a: groupCall(1) }), async ({ folder, run, server }) => {
    writeFileSync(join(folder, 'calls.lock.json'), lockfileWith(600))
    assert.is((await run('apply', '--yes')).code, 7)
    assert.is(server.requests.length, 0)
  }))

test.run()
