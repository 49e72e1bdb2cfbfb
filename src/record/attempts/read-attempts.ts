import { join } from 'node:path'
import { keyOfAddress } from '../../model/address.js'
import { RecordError } from '../../model/errors.js'
import type { Attempt, Claim } from '../../model/record/attempt.js'
import type { FileSystem } from '../disk/file-system.js'
import { errorCode, nodeFileSystem, readFile } from '../disk/file-system.js'
import { encodeName, isFileNameOf, readFileName } from '../disk/names.js'
import { type RecordPlace, singlePlaces } from '../folders/folders.js'
import { haveTwoCalls, isFurther, isSettled } from '../lockfile/outcome-order.js'
import type { Slot } from './attempt-record.js'
import { claimFileSize, lineSize, readClaimLine, readSlot } from './attempt-record.js'
import type { Rescue } from './rescue.js'
import { readRescues, readTemporaryRescue } from './rescue.js'

/** Every attempt on disk, sorted by address and number. What cannot be read is `damage`, never left out. */
export const readAttempts = (place: RecordPlace, files: FileSystem = nodeFileSystem): readonly Attempt[] =>
  singlePlaces(place)
    .flatMap((single) => readFolder(single, files))
    .sort(byAddressAndNumber)

function readFolder(place: RecordPlace, files: FileSystem): readonly Attempt[] {
  const names = listFolder(place, files)
  const rescues = readRescues(files, place)
  const attempts = names.map((name) => readAttempt(place, name, rescues.get(name) ?? [], files))
  const known = new Set(names)
  for (const [name, found] of rescues) {
    if (!known.has(name)) attempts.push(complete(damaged(name, 'the claim is missing'), found))
  }
  return attempts
}

/** Whether there is any attempt, without reading them all. */
export const hasAttempts = (place: RecordPlace, files: FileSystem): boolean =>
  singlePlaces(place).some(
    (single) => listFolder(single, files).length > 0 || readRescues(files, single).size > 0,
  )

/** One attempt of one folder by the name of its file; undefined when neither a claim nor a rescue file has it. */
export function findAttempt(place: RecordPlace, name: string, files: FileSystem): Attempt | undefined {
  const found = readRescues(files, place).get(name) ?? []
  if (listFolder(place, files).includes(name)) return readAttempt(place, name, found, files)
  return found.length === 0 ? undefined : complete(damaged(name, 'the claim is missing'), found)
}

/** Names with an `@`; hidden ones are temporary, and the others are the record's own folders and `lineage`. */
function listFolder(place: RecordPlace, files: FileSystem): readonly string[] {
  try {
    return files.readdirSync(place.attempts).filter((name) => name.includes('@') && !name.startsWith('.'))
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return []
    const message = `${place.attempts}, the attempts folder, cannot be read (${errorCode(cause)})`
    throw new RecordError(
      message,
      'Without it nobody knows what was dialed before: repair its permissions.',
      {
        cause,
      },
    )
  }
}

function readAttempt(
  place: RecordPlace,
  name: string,
  rescues: readonly (Rescue | undefined)[],
  files: FileSystem,
): Attempt {
  try {
    const { bytes, status } = readFile(files, join(place.attempts, name), claimFileSize)
    const attempt = parseClaimFile(name, bytes, status.size)
    if (isSettled(attempt.outcome) && attempt.damage === undefined) return complete(attempt, rescues)
    const last = readTemporaryRescue(files, place, attempt, status.uid)
    const isOwn = last !== undefined && isFileNameOf(name, last.claim)
    return complete(attempt, isOwn ? [...rescues, last] : rescues)
  } catch (cause) {
    refusePassing(place, name, cause)
    return complete(damaged(name, `the file cannot be read: ${errorCode(cause)}`), rescues)
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

function parseClaimFile(name: string, bytes: Buffer, size: number): Attempt {
  const claim = readClaimLine(bytes.subarray(0, lineSize))
  const slot = readSlot(bytes.subarray(lineSize))
  const damage = describeDamage(name, claim, slot, size)
  const isOwn = slot.kind === 'written' && (claim === undefined || claim.attemptId === slot.attemptId)
  return {
    ...(claim ?? guessClaim(name, bytes, slot)),
    ...(isOwn ? { outcome: slot.outcome } : {}),
    ...(damage === '' ? {} : { damage }),
  }
}

function describeDamage(name: string, claim: Claim | undefined, slot: Slot, size: number): string {
  const isStrange = claim !== undefined && slot.kind === 'written' && slot.attemptId !== claim.attemptId
  return [
    size === claimFileSize ? '' : `the file has ${size} bytes, not ${claimFileSize}`,
    claim === undefined ? 'the claim cannot be read' : '',
    claim !== undefined && !isFileNameOf(name, claim) ? 'the file has the name of another attempt' : '',
    slot.kind === 'torn' ? 'the outcome cannot be read' : '',
    isStrange ? 'the outcome belongs to another attempt' : '',
  ]
    .filter((text) => text !== '')
    .join('; ')
}

/** A broken claim may still show its whole address, which a long file name, cut and hashed, does not. */
function guessClaim(name: string, bytes: Buffer, slot: Slot): Claim {
  const text = /^\{"record":\{"address":("(?:[^"\\]|\\.)*")/.exec(bytes.toString('utf8'))?.[1]
  const guess = { ...unknownClaim(name), ...(slot.kind === 'written' ? { attemptId: slot.attemptId } : {}) }
  if (!name.includes('~')) return guess
  try {
    const address = String(JSON.parse(text ?? '""'))
    const isNamed = [keyOfAddress(address), address].some((text) => name.startsWith(`${encodeName(text)}@`))
    return isNamed && address !== '' ? { ...guess, address } : guess
  } catch {
    return guess
  }
}

const unknownClaim = (name: string): Claim => ({
  ...readFileName(name),
  attemptId: '',
  digest: '',
  endpoint: '',
  cloud: '',
  claimedAt: '',
})

const damaged = (name: string, damage: string): Attempt => ({ ...unknownClaim(name), damage })

/** A rescue file says what the slot, or a whole damaged file, cannot. */
function complete(attempt: Attempt, rescues: readonly (Rescue | undefined)[]): Attempt {
  const whole = rescues.reduce(completeOnce, attempt)
  const outcomes = [attempt.outcome, ...rescues.map((rescue) => rescue?.outcome)]
  return haveTwoCalls(outcomes) ? addDamage(whole, 'its records hold two call ids') : whole
}

function completeOnce(attempt: Attempt, rescue: Rescue | undefined): Attempt {
  if (rescue === undefined) {
    return isSettled(attempt.outcome) ? attempt : addDamage(attempt, 'its rescue file cannot be read')
  }
  const { claim, outcome } = rescue
  if (attempt.attemptId !== '' && attempt.attemptId !== claim.attemptId) {
    return addDamage(attempt, 'its rescue file belongs to another attempt')
  }
  const further = isFurther(outcome, attempt.outcome) ? outcome : (attempt.outcome ?? outcome)
  const { damage, ...whole } = attempt
  return { ...whole, ...claim, outcome: further, ...(isSettled(further) || !damage ? {} : { damage }) }
}

const addDamage = (attempt: Attempt, damage: string): Attempt => ({
  ...attempt,
  damage: attempt.damage === undefined ? damage : `${attempt.damage}; ${damage}`,
})

const byAddressAndNumber = (a: Attempt, b: Attempt): number =>
  a.address < b.address ? -1 : a.address > b.address ? 1 : a.number - b.number
