import { isJsonObject } from '../model/json.js'
import {
  isAddress,
  isCallId,
  isEvidence,
  isOptionalText,
  isOptionalWitness,
  isText,
  isUuid,
} from './forms.js'

/** What is wrong in a parsed lockfile, and at which key of which object. */
export interface Fault {
  readonly message: string
  readonly hint?: string
  readonly holder: object
  readonly key: string
}

const states: ReadonlySet<unknown> = new Set(['placed', 'uncertain', 'ended', 'failed'])
const neededTexts = ['digest', 'attempt', 'endpoint']
const optionalTexts = [
  'foldedDigest',
  'cloud',
  'tenantId',
  'placedAt',
  'endedAt',
  'requestId',
  'callChainId',
  'reason',
]

const restore = 'Restore the file with git.'

/** The first fault of a parsed lockfile. `visit` sees each value of `calls` that is found whole, in the same pass. */
export function findFault(root: unknown, visit?: (entry: unknown) => void): Fault | undefined {
  if (!isJsonObject(root)) return fault({}, '', 'the file holds no JSON object')
  const { lockfileVersion, lineage, calls } = root
  if (lockfileVersion !== 1) return versionFault(root, lockfileVersion)
  if (!isUuid(lineage)) return fault(root, 'lineage', '`lineage` is missing or no UUID')
  if (!isJsonObject(calls)) return fault(root, 'calls', '`calls` is missing or no object')
  for (const address of Object.keys(calls)) {
    const found = isAddress(address)
      ? findEntryFault(calls, address)
      : fault(calls, address, `${JSON.stringify(address.slice(0, 80))} is no address`)
    if (found !== undefined) return found
    visit?.(calls[address])
  }
  return findForgottenFault(root)
}

/** Misread, it could free an address. */
function findForgottenFault(root: Readonly<Record<string, unknown>>): Fault | undefined {
  const { forgotten } = root
  if (forgotten === undefined) return undefined
  if (!isJsonObject(forgotten)) return fault(root, 'forgotten', '`forgotten` is no object')
  for (const address of Object.keys(forgotten)) {
    const list: unknown = forgotten[address]
    const isWhole =
      isAddress(address) &&
      Array.isArray(list) &&
      list.every(
        (each: unknown) => isJsonObject(each) && isUuid(each['attempt']) && states.has(each['state']),
      )
    if (!isWhole) return fault(forgotten, address, 'what is forgotten is no list of attempts')
  }
  return undefined
}

function versionFault(root: object, version: unknown): Fault {
  if (typeof version === 'number' && version > 1) {
    const message = `\`lockfileVersion\` ${version}: written by a newer callctl`
    return {
      message,
      hint: 'Update callctl; this version leaves the file as it is.',
      holder: root,
      key: 'lockfileVersion',
    }
  }
  return fault(root, 'lockfileVersion', '`lockfileVersion` is missing or not 1')
}

function findEntryFault(calls: Readonly<Record<string, unknown>>, address: string): Fault | undefined {
  const entry = calls[address]
  if (!isJsonObject(entry)) return fault(calls, address, 'an entry is no object')
  for (const key of neededTexts)
    if (!isText(entry[key])) return fault(entry, key, `\`${key}\` is missing or no text`, calls, address)
  return findAttemptFault(entry, calls, address) ?? findEarlierFault(entry)
}

function findEarlierFault(entry: Readonly<Record<string, unknown>>): Fault | undefined {
  const { attempts } = entry
  if (attempts === undefined) return undefined
  if (!Array.isArray(attempts)) return fault(entry, 'attempts', '`attempts` is no list')
  for (const [index, earlier] of attempts.entries()) {
    if (!isJsonObject(earlier) || !isText(earlier['attempt']) || !isOptionalText(earlier['digest'])) {
      return fault(attempts, String(index), 'an earlier attempt has no id')
    }
    const found = findAttemptFault(earlier, attempts, String(index))
    if (found !== undefined) return found
  }
  return undefined
}

/** What entries and earlier attempts have in common. */
function findAttemptFault(
  attempt: Readonly<Record<string, unknown>>,
  holder: object,
  key: string,
): Fault | undefined {
  const { state, callId, evidence } = attempt
  if (!states.has(state)) {
    return fault(attempt, 'state', '`state` is none of placed, uncertain, ended, failed', holder, key)
  }
  if (callId === undefined && (state === 'placed' || state === 'ended')) {
    return fault(holder, key, `\`callId\` is missing, though the call is ${state}`)
  }
  if (callId !== undefined && !isCallId(callId)) return fault(attempt, 'callId', '`callId` is no call id')
  if (evidence !== undefined && !isEvidence(evidence)) {
    return fault(attempt, 'evidence', '`evidence` is none of http-201, webhook, person')
  }
  if (!isOptionalWitness(attempt['witness'])) {
    return fault(attempt, 'witness', '`witness` does not say when')
  }
  for (const name of optionalTexts)
    if (!isOptionalText(attempt[name])) return fault(attempt, name, `\`${name}\` is no text`)
  return undefined
}

/** At a key that is missing, the fault stands at its object instead. */
function fault(object: object, key: string, message: string, holder?: object, holderKey?: string): Fault {
  if (holder === undefined || holderKey === undefined || Object.hasOwn(object, key)) {
    return { message, hint: restore, holder: object, key }
  }
  return { message, hint: restore, holder, key: holderKey }
}
