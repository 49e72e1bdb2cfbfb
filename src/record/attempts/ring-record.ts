import { isJsonObject } from '../../model/json.js'
import type { RingClaim, RingOutcome } from '../../model/operation.js'
import { isAddress, isCallId, isOptionalText, isOptionalWitness, isText, isUuid } from '../disk/forms.js'
import { formatLine, lineSize, readOutcome, seal, unseal } from './attempt-record.js'
import { boundOutcome } from './bound-outcome.js'

// The text of a ring's file, as an attempt's: the claim on the first line, the outcome in the slot after it.

export const formatRingFile = (claim: RingClaim): Buffer => Buffer.concat([formatLine(claim), formatLine()])

export const formatRingSlot = (claim: RingClaim, outcome: RingOutcome): Buffer =>
  formatLine({ operationId: claim.operationId, ...boundOutcome(outcome, lineSize - 256) })

/** What a rescue file holds. */
export const formatRingRescue = (claim: RingClaim, outcome: RingOutcome): Buffer =>
  Buffer.from(`${seal({ claim, outcome: boundOutcome(outcome, 8 * lineSize) })}\n`)

export function readRingRescue(bytes: Buffer): RingOutcome | undefined {
  return readRingOutcome(unseal(bytes)?.['outcome'])
}

export const readRingClaim = (bytes: Buffer): RingClaim | undefined => {
  const value = unseal(bytes)
  return isRingClaim(value) ? value : undefined
}

export type RingSlot =
  | { readonly kind: 'blank' }
  | { readonly kind: 'torn' }
  | { readonly kind: 'written'; readonly operationId: string; readonly outcome: RingOutcome }

export function readRingSlot(bytes: Buffer): RingSlot {
  if (/^[ \n]*$/.test(bytes.toString('latin1'))) return { kind: 'blank' }
  const { operationId, ...rest } = unseal(bytes) ?? {}
  const outcome = readRingOutcome(rest)
  if (!isText(operationId) || outcome === undefined) return { kind: 'torn' }
  return { kind: 'written', operationId, outcome }
}

/** Whether a claim may be written, or believed. */
export function isRingClaim(value: unknown): value is RingClaim {
  if (!isJsonObject(value)) return false
  const { address, number, operationId, operation, callId, rings } = value
  return (
    isAddress(address) &&
    Number.isSafeInteger(number) &&
    Number(number) >= 1 &&
    Number(number) < 1e9 &&
    isUuid(operationId) &&
    (operation === 'invite' || operation === 'transfer') &&
    isCallId(callId) &&
    Number.isSafeInteger(rings) &&
    ['digest', 'route', 'cloud', 'claimedAt'].every((key) => isText(value[key])) &&
    ['once', 'operator'].every((key) => isOptionalText(value[key]))
  )
}

function readRingOutcome(value: unknown): RingOutcome | undefined {
  if (!isJsonObject(value)) return undefined
  if (value['kind'] !== 'accepted') {
    const outcome = readOutcome(value)
    return outcome?.kind === 'placed' ? undefined : outcome
  }
  const hasForm =
    isText(value['at']) &&
    ['graphOperation', 'requestId'].every((key) => isOptionalText(value[key])) &&
    (value['status'] === undefined || typeof value['status'] === 'number') &&
    isOptionalWitness(value['witness'])
  return hasForm ? (value as unknown as RingOutcome) : undefined
}
