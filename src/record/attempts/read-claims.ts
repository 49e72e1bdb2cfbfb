import { join } from 'node:path'
import { keyOfAddress } from '../../model/address.js'
import { RecordError } from '../../model/errors.js'
import type { FileSystem } from '../disk/file-system.js'
import { errorCode, readFile } from '../disk/file-system.js'
import { encodeName, isFileNameOf, readFileName } from '../disk/names.js'
import { type RecordPlace, singlePlaces } from '../folders/folders.js'
import { haveTwoCalls, isFinal, isFurther, isSettled } from '../lockfile/outcome-order.js'
import type { Slot } from './claim-file.js'
import { claimFileSize, lineSize, readClaimLine, readSlot } from './claim-file.js'
import type { AnyOutcome, ClaimForm, Numbered, Recorded } from './claim-form.js'
import type { Rescue } from './rescue.js'
import { readRescues, readTemporaryRescue } from './rescue.js'

/** Every attempt on disk, sorted by address and number. What cannot be read is `damage`, never left out. */
export const readClaims = <Claim extends Numbered, End extends AnyOutcome>(
  form: ClaimForm<Claim, End>,
  place: RecordPlace,
  files: FileSystem,
): readonly Recorded<Claim, End>[] =>
  singlePlaces(place)
    .flatMap((single) => readFolder(form, single, files))
    .sort(byAddressAndNumber)

function readFolder<Claim extends Numbered, End extends AnyOutcome>(
  form: ClaimForm<Claim, End>,
  place: RecordPlace,
  files: FileSystem,
): readonly Recorded<Claim, End>[] {
  const names = listFolder(form, place, files)
  const rescues = readRescues(form, files, place)
  const claims = names.map((name) =>
    readClaim(form, { place, name, rescues: rescues.get(name) ?? [], files }),
  )
  const known = new Set(names)
  for (const [name, found] of rescues) {
    if (!known.has(name)) claims.push(complete(form, damaged(form, name, 'the claim is missing'), found))
  }
  return claims
}

/** Whether there is any claim, without reading them all. */
export const hasClaims = <Claim extends Numbered, End extends AnyOutcome>(
  form: ClaimForm<Claim, End>,
  place: RecordPlace,
  files: FileSystem,
): boolean =>
  singlePlaces(place).some(
    (single) => listFolder(form, single, files).length > 0 || readRescues(form, files, single).size > 0,
  )

/** One claim of one folder by the name of its file; undefined when neither a claim nor a rescue file has it. */
export function findClaim<Claim extends Numbered, End extends AnyOutcome>(
  form: ClaimForm<Claim, End>,
  place: RecordPlace,
  name: string,
  files: FileSystem,
): Recorded<Claim, End> | undefined {
  const rescues = readRescues(form, files, place).get(name) ?? []
  if (listFolder(form, place, files).includes(name)) return readClaim(form, { place, name, rescues, files })
  return rescues.length === 0
    ? undefined
    : complete(form, damaged(form, name, 'the claim is missing'), rescues)
}

/** Names with an `@`; hidden ones are temporary, and the others are the record's own folders and `lineage`. */
function listFolder<Claim extends Numbered, End extends AnyOutcome>(
  { besideSuffix }: ClaimForm<Claim, End>,
  place: RecordPlace,
  files: FileSystem,
): readonly string[] {
  const isBeside = (name: string): boolean => besideSuffix !== undefined && name.endsWith(besideSuffix)
  try {
    return files
      .readdirSync(place.attempts)
      .filter((name) => name.includes('@') && !name.startsWith('.') && !isBeside(name))
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return []
    const message = `${place.attempts}, a folder of the record, cannot be read (${errorCode(cause)})`
    throw new RecordError(
      message,
      'Without it nobody knows what was dialed before: repair its permissions.',
      {
        cause,
      },
    )
  }
}

interface Found<Claim extends Numbered, End extends AnyOutcome> {
  readonly place: RecordPlace
  readonly name: string
  readonly rescues: readonly (Rescue<Claim, End> | undefined)[]
  readonly files: FileSystem
}

function readClaim<Claim extends Numbered, End extends AnyOutcome>(
  form: ClaimForm<Claim, End>,
  { place, name, rescues, files }: Found<Claim, End>,
): Recorded<Claim, End> {
  const path = join(place.attempts, name)
  const { claims, keeps = false } = place.seen ?? {}
  const known = claims?.get(path) as Recorded<Claim, End> | undefined
  // No outcome takes the place of a final one; what a rescue file says beside it is read each time.
  if (known !== undefined) return complete(form, known, rescues)
  try {
    const { bytes, status } = readFile(files, path, claimFileSize)
    const claim = parseClaimFile(form, name, bytes, status.size)
    const isWhole = claim.damage === undefined
    if (keeps && isWhole && isFinal(claim.outcome)) claims?.set(path, claim)
    if (isWhole && isSettled(claim.outcome)) return complete(form, claim, rescues)
    const last = readTemporaryRescue(form, files, place, { id: form.idOf(claim), owner: status.uid })
    const isOwn = last !== undefined && isFileNameOf(name, last.claim)
    return complete(form, claim, isOwn ? [...rescues, last] : rescues)
  } catch (cause) {
    refusePassing(place, name, cause)
    const damage = `the file cannot be read: ${errorCode(cause)}`
    return complete(form, damaged(form, name, damage), rescues)
  }
}

