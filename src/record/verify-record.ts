import { RecordError } from '../model/errors.js'
import type { RecordedRing } from '../model/operation.js'
import type { Attempt } from '../model/record/attempt.js'
import { readAttempts } from './attempts/attempts.js'
import { isTemporary } from './attempts/claims.js'
import { openRings } from './attempts/rings.js'
import type { FileSystem } from './disk/file-system.js'
import { errorCode, nodeFileSystem } from './disk/file-system.js'
import { formatFileName } from './disk/names.js'
import { type RecordPlace, singlePlaces } from './folders/folders.js'
import { loadRecord, readLockfile } from './load-record.js'
import { formatLockfile } from './lockfile/format-lockfile.js'
import { describeOwner, ownerPath } from './run-lock/lock-owner.js'
import { type LockState, readLockState } from './run-lock/run-lock.js'
import { describeShared, findSharedOperations, listSharedCalls } from './shared-calls.js'

/** Something about the record that a person should know. */
export interface Finding {
  readonly message: string
  readonly hint?: string
  /** False for what is as it should be, or cleans itself up. */
  readonly isFault: boolean
}

/** Looks at all of the record, past the first fault. Writes nothing. */
export async function verifyRecord(
  place: RecordPlace,
  files: FileSystem = nodeFileSystem,
): Promise<readonly Finding[]> {
  const lock = await verifyLock(place, files)
  return [...verifyFiles(place, files), ...lock]
}

/** Lockfile, attempts and rings alone. */
export const verifyFiles = (place: RecordPlace, files: FileSystem = nodeFileSystem): readonly Finding[] =>
  tellOnce([
    ...collect(() => verifyLockfile(place, files)),
    ...collect(() => readAttempts(place, files).flatMap(verifyAttempt)),
    ...collect(() => openRings(place, files).list().flatMap(verifyRing)),
    ...singlePlaces(place).flatMap((single) => collect(() => verifyLeftovers(single, files))),
    ...collect(() => listSharedCalls(loadRecord(place, files)).map(tellShared)),
    ...collect(() => findSharedOperations(openRings(place, files).list()).map(tellShared)),
  ])

/** What cannot be read is in the way of several looks. */
const tellOnce = (findings: readonly Finding[]): readonly Finding[] => [
  ...new Map(findings.map((finding) => [finding.message, finding])).values(),
]

/** The run lock alone; nothing is said of a free one. */
export const verifyLock = async (
  place: RecordPlace,
  files: FileSystem = nodeFileSystem,
): Promise<readonly Finding[]> => describeRunLock(place, await readLockState(place, files))

/** What is thrown is a finding too. */
function collect(look: () => readonly Finding[]): readonly Finding[] {
  try {
    return look()
  } catch (cause) {
    if (!(cause instanceof RecordError)) throw cause
    return [fault(cause.message, cause.hint)]
  }
}

const fault = (message: string, hint?: string): Finding => ({
  message,
  ...(hint === undefined ? {} : { hint }),
  isFault: true,
})

function verifyRing({ address, number, damage }: RecordedRing): readonly Finding[] {
  if (damage === undefined) return []
  return [fault(`ring ${number} of ${address}: ${damage}`, 'Look at who was rung; then move its file away.')]
}

const tellShared = (shared: Parameters<typeof describeShared>[0]): Finding =>
  fault(describeShared(shared), 'Look at who was rung: `callctl audit --evidence ADDRESS` shows each answer.')

/** Unreadable, missing, foreign, or behind the attempts. */
function verifyLockfile(place: RecordPlace, files: FileSystem): readonly Finding[] {
  const { lockfile, exists } = loadRecord(place, files)
  if (!exists) return [{ message: 'Nothing is recorded yet.', isFault: false }]
  const alone = readLockfile(place, files)
  if (alone !== undefined && formatLockfile(alone) === formatLockfile(lockfile)) return []
  const hint = '`callctl lock rebuild`, or the next apply, brings it up to date.'
  return [fault(`${place.lockfile} does not have all that the attempts know`, hint)]
}

function verifyAttempt(attempt: Attempt): readonly Finding[] {
  const name = formatFileName(attempt)
  const { damage, outcome } = attempt
  if (damage !== undefined) {
    return [fault(`attempt ${name}: ${damage}`, 'Settle it with `callctl resolve`.')]
  }
  if (outcome !== undefined && outcome.kind !== 'uncertain') return []
  const why = outcome === undefined ? 'it has no outcome' : outcome.reason
  return [{ message: `attempt ${name} is uncertain: ${why}`, isFault: false }]
}

/** Rescue files say that a disk failed; they are read with the attempts, and stay. */
function verifyLeftovers(place: RecordPlace, files: FileSystem): readonly Finding[] {
  const rescues = namesIn(place.rescue, files).map((name) => `rescue file ${name} (read with its attempt)`)
  const temporary = namesIn(place.attempts, files)
    .filter(isTemporary)
    .map((name) => `${name}, left by a run that was interrupted (the next one removes it)`)
  return [...rescues, ...temporary].map((message) => ({ message, isFault: false }))
}

function namesIn(folder: string, files: FileSystem): readonly string[] {
  try {
    return files.readdirSync(folder)
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return []
    throw new RecordError(`${folder} cannot be read (${errorCode(cause)})`, undefined, { cause })
  }
}

function describeRunLock(place: RecordPlace, state: LockState): readonly Finding[] {
  switch (state.kind) {
    case 'free':
      return []
    case 'held': {
      const who = state.owner === undefined ? '' : `: ${describeOwner(state.owner)}`
      return [{ message: `a run is at work${who}`, isFault: false }]
    }
    case 'dead':
      return [{ message: `a run ended abruptly: ${describeOwner(state.owner)}`, isFault: false }]
    case 'unreadable':
      return [fault(`${ownerPath(place)} cannot be read`, '`callctl lock release` removes it.')]
    case 'unknown':
      return [
        fault(
          `locked by a run that cannot be seen from here: ${describeOwner(state.owner)}`,
          'If that run has ended, or its machine is gone: `callctl lock release`.',
        ),
      ]
  }
}
