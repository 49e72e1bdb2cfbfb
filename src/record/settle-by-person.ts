import { keyOfAddress } from '../model/address.js'
import { RecordError, RefusedError, UsageError } from '../model/errors.js'
import type { Attempt, Outcome, Witness } from '../model/record/attempt.js'
import { notPlaced } from '../model/record/attempt-evidence.js'
import { type Entry, entryAt, type Lockfile } from '../model/record/lockfile.js'
import { openAttempts, readAttempts } from './attempts/attempts.js'
import type { FileSystem } from './disk/file-system.js'
import { nodeFileSystem } from './disk/file-system.js'
import { isCallId } from './disk/forms.js'
import type { RecordPlace } from './folders/folders.js'
import { loadRecord, saveLockfile } from './load-record.js'
import { type AttemptEntry, arrangeEntry, listAttempts } from './lockfile/attempt-entries.js'

/** What a person found out about an uncertain attempt. */
export interface Ruling {
  readonly address: string
  /** Absent when nothing was placed. */
  readonly callId?: string
  readonly witness: Witness
}

/** The uncertain entry that a ruling is about. Throws UsageError for any other, and for an id that is none. */
export function requireUncertain(lockfile: Lockfile, { address, callId }: Omit<Ruling, 'witness'>): Entry {
  const entry = entryAt(lockfile, address)
  if (entry === undefined) throw new UsageError(`\`${address}\` is not in the lockfile.`)
  if (entry.state !== 'uncertain') throw new UsageError(`\`${address}\` is ${entry.state}, not uncertain.`)
  if (callId !== undefined) requireCallId(lockfile, callId, address)
  if (entry.callId !== undefined && entry.callId !== callId) {
    throw new UsageError(
      `The damaged record of \`${address}\` holds the call id ${entry.callId}.`,
      `Look at that call; then \`--placed ${entry.callId}\`.`,
    )
  }
  return entry
}

/** A call id in its form, and not another address's. */
export function requireCallId(lockfile: Lockfile, callId: string, address: string): void {
  if (!isCallId(callId)) {
    throw new UsageError(
      `\`${callId}\` is no call id.`,
      'Graph’s ids have letters, digits and `-`, no blanks.',
    )
  }
  for (const [other, entry] of Object.entries(lockfile.calls)) {
    if (other !== address && listAttempts(entry).some((attempt) => isSame(attempt.callId, callId))) {
      throw new RefusedError(
        `The call ${callId} is recorded as \`${other}\` already: two calls cannot have one id.`,
        'Look where the id came from.',
      )
    }
  }
}

/** Graph's ids are the same in capitals. */
const isSame = (known: string | undefined, callId: string): boolean =>
  known?.toLowerCase() === callId.toLowerCase()

/**
 * Writes the ruling into the attempt's own slot where this machine has it, else (a colleague's attempt) into the
 * lockfile alone. Returns the entry as it is then.
 */
export function settleByPerson(
  place: RecordPlace,
  ruling: Ruling,
  files: FileSystem = nodeFileSystem,
): Entry | undefined {
  const { address } = ruling
  const before = loadRecord(place, files)
  const entry = requireUncertain(before.lockfile, ruling)
  const onDisk = place.shared === undefined ? before.attempts : readAttempts(place, files)
  const own = onDisk.find((attempt) => isOf(attempt, entry, address))
  if (own === undefined) refuseUnderWay(place, before.attempts, entry, ruling)
  if (own !== undefined) openAttempts(place, files).settle(own, outcomeOf(ruling))
  const { lockfile } = own === undefined ? before : loadRecord(place, files)
  const settled = own === undefined ? settleEntry(lockfile, ruling) : lockfile
  saveLockfile(place, settled, files)
  return settled.calls[address]
}

/** Of what another runner has claimed just now, the outcome is on its way. */
const underWay = 10 * 60_000

function refuseUnderWay(
  { shared }: RecordPlace,
  attempts: readonly Attempt[],
  entry: Entry,
  { address, witness }: Ruling,
): void {
  const attempt = attempts.find((each) => isOf(each, entry, address))
  if (attempt === undefined || attempt.outcome !== undefined || attempt.damage !== undefined) return
  if (shared?.rows().inFlight.has(attempt.attemptId) === true) {
    throw new RefusedError(
      `${address} is in flight: the runner that has it is alive.`,
      '`callctl status --runs` shows it; its outcome is on its way.',
    )
  }
  const until = Date.parse(attempt.claimedAt) + underWay
  if (!(until > Date.parse(witness.at))) return
  const who = attempt.operator === undefined ? 'another runner' : `${attempt.operator}, on another machine,`
  throw new RefusedError(
    `${address} may be in flight: ${who} claimed it at ${attempt.claimedAt}.`,
    `Its outcome should be there soon. If it is not, settle it after ${new Date(until).toISOString()}.`,
  )
}

/** An unreadable claim has no id: then its address, and that it is damaged, must do. */
const isOf = (attempt: Attempt, entry: Entry, address: string): boolean =>
  attempt.attemptId === entry.attempt &&
  (attempt.attemptId !== '' ||
    (keyOfAddress(attempt.address) === keyOfAddress(address) && attempt.damage !== undefined))

function outcomeOf({ callId, witness }: Ruling): Outcome {
  const { at } = witness
  if (callId === undefined) return { kind: 'not-sent', reason: notPlaced, witness, at }
  return { kind: 'placed', callId, evidence: 'person', witness, at }
}

function settleEntry(lockfile: Lockfile, ruling: Ruling): Lockfile {
  const { address } = ruling
  const entry = lockfile.calls[address]!
  const attempts = listAttempts(entry).map((attempt) =>
    attempt.attempt === entry.attempt ? settleOne(attempt, ruling) : attempt,
  )
  const settled = arrangeEntry(attempts)
  if (settled === undefined) throw new RecordError(`${address}: nothing is left of its entry`)
  return {
    ...lockfile,
    calls: Object.assign(Object.create(null), lockfile.calls, { [address]: settled }),
  }
}

function settleOne(attempt: AttemptEntry, { callId, witness }: Ruling): AttemptEntry {
  const { reason: _, placedAt, ...rest } = attempt
  const word = { evidence: 'person', witness } as const
  if (callId === undefined) return { ...rest, state: 'failed', ...word, reason: notPlaced }
  return { ...rest, state: 'placed', callId, ...(placedAt === undefined ? {} : { placedAt }), ...word }
}
