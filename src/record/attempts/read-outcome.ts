import { isJsonObject } from '../../model/json.js'
import { isCallId, isEvidence, isOptionalText, isOptionalWitness, isText } from '../disk/forms.js'
import type { AnyOutcome } from './claim-form.js'

const neededTexts: Readonly<Record<AnyOutcome['kind'], readonly string[]>> = {
  placed: ['at'],
  accepted: ['at'],
  refused: ['code', 'message', 'at'],
  'not-sent': ['reason', 'at'],
  uncertain: ['reason', 'at'],
}

/** What has an outcome's form; undefined for anything else. */
export function readOutcome(value: unknown): AnyOutcome | undefined {
  if (!isJsonObject(value)) return undefined
  const { kind, status, callId, evidence, named } = value
  if (!isText(kind) || !Object.hasOwn(neededTexts, kind)) return undefined
  const hasForm =
    neededTexts[kind as AnyOutcome['kind']].every((key) => isText(value[key])) &&
    ['callChainId', 'graphOperation', 'requestId', 'raw', 'sharedWith'].every((key) =>
      isOptionalText(value[key]),
    ) &&
    (typeof status === 'number' || (status === undefined && kind !== 'refused')) &&
    (kind !== 'placed' || (isCallId(callId) && isEvidence(evidence))) &&
    isOptionalWitness(value['witness']) &&
    (named === undefined || (Array.isArray(named) && named.every(isCallId)))
  return hasForm ? (value as unknown as AnyOutcome) : undefined
}
