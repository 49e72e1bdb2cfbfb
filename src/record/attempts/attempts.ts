// Attempts and rings, one file each: claimed before anything is sent, never rewritten but for the outcome, and read
// whatever state a crash left them in. The file that is made first wins; nobody else sends.

import { join } from 'node:path'
import { RecordError } from '../../model/errors.js'
import type { Attempt, Attempts, Claim, Outcome } from '../../model/record/attempt.js'
import type { FileSystem } from '../disk/file-system.js'
import {
  closeQuietly,
  errorCode,
  makeFolder,
  nodeFileSystem,
  removeQuietly,
  rewriteFlags,
  writeAll,
} from '../disk/file-system.js'
import { formatFileName } from '../disk/names.js'
import { publishingFile } from '../disk/publish-file.js'
import { finishNow, finishTogether, type Syncing } from '../disk/syncing.js'
import { type RecordPlace, singlePlaces } from '../folders/folders.js'
import { haveTwoCalls, isFurther } from '../lockfile/outcome-order.js'
import { findClaimFault, formatClaimFile, formatSlot, lineSize, readSlot } from './attempt-record.js'
import { type HeldClaim, isUntouched, keepHeld, readHeldSlot } from './held-claim.js'
import { findFileName, findTakenNames } from './old-names.js'
import { findAttempt, readAttempts } from './read-attempts.js'
import { keepRescue } from './rescue.js'

export interface RecordedAttempts extends Attempts {
  claim(claim: Claim): boolean
  settle(claim: Claim, outcome: Outcome): void
  /** Every attempt on disk, sorted by address and number. Writes nothing. */
  list(): readonly Attempt[]
  /** Removes what interrupted runs left half written. Only for the one run that holds the run lock. */
  sweep(): void
}

/** The attempts of a workspace. Nothing is created before the first claim. */
export function openAttempts(place: RecordPlace, files: FileSystem = nodeFileSystem): RecordedAttempts {
  const session = startSession(place, files)
  return {
    claim: (claim) => finishNow(files, publishClaim(session, claim)),
    settle: (claim, outcome) => finishNow(files, settle(session, claim, outcome)),
    list: () => readAttempts(place, files),
    sweep: () => sweep(session),
  }
}

/** The attempts for many calls at once: while the disk works for one, the others go on, and one fsync serves several. */
export function openConcurrentAttempts(place: RecordPlace, files: FileSystem = nodeFileSystem): Attempts {
  const session = startSession(place, files)
  const finish = finishTogether(files)
  return {
    claim: (claim) => finish(publishClaim(session, claim)),
    settle: (claim, outcome) => finish(settle(session, claim, outcome)),
    isOpen: (claim) => {
      const held = session.claimed.get(nameOf(claim))
      return held !== undefined && isUntouched(files, held)
    },
  }
}

const startSession = (place: RecordPlace, files: FileSystem): Session => ({
  place,
  files,
  claimed: new Map(),
  taken: undefined,
  failure: undefined,
})

interface Session {
  readonly place: RecordPlace
  readonly files: FileSystem
  /** Claim files still open, so that no look-up can fail between claim and outcome. */
  readonly claimed: Map<string, HeldClaim>
  /** Names that attempts of older versions have; undefined until the folders are ready. */
  taken: ReadonlySet<string> | undefined
  /** After one outcome could not be written, no further call may be dialed. */
  failure: string | undefined
}

const temporaryPrefix = '.claim-'

/** Whether a run that was interrupted left this file behind. */
export const isTemporary = (name: string): boolean => name.startsWith(temporaryPrefix)

const nameOf = (claim: Claim): string => `${formatFileName(claim)} ${claim.attemptId}`

function* publishClaim(session: Session, claim: Claim): Syncing<boolean> {
  const { place, files, failure } = session
  const fault = failure ?? findClaimFault(claim)
  if (fault !== undefined) throw claimRefusal(claim, fault)
  try {
    const bytes = formatClaimFile(claim)
    session.taken ??= prepareFolders(session)
    if (session.taken.has(formatFileName(claim))) return false
    const path = join(place.attempts, formatFileName(claim))
    const file = yield* publishingFile(files, {
      path,
      temporary: join(place.attempts, `${temporaryPrefix}${claim.attemptId}`),
      bytes,
      mode: 0o600,
    })
    if (file === undefined) return false
    session.claimed.set(nameOf(claim), { path, file, bytes })
    return true
  } catch (cause) {
    throw claimRefusal(claim, errorCode(cause), cause)
  }
}

/** The rescue folder is made while there is still room for it. */
function prepareFolders({ files, place }: Session): ReadonlySet<string> {
  makeFolder(files, place.attempts)
  makeFolder(files, place.rescue)
  return findTakenNames(place.attempts, files)
}

