import { isJsonObject } from '../../model/json.js'
import type { RingClaim, RingOutcome } from '../../model/operation.js'
import { isAddress, isCallId, isOptionalText, isText, isUuid } from '../disk/forms.js'
import { type ClaimForm, quote } from './claim-form.js'
import { readOutcome } from './read-outcome.js'

/** Invitations and transfers: in a folder of their own beside the attempts. */
export const ringForm: ClaimForm<RingClaim, RingOutcome> = {
  idKey: 'operationId',
  idOf: ({ operationId }) => operationId,
  nameOf: ({ operation }) => `the ${operation}`,
  describe({ address, operation, operationId, callId }, outcome) {
    const words = `callctl: ${outcome.kind.toUpperCase()} ${operation} address=${quote(address)}`
    const graphs =
      outcome.kind === 'accepted' && outcome.graphOperation !== undefined
        ? ` graph-operation=${quote(outcome.graphOperation)}`
        : ''
    return `${words} operation=${quote(operationId)} call-id=${quote(callId)}${graphs}`
  },
  pick,
  read(value, mayLackId = false) {
    if (!isJsonObject(value)) return undefined
    const { address, number, operationId, operation, callId, rings } = value
    const hasForm =
      isAddress(address) &&
      Number.isSafeInteger(number) &&
      (isUuid(operationId) || (mayLackId && operationId === '')) &&
      (operation === 'invite' || operation === 'transfer') &&
      isCallId(callId) &&
      Number.isSafeInteger(rings) &&
      ['digest', 'route', 'cloud', 'claimedAt'].every((key) => isText(value[key])) &&
      ['once', 'operator'].every((key) => isOptionalText(value[key]))
    return hasForm ? (value as unknown as RingClaim) : undefined
  },
  readOutcome(value) {
    const outcome = readOutcome(value)
    return outcome?.kind === 'placed' ? undefined : outcome
  },
  unknown: (name) => ({
    ...name,
    operationId: '',
    operation: 'invite',
    callId: '',
    digest: '',
    rings: 0,
    route: '',
    cloud: '',
    claimedAt: '',
  }),
  besideSuffix: '.rescue.json',
}

function pick(claim: RingClaim): RingClaim {
  const { address, number, operationId, operation, callId, digest, once, rings } = claim
  const { route, cloud, claimedAt, operator } = claim
  return {
    address,
    number,
    operationId,
    operation,
    callId,
    digest,
    ...(once === undefined ? {} : { once }),
    rings,
    route,
    cloud,
    claimedAt,
    ...(operator === undefined ? {} : { operator }),
  }
}
