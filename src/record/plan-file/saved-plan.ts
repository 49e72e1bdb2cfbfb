import { type Action, rings } from '../../model/action.js'
import { keyOfAddress } from '../../model/address.js'
import { isJsonObject } from '../../model/json.js'
import type { SavedChange, SavedPlan } from '../../model/plan.js'
import { isAddress, isOptionalText, isText, isUuid } from '../disk/forms.js'

// The form of a saved plan. Its seal tells damage alone: anybody can make one that fits.

export type PlanHead = Omit<SavedPlan, 'changes'>

/** Whether this is all of a plan but its changes. */
export function isPlanHead(head: unknown): head is PlanHead {
  if (!isJsonObject(head)) return false
  const { createdAt, callctl, destination, tenantId, environment, lineage, workspace } = head
  if (!isTime(createdAt) || !isText(callctl) || !isText(destination)) return false
  if (!isOptionalText(tenantId) || !isOptionalText(environment) || !isUuid(lineage)) return false
  return workspace === undefined || isWorkspace(workspace)
}

/** As callctl writes it, so that no other text has another meaning for whoever reads it. */
const isTime = (value: unknown): boolean =>
  isText(value) && !Number.isNaN(Date.parse(value)) && new Date(value).toISOString() === value

const commitForm = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/
const sha256Form = /^[0-9a-f]{64}$/

function isWorkspace(workspace: unknown): boolean {
  if (!isJsonObject(workspace)) return false
  const { path, commit, folder } = workspace
  if (folder !== undefined) return isForm(folder, sha256Form) && path === undefined && commit === undefined
  return isText(path) && isForm(commit, commitForm)
}

const isForm = (value: unknown, form: RegExp): boolean => isText(value) && form.test(value)

/** One address or one attempt id twice would ring twice, however they are spelled. */
export function areApart(changes: readonly SavedChange[]): boolean {
  const addresses = changes.flatMap(({ address, movedFrom }) => [
    ...new Set([address, movedFrom ?? address].map(keyOfAddress)),
  ])
  const ids = changes.flatMap(({ attemptId }) => attemptId ?? [])
  return new Set(addresses).size === addresses.length && new Set(ids).size === ids.length
}

const idForm = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/

/** Whether it is a change that some plan could have. */
export function isSavedChange(change: unknown): change is SavedChange {
  if (!isJsonObject(change)) return false
  const { address, action, entry, movedFrom, payload, attemptId, hasLeave } = change
  if (!isAddress(address) || !isSavedEntry(entry)) return false
  if (movedFrom !== undefined && (!isAddress(movedFrom) || movedFrom === address || entry === null))
    return false
  const isPlacement = rings(action as Action)
  if (isPlacement !== (payload !== undefined) || isPlacement !== (attemptId !== undefined)) return false
  if (hasLeave !== undefined && !(isPlacement && hasLeave === true)) return false
  if (!canFollow(action, stateOf(entry), movedFrom !== undefined)) return false
  return !isPlacement || (isForm(attemptId, idForm) && isSavedPayload(payload))
}

/** What an entry allows at most; the record as it is now is asked once more. */
function canFollow(action: unknown, state: unknown, isMoved: boolean): boolean {
  if (action === 'place') return (state === undefined || state === 'failed') && !isMoved
  if (action === 'redial') return state === 'placed' || state === 'ended' || state === 'failed'
  if (action === 'hang-up') return state === 'placed' && !isMoved
  return (action === 'none' || action === 'changed') && isMoved && (state === 'placed' || state === 'ended')
}

const stateOf = (entry: unknown): unknown => (isJsonObject(entry) ? entry['state'] : undefined)

const states: ReadonlySet<unknown> = new Set(['placed', 'uncertain', 'ended', 'failed'])

const isSavedEntry = (entry: unknown): boolean =>
  entry === null || (isJsonObject(entry) && states.has(entry['state']) && isText(entry['attempt']))

function isSavedPayload(payload: unknown): boolean {
  if (!isJsonObject(payload)) return false
  const { target, digest, touches, environment, movedFrom, references, text } = payload
  if (movedFrom !== undefined && !isAddress(movedFrom)) return false
  if (environment !== undefined && !areMarks(environment)) return false
  if (references !== undefined && !areReferences(references)) return false
  return isTarget(target) && isForm(digest, sha256Form) && isTouches(touches) && isText(text)
}

const mostMarks = 100_000
const pointerForm = /^(?:\/(?:[^~/]|~[01])*)*$/

/** As callctl lists them: sorted, and none twice. Whether the text has such places, whoever knows the text tells. */
function areMarks(marks: unknown): boolean {
  if (!Array.isArray(marks) || marks.length === 0 || marks.length > mostMarks) return false
  const keys: (readonly [string, string])[] = []
  for (const mark of marks) {
    if (!isJsonObject(mark)) return false
    const { pointer, name } = mark
    if (!isText(pointer) || !isText(name) || !pointerForm.test(pointer)) return false
    keys.push([pointer, name])
  }
  return keys.slice(1).every(([pointer, name], index) => {
    const [before, other] = keys[index]!
    return before < pointer || (before === pointer && other < name)
  })
}

const mostReferences = 10_000
const properties: ReadonlySet<unknown> = new Set(['id', 'callChainId'])

/** Which of them the text has, whoever knows the text tells. */
const areReferences = (references: unknown): boolean =>
  Array.isArray(references) &&
  references.length > 0 &&
  references.length <= mostReferences &&
  references.every(
    (each) =>
      isJsonObject(each) &&
      isAddress(each['address']) &&
      properties.has(each['property']) &&
      isText(each['placeholder']),
  )

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
