import { join } from 'node:path'
import { RecordError } from '../../model/errors.js'
import type { FileSystem } from '../disk/file-system.js'
import {
  closeQuietly,
  errorCode,
  makeFolder,
  removeQuietly,
  rewriteFlags,
  writeAll,
} from '../disk/file-system.js'
import { formatFileName } from '../disk/names.js'
import { publishingFile } from '../disk/publish-file.js'
import type { Syncing } from '../disk/syncing.js'
import { type RecordPlace, singlePlaces } from '../folders/folders.js'
import { haveTwoCalls, isFurther } from '../lockfile/outcome-order.js'
import { findClaimFault, formatClaimFile, formatSlot, lineSize, readSlot } from './claim-file.js'
import { type AnyOutcome, type ClaimForm, type Numbered, quote } from './claim-form.js'
import { type HeldClaim, isUntouched, keepHeld, readHeldSlot } from './held-claim.js'
import { findFileName, findTakenNames } from './old-names.js'
import { findClaim } from './read-claims.js'
import { keepRescue } from './rescue.js'

/** The claims of one form in one place, as work that may wait for the disk. Nothing is created before the first. */
export interface Claims<Claim extends Numbered, End extends AnyOutcome> {
  /** False when somebody else has the name. Throws RecordError. */
  publish(claim: Claim): Syncing<boolean>
  /** Throws RecordError; the outcome was then kept elsewhere, or is in its message. */
  settle(claim: Claim, outcome: End): Syncing<void>
  /** Whether this process's claim is as it was made. */
  isOpen(claim: Claim): boolean
  /** Removes what interrupted runs left half written. Only for the one run that holds the run lock. */
  sweep(): void
}

export function startClaims<Claim extends Numbered, End extends AnyOutcome>(
  form: ClaimForm<Claim, End>,
  place: RecordPlace,
  files: FileSystem,
): Claims<Claim, End> {
  const session: Session<Claim, End> = {
    form,
    place,
    files,
    claimed: new Map(),
    taken: undefined,
    failure: undefined,
  }
  return {
    publish: (claim) => publish(session, claim),
    settle: (claim, outcome) => settle(session, claim, outcome),
    isOpen: (claim) => {
      const held = session.claimed.get(form.idOf(claim))
      return held !== undefined && isUntouched(files, held)
    },
    sweep: () => sweep(session),
  }
}

interface Session<Claim extends Numbered, End extends AnyOutcome> {
  readonly form: ClaimForm<Claim, End>
  readonly place: RecordPlace
  readonly files: FileSystem
  /** Claim files still open, by the claim's id, so that no look-up can fail between claim and outcome. */
  readonly claimed: Map<string, HeldClaim>
  /** Names that claims of older versions have; undefined until the folders are ready. */
  taken: ReadonlySet<string> | undefined
  /** After one outcome could not be written, no further call may be dialed. */
  failure: string | undefined
}

const temporaryPrefix = '.claim-'

/** Whether a run that was interrupted left this file behind. */
export const isTemporary = (name: string): boolean => name.startsWith(temporaryPrefix)

function* publish<Claim extends Numbered, End extends AnyOutcome>(
  session: Session<Claim, End>,
  claim: Claim,
): Syncing<boolean> {
  const { form, place, files, failure } = session
  const fault = failure ?? findClaimFault(form, claim)
  if (fault !== undefined) throw refusal(session, claim, fault)
  try {
    const bytes = formatClaimFile(form, claim)
    session.taken ??= prepareFolders(session)
    if (session.taken.has(formatFileName(claim))) return false
    const path = join(place.attempts, formatFileName(claim))
    const file = yield* publishingFile(files, {
      path,
      temporary: join(place.attempts, `${temporaryPrefix}${form.idOf(claim)}`),
      bytes,
      mode: 0o600,
    })
    if (file === undefined) return false
    session.claimed.set(form.idOf(claim), { path, file, bytes })
    return true
  } catch (cause) {
    throw refusal(session, claim, errorCode(cause), cause)
  }
}

/** The rescue folder is made while there is still room for it. */
function prepareFolders<Claim extends Numbered, End extends AnyOutcome>({
  form,
  files,
  place,
}: Session<Claim, End>): ReadonlySet<string> {
  makeFolder(files, place.attempts)
  makeFolder(files, place.rescue)
  return findTakenNames(form, place.attempts, files)
}

