// What git brings: lockfiles of before and of colleagues, merged as git's merge driver does it.

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Entry, Lockfile } from '../../../src/model/record/lockfile.js'
import { formatLockfile } from '../../../src/record/lockfile/format-lockfile.js'
import { mergeFiles } from '../../../src/record/lockfile/merge-files.js'
import { payloadOf, uuidOf, type World, writeLockfile } from './model-world.js'

/** Merges into the current lockfile, which stays as it is where the merge is refused: a person takes it back. */
export function mergeLockfile(world: World, theirs: string): void {
  const { lockfile, temporary } = world.place
  if (!existsSync(lockfile)) return
  const files = { ours: join(temporary, 'ours.json'), theirs: join(temporary, 'theirs.json') }
  writeFileSync(files.ours, readFileSync(lockfile))
  writeFileSync(files.theirs, theirs)
  mergeFiles({ ...files, name: 'calls.lock.json' })
  writeLockfile(world, readFileSync(files.ours, 'utf8'))
}

/**
 * A colleague's clone has placed an address that this record knows nothing of. From then on there is no older
 * lockfile to go back to, nor one to delete: no attempt here tells of that call, so only git's history could.
 */
export function mergeColleague(world: World, lockfile: Lockfile, address: string): void {
  const isKnown =
    lockfile.calls[address] !== undefined || world.rings.some((ring) => ring.address === address)
  if (isKnown || !existsSync(world.place.lockfile)) return
  const attemptId = uuidOf(world)
  const callId = `call-of-colleague-${attemptId}`
  const calls = { ...lockfile.calls, [address]: entryOf(address, attemptId, callId) }
  mergeLockfile(world, formatLockfile({ ...lockfile, calls }))
  world.rings.push({ address, attemptId, callId })
  world.commits.splice(0, world.commits.length, readFileSync(world.place.lockfile, 'utf8'))
  world.needsLockfile = true
}

const entryOf = (address: string, attempt: string, callId: string): Entry => ({
  state: 'placed',
  callId,
  digest: payloadOf(address, 0).digest,
  attempt,
  endpoint: '/v1.0/communications/calls',
  placedAt: '1970-01-01T00:00:00.000Z',
  evidence: 'http-201',
})
