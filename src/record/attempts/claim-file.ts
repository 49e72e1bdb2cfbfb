import { createHash } from 'node:crypto'
import { RecordError } from '../../model/errors.js'
import type { JsonObject } from '../../model/json.js'
import { isJsonObject } from '../../model/json.js'
import { isText } from '../disk/forms.js'
import { boundOutcome } from './bound-outcome.js'
import type { AnyOutcome, ClaimForm, Numbered } from './claim-form.js'

// The text of a claim file: two lines of 4096 bytes, each JSON with a checksum, padded with spaces. The first is
// the claim. The second is the slot: blank at first, so that writing the outcome later needs no free block.

export const lineSize = 4096
export const claimFileSize = 2 * lineSize

export const formatClaimFile = <Claim extends Numbered, End extends AnyOutcome>(
  form: ClaimForm<Claim, End>,
  claim: Claim,
): Buffer => Buffer.concat([formatLine(form.pick(claim)), formatLine()])

/** The slot's line. Long texts are cut until it fits; a call's id never is. */
export const formatSlot = <Claim extends Numbered, End extends AnyOutcome>(
  form: ClaimForm<Claim, End>,
  claim: Claim,
  outcome: End,
): Buffer => formatLine({ [form.idKey]: form.idOf(claim), ...boundOutcome(outcome, lineSize - 256) })

/** What a rescue file holds: claim and outcome. */
export const formatRescue = <Claim extends Numbered, End extends AnyOutcome>(
  form: ClaimForm<Claim, End>,
  claim: Claim,
  outcome: End,
): Buffer =>
  Buffer.from(`${seal({ claim: form.pick(claim), outcome: boundOutcome(outcome, 8 * lineSize) })}\n`)

export const readClaimLine = <Claim extends Numbered, End extends AnyOutcome>(
  form: ClaimForm<Claim, End>,
  bytes: Buffer,
): Claim | undefined => form.read(unseal(bytes))

export type Slot<End extends AnyOutcome> =
  | { readonly kind: 'blank' }
  | { readonly kind: 'torn' }
  /** `id`: of the claim that it belongs to. */
  | { readonly kind: 'written'; readonly id: string; readonly outcome: End }

export function readSlot<Claim extends Numbered, End extends AnyOutcome>(
  form: ClaimForm<Claim, End>,
  bytes: Buffer,
): Slot<End> {
  if (/^[ \n]*$/.test(bytes.toString('latin1'))) return { kind: 'blank' }
  const { [form.idKey]: id, ...rest } = unseal(bytes) ?? {}
  const outcome = form.readOutcome(rest)
  if (!isText(id) || outcome === undefined) return { kind: 'torn' }
  return { kind: 'written', id, outcome }
}

export function readRescue<Claim extends Numbered, End extends AnyOutcome>(
  form: ClaimForm<Claim, End>,
  bytes: Buffer,
): { readonly claim: Claim; readonly outcome: End } | undefined {
  const record = unseal(bytes)
  const claim = form.read(record?.['claim'], true)
  const outcome = form.readOutcome(record?.['outcome'])
  return claim === undefined || outcome === undefined ? undefined : { claim, outcome }
}

/** Why this claim may not be written; undefined when it may. */
export function findClaimFault<Claim extends Numbered, End extends AnyOutcome>(
  form: ClaimForm<Claim, End>,
  claim: Claim,
): string | undefined {
  const isWhole = form.read(claim) !== undefined && claim.number >= 1 && claim.number < 1e9
  return isWhole ? undefined : 'the claim has no valid address, number or id'
}

/** One line of a claim file; blank without a record. */
function formatLine(record?: object): Buffer {
  const bytes = Buffer.alloc(lineSize, ' ')
  bytes.write('\n', lineSize - 1)
  const text = record === undefined ? '' : seal(record)
  if (Buffer.byteLength(text) >= lineSize) {
    throw new RecordError(`a record of ${Buffer.byteLength(text)} bytes does not fit into ${lineSize}`)
  }
  bytes.write(text, 0)
  return bytes
}

const seal = (record: object): string => JSON.stringify({ record, sha256: checksum(record) })

const checksum = (record: object): string => createHash('sha256').update(JSON.stringify(record)).digest('hex')

/** The record, when the checksum holds. */
function unseal(bytes: Buffer): JsonObject | undefined {
  try {
    const sealed: unknown = JSON.parse(bytes.toString('utf8'))
    if (!isJsonObject(sealed) || !isJsonObject(sealed['record'])) return undefined
    return sealed['sha256'] === checksum(sealed['record']) ? sealed['record'] : undefined
  } catch {
    return undefined
  }
}
