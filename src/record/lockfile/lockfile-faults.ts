import { isJsonObject } from '../../model/json.js'
import { isTime } from '../../model/record/attempt-evidence.js'
import {
  isAddress,
  isAttemptId,
  isCallId,
  isCloud,
  isDigest,
  isEndpoint,
  isEvidence,
  isNameList,
  isPlainText,
  isTenant,
  isText,
  isUuid,
  isWitness,
} from '../disk/forms.js'

/** What is wrong in a parsed lockfile, and at which key of which object. */
export interface Fault {
  readonly message: string
  readonly hint?: string
  readonly holder: object
  readonly key: string
}

const states: ReadonlySet<unknown> = new Set(['placed', 'uncertain', 'ended', 'failed'])
const neededTexts = ['digest', 'attempt', 'endpoint']

/** What else an attempt may have, and what is said of another form. Nothing of another form is ever shown. */
const forms: Readonly<Record<string, readonly [(value: unknown) => boolean, string]>> = {
  attempt: [isAttemptId, 'is no UUID'],
  digest: [isDigest, 'is no SHA-256 in 64 hex digits'],
  foldedDigest: [isDigest, 'is no SHA-256 in 64 hex digits'],
  endpoint: [isEndpoint, 'is no route that calls are placed at'],
  callId: [isCallId, 'is no call id'],
  evidence: [isEvidence, 'is none of http-201, webhook, person'],
  witness: [isWitness, 'does not say when, or has what is no text'],
  cloud: [isCloud, 'is no cloud'],
  tenantId: [isTenant, 'is no UUID and no domain'],
  placedAt: [isTime, 'is no time (ISO 8601, UTC)'],
  endedAt: [isTime, 'is no time (ISO 8601, UTC)'],
  forgottenAt: [isTime, 'is no time (ISO 8601, UTC)'],
  forgottenBy: [isPlainText, 'is no text of one line'],
  requestId: [isPlainText, 'is no text of one line'],
  callChainId: [isPlainText, 'is no text of one line'],
  reason: [isPlainText, 'is no text of one line'],
  redial: [(value) => value === true, 'is not true'],
  movedFrom: [isNameList, 'is no list of addresses'],
}
const formNames = Object.keys(forms)

const restore = 'Restore the file with git.'

/** The first fault of a parsed lockfile. `visit` sees each value of `calls` that is found whole, in the same pass. */
export function findFault(root: unknown, visit?: (entry: unknown) => void): Fault | undefined {
  if (!isJsonObject(root)) return fault({}, '', 'the file holds no JSON object')
  const { lockfileVersion, lineage, record, calls } = root
  if (lockfileVersion !== 1) return versionFault(root, lockfileVersion)
  if (!isUuid(lineage)) return fault(root, 'lineage', '`lineage` is missing or no UUID')
  if (record !== undefined && !(isJsonObject(record) && record['kind'] === 'postgres'))
    return fault(root, 'record', '`record` names no kind of record that this callctl knows')
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
    if (!isAddress(address) || !Array.isArray(list)) {
      return fault(forgotten, address, 'what is forgotten is no list of attempts')
    }
    for (const [index, each] of list.entries()) {
      const isAttempt = isJsonObject(each) && isUuid(each['attempt']) && states.has(each['state'])
      if (!isAttempt) return fault(list, String(index), 'what is forgotten is no attempt')
      const found = findAttemptFault(each, list, String(index))
      if (found !== undefined) return found
    }
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
    if (!isJsonObject(earlier) || !isText(earlier['attempt'])) {
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
  const { state, callId } = attempt
  if (!states.has(state)) {
    return fault(attempt, 'state', '`state` is none of placed, uncertain, ended, failed', holder, key)
  }
  if (callId === undefined && (state === 'placed' || state === 'ended')) {
    return fault(holder, key, `\`callId\` is missing, though the call is ${state}`)
  }
  for (const name of formNames) {
    const value = attempt[name]
    if (value === undefined) continue
    const [isOfForm, message] = forms[name]!
    if (!isOfForm(value)) return fault(attempt, name, `\`${name}\` ${message}`)
  }
  return undefined
}

/** At a key that is missing, the fault stands at its object instead. */
function fault(object: object, key: string, message: string, holder?: object, holderKey?: string): Fault {
  if (holder === undefined || holderKey === undefined || Object.hasOwn(object, key)) {
    return { message, hint: restore, holder: object, key }
  }
  return { message, hint: restore, holder, key: holderKey }
}
