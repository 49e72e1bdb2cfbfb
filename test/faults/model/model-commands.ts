import { rmSync } from 'node:fs'
import fc from 'fast-check'
import { RecordError, UsageError } from '../../../src/model/errors.js'
import type { Lockfile } from '../../../src/model/record/lockfile.js'
import { loadRecord, rebuildLockfile, saveLockfile } from '../../../src/record/load-record.js'
import { forgetAddress } from '../../../src/record/lockfile/forget-address.js'
import { settleByPerson } from '../../../src/record/settle-by-person.js'
import { recordEnded } from '../../../src/refresh/record-ended.js'
import { mergeColleague, mergeLockfile } from './model-merges.js'
import {
  type ApplyChoice,
  applyOnce,
  giveLeave,
  type Turn,
  type World,
  writeLockfile,
} from './model-world.js'

/** Which calls ought to have rung at most once, and how often each of the others may have. */
export interface Model {
  steps: number
}

type Command = fc.AsyncCommand<Model, World>

const addresses = ['a', 'b', 'c', 'd']
const address = fc.constantFrom(...addresses)
const turn = fc.constantFrom<Turn>(
  ...(['created', 'created', 'created-lost', 'created-500', 'created-no-id', 'lost', 'refused'] as const),
  ...(['throttled', 'unauthorized', 'not-sent', 'no-connection'] as const),
)
const sometimes = <Value>(arbitrary: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary })

/** A command that is always allowed; afterwards the record must agree with what rang. */
function command(name: string, act: (world: World) => Promise<void> | void): Command {
  return {
    check: () => true,
    async run(model, world) {
      model.steps += 1
      await act(world)
      checkWorld(world)
    },
    toString: () => name,
  }
}

/** A person at the command line: whatever callctl refuses with words is fine. */
function person(name: string, act: (world: World, lockfile: Lockfile) => void): Command {
  return command(name, (world) => {
    try {
      act(world, loadRecord(world.place).lockfile)
    } catch (error) {
      if (!(error instanceof RecordError || error instanceof UsageError)) throw error
    }
  })
}

const applyChoice: fc.Arbitrary<ApplyChoice> = fc.record({
  turns: fc.array(turn, { maxLength: 6 }),
  concurrency: fc.integer({ min: 1, max: 3 }),
  redial: fc.oneof(fc.constant([]), fc.uniqueArray(address, { maxLength: 2 })),
  crashAt: sometimes(fc.integer({ min: 1, max: 250 })),
  failAt: sometimes(fc.integer({ min: 1, max: 250 })),
  code: fc.constantFrom('ENOSPC', 'EIO', 'EROFS', 'EMFILE', 'EINTR'),
})

const calm: ApplyChoice = { turns: [], concurrency: 1, redial: [] }

const define = fc
  .tuple(address, fc.integer({ min: 0, max: 2 }))
  .map(([name, version]) =>
    command(`define ${name} v${version}`, (world) => void world.defined.set(name, version)),
  )
const apply = applyChoice.map((choice) =>
  command(`apply ${JSON.stringify(choice)}`, async (world) => void (await applyOnce(world, choice))),
)
const rebuild = fc.constant(person('lock rebuild', ({ place }) => void rebuildLockfile(place, newLineage)))
const rule = address.map((name) =>
  person(`resolve ${name}`, (world, lockfile) => resolve(world, lockfile, name)),
)

/** Some several times, since one is chosen at random for each step. */
export const allCommands: readonly fc.Arbitrary<Command>[] = [
  ...[define, define, apply, apply, apply, apply, apply, rebuild, rebuild, rule, rule],
  fc.constant(command('apply calmly', applyCalmly)),
  address.map((name) => command(`undefine ${name}`, (world) => void world.defined.delete(name))),
  fc.nat(20).map((index) =>
    command(`revert lockfile ${index}`, (world) => {
      const text = commitOf(world, index)
      if (text !== undefined) writeLockfile(world, text)
    }),
  ),
  fc.nat(20).map((index) =>
    person(`merge an older lockfile ${index}`, (world) => {
      const text = commitOf(world, index)
      if (text !== undefined) mergeLockfile(world, text)
    }),
  ),
  address.map((name) =>
    person(`merge a colleague's call of ${name}`, (world, lockfile) => mergeColleague(world, lockfile, name)),
  ),
  fc.constant(command('delete lockfile', deleteLockfile)),
  address.map((name) => person(`deny ${name}`, (world, lockfile) => deny(world, lockfile, name))),
  address.map((name) => person(`end ${name}`, (world, lockfile) => end(world, lockfile, name))),
  address.map((name) => person(`forget ${name}`, (world, lockfile) => forget(world, lockfile, name))),
  fc.constant(person('move to a new clone', moveToClone)),
]