function refusal<Claim extends Numbered, End extends AnyOutcome>(
  { form }: Session<Claim, End>,
  claim: Claim,
  reason: string,
  cause?: unknown,
): RecordError {
  const what = form.nameOf(claim)
  const message = `${quote(claim.address)}: ${what} is not claimed, nothing was sent: ${reason}`
  const hint = 'If its file was left behind, it shows as uncertain; it did not ring.'
  return new RecordError(message, hint, { cause })
}

function* settle<Claim extends Numbered, End extends AnyOutcome>(
  session: Session<Claim, End>,
  claim: Claim,
  outcome: End,
): Syncing<void> {
  const { form, files } = session
  const held = session.claimed.get(form.idOf(claim))
  session.claimed.delete(form.idOf(claim))
  try {
    const file = findSlot(session, claim, outcome, held)
    if (file !== undefined) yield* writeSlot(files, file, formatSlot(form, claim, outcome))
  } catch (cause) {
    if (cause instanceof SettledError) throw cause
    session.failure = 'an earlier outcome could not be recorded'
    const kept = keepRescue(form, files, homeOf(session, claim), { claim, outcome })
    const fate = kept === undefined ? 'NOT RECORDED' : `KEPT IN ${kept}`
    const hint = 'The record cannot be written: repair the disk before the next run.'
    throw new RecordError(`${form.describe(claim, outcome)} ${fate} (${errorCode(cause)})`, hint, { cause })
  }
}

/** Somebody may have settled a claim of this process while it stood still: then the further outcome stands. */
function findSlot<Claim extends Numbered, End extends AnyOutcome>(
  session: Session<Claim, End>,
  claim: Claim,
  outcome: End,
  held: HeldClaim | undefined,
): number | undefined {
  const file = held === undefined ? undefined : keepHeld(session.files, held)
  if (file === undefined) return reopen(session, claim, outcome)
  if (!isRuled(session, file)) return file
  closeQuietly(session.files, file)
  return reopen(session, claim, outcome)
}

/** What cannot be read is no sign of a ruling. */
function isRuled<Claim extends Numbered, End extends AnyOutcome>(
  { form, files }: Session<Claim, End>,
  file: number,
): boolean {
  try {
    return readSlot(form, readHeldSlot(files, file)).kind === 'written'
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
 * is recorded, or a damaged claim, whose file nobody should trust, got a rescue file instead.
 */
function reopen<Claim extends Numbered, End extends AnyOutcome>(
  session: Session<Claim, End>,
  claim: Claim,
  outcome: End,
): number | undefined {
  const { form, files } = session
  const place = homeOf(session, claim)
  const name = findFileName(place.attempts, claim, files)
  const found = findClaim(form, place, name, files)
  if (found === undefined) throw new RecordError('its claim is missing')
  if (form.idOf(found) !== form.idOf(claim)) throw new RecordError('its claim is another one’s')
  const standing = found.outcome
  if (haveTwoCalls([standing, outcome])) throw new RecordError('another id is recorded')
  if (!isFurther(outcome, standing) && standing?.kind !== outcome.kind) {
    const what = form.nameOf(claim)
    throw new SettledError(`${quote(claim.address)}: ${what} is already recorded as ${standing?.kind}`)
  }
  if (found.damage === undefined) {
    return isFurther(outcome, standing) ? files.openSync(join(place.attempts, name), rewriteFlags) : undefined
  }
  const kept = keepRescue(form, files, place, { claim, outcome })
  if (kept === undefined) throw new RecordError('its claim is damaged')
  return undefined
}

/** The folder that has the claim. Never throws: the id of a call may be on its way there. */
function homeOf<Claim extends Numbered, End extends AnyOutcome>(
  { form, place, files }: Session<Claim, End>,
  claim: Claim,
): RecordPlace {
  if (place.others === undefined) return place
  try {
    const isHere = (single: RecordPlace): boolean => {
      const found = findClaim(form, single, findFileName(single.attempts, claim, files), files)
      return found !== undefined && form.idOf(found) === form.idOf(claim)
    }
    return singlePlaces(place).find(isHere) ?? place
  } catch {
    return place
  }
}

function sweep<Claim extends Numbered, End extends AnyOutcome>({ place, files }: Session<Claim, End>): void {
  try {
    for (const name of files.readdirSync(place.attempts)) {
      if (isTemporary(name)) removeQuietly(files, join(place.attempts, name))
    }
  } catch {
    // Leftovers are harmless, and reading the claims will report a folder that cannot be read.
  }
}