function claimRefusal(claim: Claim, reason: string, cause?: unknown): RecordError {
  const message = `${quote(claim.address)}: attempt ${claim.number} is not claimed, nothing was sent: ${reason}`
  const hint = 'If its file was left behind, the attempt shows as uncertain; it did not ring.'
  return new RecordError(message, hint, { cause })
}

function* settle(session: Session, claim: Claim, outcome: Outcome): Syncing<void> {
  const { files } = session
  const held = session.claimed.get(nameOf(claim))
  session.claimed.delete(nameOf(claim))
  try {
    const file = findSlot(session, claim, outcome, held)
    if (file !== undefined) yield* writeSlot(files, file, formatSlot(claim, outcome))
  } catch (cause) {
    if (cause instanceof SettledError) throw cause
    session.failure = 'an earlier outcome could not be recorded'
    const kept = keepRescue(files, homeOf(session, claim), claim, outcome)
    const fate = kept === undefined ? 'NOT RECORDED' : `KEPT IN ${kept}`
    const hint = 'The record cannot be written: repair the disk before the next run.'
    throw new RecordError(`${describe(claim, outcome)} ${fate} (${errorCode(cause)})`, hint, { cause })
  }
}

/** Somebody may have settled a claim of this process while it stood still: then the further outcome stands. */
function findSlot(
  session: Session,
  claim: Claim,
  outcome: Outcome,
  held: HeldClaim | undefined,
): number | undefined {
  const file = held === undefined ? undefined : keepHeld(session.files, held)
  if (file === undefined) return reopen(session, claim, outcome)
  if (!isRuled(session, file)) return file
  closeQuietly(session.files, file)
  return reopen(session, claim, outcome)
}

/** What cannot be read is no sign of a ruling. */
function isRuled({ files }: Session, file: number): boolean {
  try {
    return readSlot(readHeldSlot(files, file)).kind === 'written'
  } catch {
    return false
  }
}

/** A failed fsync is final: the kernel may have dropped the data, and a second one would wrongly succeed. */
function* writeSlot(files: FileSystem, file: number, bytes: Buffer): Syncing<void> {
  try {
    writeAll(files, file, bytes, lineSize)
    yield { file }
  } finally {
    closeQuietly(files, file)
  }
}

/** The outcome stands already, and another one may not take its place. */
class SettledError extends RecordError {}

/**
 * Opens the claim of another run, or one settled before. Undefined when there is nothing left to write: the same
 * is recorded, or a damaged attempt, whose file nobody should trust, got a rescue file instead.
 */
function reopen(session: Session, claim: Claim, outcome: Outcome): number | undefined {
  const { files } = session
  const place = homeOf(session, claim)
  const name = findFileName(place.attempts, claim, files)
  const found = findAttempt(place, name, files)
  if (found === undefined) throw new RecordError('its claim is missing')
  if (found.attemptId !== claim.attemptId) throw new RecordError('its claim is another attempt’s')
  const standing = found.outcome
  if (haveTwoCalls([standing, outcome])) throw new RecordError('another call id is recorded')
  if (!isFurther(outcome, standing) && standing?.kind !== outcome.kind) {
    throw new SettledError(`${quote(claim.address)}: its attempt is already recorded as ${standing?.kind}`)
  }
  if (found.damage === undefined) {
    return isFurther(outcome, standing) ? files.openSync(join(place.attempts, name), rewriteFlags) : undefined
  }
  if (keepRescue(files, place, claim, outcome) === undefined) throw new RecordError('its claim is damaged')
  return undefined
}

/** The folder that has the claim. Never throws: the id of a call may be on its way there. */
function homeOf({ place, files }: Session, claim: Claim): RecordPlace {
  if (place.others === undefined) return place
  try {
    const isHere = (single: RecordPlace): boolean =>
      findAttempt(single, findFileName(single.attempts, claim, files), files)?.attemptId === claim.attemptId
    return singlePlaces(place).find(isHere) ?? place
  } catch {
    return place
  }
}

function sweep({ place, files }: Session): void {
  try {
    for (const name of files.readdirSync(place.attempts)) {
      if (isTemporary(name)) removeQuietly(files, join(place.attempts, name))
    }
  } catch {
    // Leftovers are harmless, and reading the attempts will report a folder that cannot be read.
  }
}

/** One line with all that a person needs, should nothing else survive. */
function describe(claim: Claim, outcome: Outcome): string {
  const callId = outcome.kind === 'placed' ? ` call-id=${quote(outcome.callId)}` : ''
  const kind = outcome.kind.toUpperCase()
  return `callctl: ${kind} address=${quote(claim.address)} attempt=${quote(claim.attemptId)}${callId}`
}

const quote = (text: string): string => (/^[\w.@:+=~-]+$/.test(text) ? text : JSON.stringify(text))