const commitOf = ({ commits }: World, index: number): string | undefined =>
  commits[index % Math.max(1, commits.length)]

const newLineage = '00000000-0000-4000-9000-000000000000'
const witness = { by: 'kim', at: '2025-01-01T00:00:00Z' }

/** Nothing goes wrong: then every call is placed or waits for a person, unless the record is refused. */
async function applyCalmly(world: World): Promise<void> {
  const refusal = await applyOnce(world, calm)
  if (refusal !== undefined) return
  const { lockfile } = loadRecord(world.place)
  for (const name of world.defined.keys()) {
    const state = lockfile.calls[name]?.state ?? 'absent'
    const isPending = state === 'failed' && world.denied.size + world.rings.length > 0
    if (state === 'absent' || (state === 'failed' && !isPending)) throw new Error(`${name} is ${state}`)
  }
}

/** A person who knows what happened. */
function resolve(world: World, lockfile: Lockfile, name: string): void {
  const entry = lockfile.calls[name]
  if (entry === undefined || entry.attempt === '') return
  const ring = world.rings.find(({ attemptId }) => attemptId === entry.attempt)
  settleByPerson(world.place, { address: name, witness, ...(ring && { callId: ring.callId }) })
}

/** A person who errs: callctl cannot know better, so this is leave to ring again. */
function deny(world: World, lockfile: Lockfile, name: string): void {
  const entry = lockfile.calls[name]
  if (entry?.state !== 'uncertain') return
  world.denied.add(entry.attempt)
  giveLeave(world, name)
  settleByPerson(world.place, { address: name, witness })
}

function end(world: World, lockfile: Lockfile, name: string): void {
  const callId = lockfile.calls[name]?.callId
  if (callId === undefined) return
  saveLockfile(world.place, recordEnded(lockfile, [{ address: name, callId, at: witness.at }]))
}

/** Forgetting is leave: the address is as new. */
function forget(world: World, lockfile: Lockfile, name: string): void {
  const forgotten = forgetAddress(lockfile, { address: name, at: witness.at })
  giveLeave(world, name)
  saveLockfile(world.place, forgotten)
}

/** A colleague's clone: the lockfile as of now, no attempts, and no older lockfile, which only git could judge. */
function moveToClone(world: World): void {
  rebuildLockfile(world.place, newLineage)
  rmSync(world.place.attempts, { recursive: true, force: true })
  world.commits.length = 0
  world.needsLockfile = true
}

function deleteLockfile({ place, needsLockfile }: World): void {
  if (!needsLockfile) rmSync(place.lockfile, { force: true })
}

/** Nothing rang without leave, nothing was sent twice, and no id is lost. */
export function checkWorld(world: World): void {
  const counts = new Map<string, number>()
  for (const ring of world.rings) counts.set(ring.address, (counts.get(ring.address) ?? 0) + 1)
  for (const [name, count] of counts) {
    if (count > 1 + (world.leaves.get(name) ?? 0)) throw new Error(`${name} rang ${count} times`)
  }
  if (new Set(world.posts).size !== world.posts.length) throw new Error('an attempt was sent twice')
  const lockfile = tryLoad(world)
  if (lockfile === undefined) return
  const text = JSON.stringify(lockfile)
  for (const { address: name, attemptId, callId } of world.rings) {
    const isKept = text.includes(`"${callId}"`) || world.denied.has(attemptId)
    if (!isKept && lockfile.calls[name]?.state !== 'uncertain')
      throw new Error(`${callId} of ${name} is lost`)
  }
}

function tryLoad({ place }: World): Lockfile | undefined {
  try {
    const { lockfile, exists } = loadRecord(place)
    return exists ? lockfile : undefined
  } catch (error) {
    if (error instanceof RecordError) return undefined
    throw error
  }
}
