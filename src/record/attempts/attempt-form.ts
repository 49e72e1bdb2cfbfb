import { isJsonObject } from '../../model/json.js'
import type { Claim, Outcome } from '../../model/record/attempt.js'
import { isAddress, isOptionalText, isText, isUuid } from '../disk/forms.js'
import { type ClaimForm, quote } from './claim-form.js'
import { readOutcome } from './read-outcome.js'

/** Attempts to place a call: in the record's own folder. */
export const attemptForm: ClaimForm<Claim, Outcome> = {
  idKey: 'attemptId',
  idOf: ({ attemptId }) => attemptId,
  nameOf: ({ number }) => `attempt ${number}`,
  describe({ address, attemptId }, outcome) {
    const callId = outcome.kind === 'placed' ? ` call-id=${quote(outcome.callId)}` : ''
    const kind = outcome.kind.toUpperCase()
    return `callctl: ${kind} address=${quote(address)} attempt=${quote(attemptId)}${callId}`
  },
  pick,
  read(value, mayLackId = false) {
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
  },
  readOutcome(value) {
    const outcome = readOutcome(value)
    return outcome?.kind === 'accepted' ? undefined : outcome
  },
  unknown: (name) => ({ ...name, attemptId: '', digest: '', endpoint: '', cloud: '', claimedAt: '' }),
}

function pick(claim: Claim): Claim {
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
