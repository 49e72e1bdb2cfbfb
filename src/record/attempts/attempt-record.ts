import { createHash } from 'node:crypto'
import { RecordError } from '../../model/errors.js'
import type { JsonObject } from '../../model/json.js'
import { isJsonObject } from '../../model/json.js'
import type { Claim, Outcome } from '../../model/record/attempt.js'
import {
  isAddress,
  isCallId,
  isEvidence,
  isOptionalText,
  isOptionalWitness,
  isText,
  isUuid,
} from '../disk/forms.js'
import { boundOutcome } from './bound-outcome.js'

// The text of a claim file: two lines of 4096 bytes, each JSON with a checksum, padded with spaces. The first is
// the claim. The second is the slot: blank at first, so that writing the outcome later needs no free block.

export const lineSize = 4096
export const claimFileSize = 2 * lineSize

export function formatClaimFile(claim: Claim): Buffer {
  return Buffer.concat([formatLine(claimOf(claim)), formatLine()])
}

/** The slot's line. Long texts are cut until it fits; a call's id never is. */
export function formatSlot(claim: Claim, outcome: Outcome): Buffer {
  return formatLine({ attemptId: claim.attemptId, ...boundOutcome(outcome, lineSize - 256) })
}

/** What a rescue file holds: claim and outcome. */
export const formatRescue = (claim: Claim, outcome: Outcome): Buffer =>
  Buffer.from(`${seal({ claim: claimOf(claim), outcome: boundOutcome(outcome, 8 * lineSize) })}\n`)

export const readClaimLine = (bytes: Buffer): Claim | undefined => readClaim(unseal(bytes))

export type Slot =
  | { readonly kind: 'blank' }
  | { readonly kind: 'torn' }
  | { readonly kind: 'written'; readonly attemptId: string; readonly outcome: Outcome }

export function readSlot(bytes: Buffer): Slot {
  if (/^[ \n]*$/.test(bytes.toString('latin1'))) return { kind: 'blank' }
  const { attemptId, ...rest } = unseal(bytes) ?? {}
  const outcome = readOutcome(rest)
  if (!isText(attemptId) || outcome === undefined) return { kind: 'torn' }
  return { kind: 'written', attemptId, outcome }
}

export function readRescue(bytes: Buffer): { readonly claim: Claim; readonly outcome: Outcome } | undefined {
  const record = unseal(bytes)
  const claim = readClaim(record?.['claim'], true)
  const outcome = readOutcome(record?.['outcome'])
  return claim === undefined || outcome === undefined ? undefined : { claim, outcome }
}

/** One line of a claim file; blank without a record. */
export function formatLine(record?: object): Buffer {
  const bytes = Buffer.alloc(lineSize, ' ')
  bytes.write('\n', lineSize - 1)
  const text = record === undefined ? '' : seal(record)
  if (Buffer.byteLength(text) >= lineSize) {
    throw new RecordError(`a record of ${Buffer.byteLength(text)} bytes does not fit into ${lineSize}`)
  }
  bytes.write(text, 0)
  return bytes
}

export const seal = (record: object): string => JSON.stringify({ record, sha256: checksum(record) })

const checksum = (record: object): string => createHash('sha256').update(JSON.stringify(record)).digest('hex')

/** The record, when the checksum holds. */
export function unseal(bytes: Buffer): JsonObject | undefined {
  try {
    const sealed: unknown = JSON.parse(bytes.toString('utf8'))
    if (!isJsonObject(sealed) || !isJsonObject(sealed['record'])) return undefined
    return sealed['sha256'] === checksum(sealed['record']) ? sealed['record'] : undefined
  } catch {
    return undefined
  }
}

/** An Attempt is a Claim too: only the claim's own properties are written. */
function claimOf(claim: Claim): Claim {
  const { address, number, attemptId, digest, foldedDigest, endpoint, cloud, tenantId } = claim
  const { claimedAt, operator, redial } = claim
  return {
    address,
    number,
    attemptId,
    digest,
    ...(foldedDigest === undefined ? {} : { foldedDigest }),
    endpoint,
    cloud,
    ...(tenantId === undefined ? {} : { tenantId }),
    claimedAt,
    ...(operator === undefined ? {} : { operator }),
    ...(redial === true ? { redial } : {}),
  }
}

/** The rescue file of an unreadable claim has no attempt id. */
function readClaim(value: unknown, mayLackId = false): Claim | undefined {
  if (!isJsonObject(value)) return undefined
  const { address, number, attemptId } = value
  const hasForm =
    isAddress(address) &&
    Number.isSafeInteger(number) &&
    (isUuid(attemptId) || (mayLackId && attemptId === '')) &&
    ['digest', 'endpoint', 'cloud', 'claimedAt'].every((key) => isText(value[key])) &&
    ['foldedDigest', 'tenantId', 'operator'].every((key) => isOptionalText(value[key])) &&
    (value['redial'] === undefined || value['redial'] === true)
  return hasForm ? (value as unknown as Claim) : undefined
}

/** Why this claim may not be written; undefined when it may. */
export function findClaimFault(claim: Claim): string | undefined {
  const isWhole = readClaim(claim) !== undefined && claim.number >= 1 && claim.number < 1e9
  return isWhole ? undefined : 'the claim has no valid address, number or id'
}

const isOptionalNamed = (value: unknown): boolean =>
  value === undefined || (Array.isArray(value) && value.every(isCallId))

const neededTexts: Readonly<Record<Outcome['kind'], readonly string[]>> = {
  placed: ['at'],
  refused: ['code', 'message', 'at'],
  'not-sent': ['reason', 'at'],
  uncertain: ['reason', 'at'],
}

export function readOutcome(value: unknown): Outcome | undefined {
  if (!isJsonObject(value)) return undefined
  const { kind, status, callId, evidence } = value
  if (!isText(kind) || !Object.hasOwn(neededTexts, kind)) return undefined
  const hasForm =
    neededTexts[kind as Outcome['kind']].every((key) => isText(value[key])) &&
    ['callChainId', 'requestId', 'raw', 'sharedWith'].every((key) => isOptionalText(value[key])) &&
    (typeof status === 'number' || (status === undefined && kind !== 'refused')) &&
    (kind !== 'placed' || (isCallId(callId) && isEvidence(evidence))) &&
    isOptionalWitness(value['witness']) &&
    isOptionalNamed(value['named'])
  return hasForm ? (value as unknown as Outcome) : undefined
}
