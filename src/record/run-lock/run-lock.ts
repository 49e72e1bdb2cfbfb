// One run at a time for a record: a lock that dies with its owner, and what can be told of an owner that may be dead.
// Without it nothing is claimed.

import { RecordError } from '../../model/errors.js'
import type { FileSystem } from '../disk/file-system.js'
import { errorCode, makeFolder, nodeFileSystem, removeQuietly } from '../disk/file-system.js'
import { replaceFile } from '../disk/replace-file.js'
import { readProcessStart, thisMachine } from '../disk/this-machine.js'
import { type RecordPlace, requireCurrent } from '../folders/folders.js'
import { holdKernelLock, type KernelLock, kernelLockName } from './kernel-lock.js'
import type { LockOwner, OwnerRecord } from './lock-owner.js'
import { describeOwner, judgeOwner, ownerPath, readOwner } from './lock-owner.js'

// One run at a time for each record. The lock is for order, not for safety: whoever may dial is decided by the
// claim's exclusive name alone, so a lock that fails to hold can cost a refusal, but never a second ring.

export interface RunLock {
  release(): Promise<void>
}

/** Who takes the lock. */
export interface Run {
  readonly processId: number
  readonly command: string
  /** ISO 8601, UTC. */
  readonly startedAt: string
  readonly operator?: string
}

/** Takes the lock at once or throws RecordError, naming the holder. */
export async function takeRunLock(
  place: RecordPlace,
  run: Run,
  files: FileSystem = nodeFileSystem,
): Promise<RunLock> {
  prepareFolder(place, files)
  const name = kernelLockName(place.attempts)
  const held = await holdAll([name, ...lineageLock(place)])
  if (held === undefined) throw refusal(place, readOwner(place, files))
  try {
    requireCurrent(place)
    const before = readOwner(place, files)
    if (before !== undefined) requireDead(place, before, name)
    const text = formatOwner(run, name)
    replaceFile(ownerPath(place), text, files)
    return { release: () => release(place, held, text, files) }
  } catch (cause) {
    await held.release()
    throw cause
  }
}

/**
 * Two copies of a workspace that have just come with git have no record yet: each would begin one in a folder of its
 * own, and what they have in common is the lineage alone.
 */
const lineageLock = ({ home, lineage }: RecordPlace): readonly string[] =>
  home === undefined || lineage === undefined ? [] : [kernelLockName(home.base, `lineage-${lineage}`)]

/** All of them or none. */
async function holdAll(names: readonly string[]): Promise<KernelLock | undefined> {
  const held: KernelLock[] = []
  const release = async (): Promise<void> => {
    for (const lock of held) await lock.release()
  }
  try {
    for (const name of names) {
      const lock = await holdKernelLock(name)
      if (lock !== undefined) held.push(lock)
      else {
        await release()
        return undefined
      }
    }
    return { release }
  } catch (cause) {
    await release()
    throw cause
  }
}

function prepareFolder(place: RecordPlace, files: FileSystem): void {
  try {
    makeFolder(files, place.attempts)
  } catch (cause) {
    const message = `${place.attempts}, the attempts folder, cannot be created (${errorCode(cause)})`
    throw new RecordError(message, 'Check the disk and its permissions.', { cause })
  }
}

function formatOwner(run: Run, lock: string): string {
  const { processId, command, startedAt, operator } = run
  const processStart = readProcessStart(processId)
  const owner: LockOwner = {
    ...thisMachine(),
    pid: processId,
    ...(processStart === undefined ? {} : { processStart }),
    lock,
    command,
    startedAt,
    ...(operator === undefined ? {} : { operator }),
  }
  return `${JSON.stringify(owner, null, 2)}\n`
}

/** The record first: while the kernel's lock is held, nobody else can have written one of their own. */
async function release(place: RecordPlace, held: KernelLock, text: string, files: FileSystem): Promise<void> {
  const found = readOwner(place, files)
  if (JSON.stringify(found) === JSON.stringify(JSON.parse(text))) removeQuietly(files, ownerPath(place))
  await held.release()
}

function requireDead(place: RecordPlace, owner: Exclude<OwnerRecord, undefined>, name: string): void {
  if (owner === 'unreadable') {
    const message = `${ownerPath(place)} cannot be read, so that nobody knows who holds the run lock`
    throw new RecordError(message, 'When no other run is at work: `callctl lock release`.')
  }
  const fate = judgeOwner(owner, name)
  if (fate === 'alive') throw refusal(place, owner)
  if (fate === 'dead') return
  throw new RecordError(
    `${place.attempts} is locked by a run that cannot be seen from here: ${describeOwner(owner)}`,
    'If that run has ended, or its machine is gone: `callctl lock release`.',
  )
}

function refusal(place: RecordPlace, owner: OwnerRecord): RecordError {
  const who =
    owner === undefined || owner === 'unreadable' ? 'it has not said who it is' : describeOwner(owner)
  return new RecordError(
    `another run holds the run lock of ${place.attempts}: ${who}`,
    'Wait until it has ended, however it ends: the lock is then free.',
  )
}

/** What `run.lock` says, judged without taking the lock: a `free` lock may still have a dead owner's record. */
export type LockState =
  | { readonly kind: 'free' }
  | { readonly kind: 'dead'; readonly owner: LockOwner }
  | { readonly kind: 'held'; readonly owner?: LockOwner }
  | { readonly kind: 'unknown'; readonly owner: LockOwner }
  | { readonly kind: 'unreadable' }

export async function readLockState(
  place: RecordPlace,
  files: FileSystem = nodeFileSystem,
): Promise<LockState> {
  const owner = readOwner(place, files)
  if (owner === undefined && !folderExists(place, files)) return { kind: 'free' }
  const name = kernelLockName(place.attempts)
  const held = await holdKernelLock(name)
  if (held === undefined) return typeof owner === 'object' ? { kind: 'held', owner } : { kind: 'held' }
  await held.release()
  if (owner === undefined) return { kind: 'free' }
  if (owner === 'unreadable') return { kind: 'unreadable' }
  const fate = judgeOwner(owner, name)
  return { kind: fate === 'alive' ? 'held' : fate, owner }
}

function folderExists(place: RecordPlace, files: FileSystem): boolean {
  try {
    return files.lstatSync(place.attempts).isDirectory()
  } catch {
    return false
  }
}

/** `lock release`: removes the record of a holder that is dead or cannot be seen. Returns what it said. */
export async function releaseRunLock(
  place: RecordPlace,
  files: FileSystem = nodeFileSystem,
): Promise<LockState> {
  const state = await readLockState(place, files)
  if (state.kind === 'held') throw refusal(place, state.owner)
  if (state.kind !== 'free') files.unlinkSync(ownerPath(place))
  return state
}