/** Trouble of the disk, of permissions or of this process, which may pass. */
const passing: ReadonlySet<string> = new Set([
  'EIO',
  'EROFS',
  'EACCES',
  'EPERM',
  'ESTALE',
  'EBUSY',
  'ETIMEDOUT',
  'EMFILE',
  'ENFILE',
  'ENOMEM',
  'EINTR',
])

/** It says nothing of the record, and written down as damage it would outlast itself in the lockfile. */
function refusePassing(place: RecordPlace, name: string, cause: unknown): void {
  const code = errorCode(cause)
  if (!passing.has(code)) return
  const hint = 'Without it nobody knows what was dialed before: repair the disk or its permissions.'
  throw new RecordError(`${join(place.attempts, name)} cannot be read (${code})`, hint, { cause })
}

function parseClaimFile<Claim extends Numbered, End extends AnyOutcome>(
  form: ClaimForm<Claim, End>,
  name: string,
  bytes: Buffer,
  size: number,
): Recorded<Claim, End> {
  const claim = readClaimLine(form, bytes.subarray(0, lineSize))
  const slot = readSlot(form, bytes.subarray(lineSize))
  const isStrange = claim !== undefined && slot.kind === 'written' && slot.id !== form.idOf(claim)
  const damage = [
    size === claimFileSize ? '' : `the file has ${size} bytes, not ${claimFileSize}`,
    claim === undefined ? 'the claim cannot be read' : '',
    claim !== undefined && !isFileNameOf(name, claim) ? 'the file has the name of another attempt' : '',
    slot.kind === 'torn' ? 'the outcome cannot be read' : '',
    isStrange ? 'the outcome belongs to another attempt' : '',
  ]
    .filter((text) => text !== '')
    .join('; ')
  return {
    ...(claim ?? guessClaim(form, name, bytes, slot)),
    ...(slot.kind === 'written' && !isStrange ? { outcome: slot.outcome } : {}),
    ...(damage === '' ? {} : { damage }),
  }
}

/** A broken claim may still show its whole address, which a long file name, cut and hashed, does not. */
function guessClaim<Claim extends Numbered, End extends AnyOutcome>(
  form: ClaimForm<Claim, End>,
  name: string,
  bytes: Buffer,
  slot: Slot<End>,
): Claim {
  const text = /^\{"record":\{"address":("(?:[^"\\]|\\.)*")/.exec(bytes.toString('utf8'))?.[1]
  const known = slot.kind === 'written' ? { [form.idKey]: slot.id } : {}
  const guess: Claim = { ...form.unknown(readFileName(name)), ...known }
  if (!name.includes('~')) return guess
  try {
    const address = String(JSON.parse(text ?? '""'))
    const isNamed = [keyOfAddress(address), address].some((text) => name.startsWith(`${encodeName(text)}@`))
    return isNamed && address !== '' ? { ...guess, address } : guess
  } catch {
    return guess
  }
}

const damaged = <Claim extends Numbered, End extends AnyOutcome>(
  form: ClaimForm<Claim, End>,
  name: string,
  damage: string,
): Recorded<Claim, End> => ({ ...form.unknown(readFileName(name)), damage })

/** A rescue file says what the slot, or a whole damaged file, cannot. */
function complete<Claim extends Numbered, End extends AnyOutcome>(
  form: ClaimForm<Claim, End>,
  claim: Recorded<Claim, End>,
  rescues: readonly (Rescue<Claim, End> | undefined)[],
): Recorded<Claim, End> {
  const whole = rescues.reduce<Recorded<Claim, End>>(
    (each, rescue) => completeOnce(form, each, rescue),
    claim,
  )
  const outcomes = [claim.outcome, ...rescues.map((rescue) => rescue?.outcome)]
  return haveTwoCalls(outcomes) ? addDamage(whole, 'its records hold two call ids') : whole
}

function completeOnce<Claim extends Numbered, End extends AnyOutcome>(
  form: ClaimForm<Claim, End>,
  claim: Recorded<Claim, End>,
  rescue: Rescue<Claim, End> | undefined,
): Recorded<Claim, End> {
  if (rescue === undefined) {
    return isSettled(claim.outcome) ? claim : addDamage(claim, 'its rescue file cannot be read')
  }
  if (form.idOf(claim) !== '' && form.idOf(claim) !== form.idOf(rescue.claim)) {
    return addDamage(claim, 'its rescue file belongs to another attempt')
  }
  const { damage, outcome: standing, ...known } = claim
  const outcome = isFurther(rescue.outcome, standing) ? rescue.outcome : (standing ?? rescue.outcome)
  const kept = isSettled(outcome) || damage === undefined ? {} : { damage }
  return { ...known, ...rescue.claim, outcome, ...kept }
}

const addDamage = <Claim extends Numbered, End extends AnyOutcome>(
  claim: Recorded<Claim, End>,
  damage: string,
): Recorded<Claim, End> => ({
  ...claim,
  damage: claim.damage === undefined ? damage : `${claim.damage}; ${damage}`,
})

export const byAddressAndNumber = (a: Numbered, b: Numbered): number =>
  a.address < b.address ? -1 : a.address > b.address ? 1 : a.number - b.number
