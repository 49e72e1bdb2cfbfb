import { isJsonObject } from '../model/json.js'
import type { SavedChange, SavedPlan } from '../model/plan.js'
import { isAddress, isOptionalText, isText, isUuid } from './forms.js'

type Properties = Readonly<Record<string, unknown>>

/** Whether it has the form of a plan; its seal says already that callctl wrote it. */
export function isSavedPlan(plan: object): plan is SavedPlan {
  const { createdAt, callctl, destination, tenantId, lineage, isFirst, changes } = plan as Properties
  if (!isText(createdAt) || Number.isNaN(Date.parse(createdAt))) return false
  if (!isText(callctl) || !isText(destination) || !isOptionalText(tenantId)) return false
  if (!isUuid(lineage) || typeof isFirst !== 'boolean' || !Array.isArray(changes)) return false
  return changes.every(isSavedChange) && areApart(changes)
}

/** One address or one attempt id twice would ring twice. */
function areApart(changes: readonly SavedChange[]): boolean {
  const addresses = changes.flatMap(({ address, movedFrom }) => [address, ...(movedFrom ? [movedFrom] : [])])
  const ids = changes.flatMap(({ attemptId }) => (attemptId === undefined ? [] : [attemptId.toLowerCase()]))
  return new Set(addresses).size === addresses.length && new Set(ids).size === ids.length
}

function isSavedChange(change: unknown): change is SavedChange {
  if (!isJsonObject(change)) return false
  const { address, action, reason, entry, movedFrom, payload, attemptId } = change
  if (!isAddress(address) || !isText(reason) || !isSavedEntry(entry)) return false
  if (movedFrom !== undefined && !isAddress(movedFrom)) return false
  if (action === 'hang-up') return entry !== null && payload === undefined && attemptId === undefined
  if (action === 'none' || action === 'changed') return movedFrom !== undefined && attemptId === undefined
  if (action === 'redial' && entry === null) return false
  return (action === 'place' || action === 'redial') && isUuid(attemptId) && isSavedPayload(payload)
}

const states: ReadonlySet<unknown> = new Set(['placed', 'uncertain', 'ended', 'failed'])

const isSavedEntry = (entry: unknown): boolean =>
  entry === null || (isJsonObject(entry) && states.has(entry['state']) && isText(entry['attempt']))

function isSavedPayload(payload: unknown): boolean {
  if (!isJsonObject(payload)) return false
  const { target, digest, touches, text } = payload
  return isTarget(target) && isText(digest) && isTouches(touches) && isText(text) && isObjectText(text)
}

const clouds: ReadonlySet<unknown> = new Set(['global', 'us-gov', 'us-gov-dod'])
const versions: ReadonlySet<unknown> = new Set(['v1.0', 'beta'])
const collections: ReadonlySet<unknown> = new Set(['communications', 'app', 'application'])
const kinds: ReadonlySet<unknown> = new Set(['peer-to-peer', 'pstn', 'group', 'meeting-join', 'guest-join'])

function isTarget(target: unknown): boolean {
  if (!isJsonObject(target)) return false
  const { cloud, version, collection, applicationId } = target
  if (!clouds.has(cloud) || !versions.has(version) || !collections.has(collection)) return false
  return collection === 'application' ? isText(applicationId) : applicationId === undefined
}

function isTouches(touches: unknown): boolean {
  if (!isJsonObject(touches)) return false
  const { kind, people, numbers, permissions } = touches
  const areTexts = Array.isArray(permissions) && permissions.every(isText)
  return kinds.has(kind) && areTexts && areCallees(people) && areCallees(numbers)
}

const areCallees = (callees: unknown): boolean =>
  Array.isArray(callees) &&
  callees.every((callee) => isJsonObject(callee) && isText(callee['id']) && isOptionalText(callee['name']))

function isObjectText(text: string): boolean {
  try {
    return isJsonObject(JSON.parse(text))
  } catch {
    return false
  }
}
