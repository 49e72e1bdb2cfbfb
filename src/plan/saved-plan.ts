import type { JsonObject } from '../model/json.js'
import type { Lockfile } from '../model/lockfile.js'
import { type PlannedPayload, tenantOf } from '../model/payload.js'
import type { Change, Plan, SavedAction, SavedChange, SavedPayload, SavedPlan } from '../model/plan.js'
import { entryOf } from './entries.js'

/** What a plan does, for a file; what it leaves alone is left out. `mint` gives a new UUID each time. */
export function* saveChanges(plan: Plan, mint: () => string): Generator<SavedChange> {
  for (const change of plan.changes) {
    if (!acts(change)) continue
    const { address, action, reason, entry, movedFrom, payload } = change
    const isPlaced = action === 'place' || action === 'redial'
    const { target, digest, touches } = payload ?? {}
    yield {
      address,
      action: action as SavedAction,
      reason,
      entry: entry === undefined ? null : { state: entry.state, attempt: entry.attempt },
      ...(movedFrom === undefined ? {} : { movedFrom }),
      ...(isPlaced ? { attemptId: mint(), payload: { target, digest, touches, text: payload?.text } } : {}),
    } as SavedChange
  }
}

const acts = ({ action, movedFrom }: Change): boolean =>
  action === 'place' || action === 'redial' || action === 'hang-up' || movedFrom !== undefined

/** What there is now, for a saved plan to be held against. */
export interface Present {
  readonly lockfile: Lockfile
  /** False before the first apply. */
  readonly exists: boolean
  /** Ids of all attempts that are known, from wherever. */
  readonly attemptIds: ReadonlySet<string>
}

/** Every reason why the plan must not be applied any more; one line each. */
export function findStale(saved: SavedPlan, present: Present): readonly string[] {
  const { lockfile, exists } = present
  const isOther = exists ? lockfile.lineage !== saved.lineage : !saved.isFirst
  if (isOther) return ['it was made from another lockfile than this workspace has now']
  return saved.changes.flatMap((change) => {
    const why = findMoved(change, present)
    return why === undefined ? [] : [`${change.address}: ${why}`]
  })
}

function findMoved(change: SavedChange, { lockfile, attemptIds }: Present): string | undefined {
  const { address, attemptId, movedFrom, entry: seen } = change
  if (attemptId !== undefined && attemptIds.has(attemptId)) return 'its attempt has been used'
  const entry = entryOf(lockfile, movedFrom ?? address)
  if (movedFrom !== undefined && entryOf(lockfile, address) !== undefined) return 'it is known by now'
  if (entry === undefined) return seen === null ? undefined : 'its entry is gone'
  if (seen === null) return `it is ${entry.state} by now`
  if (entry.state !== seen.state) return `it was ${seen.state} and is ${entry.state} by now`
  return entry.attempt === seen.attempt ? undefined : 'it has another attempt by now'
}

/** Ids in a lockfile, to be joined with those of the attempts on disk. */
export const attemptIdsOf = (lockfile: Lockfile): readonly string[] =>
  Object.values(lockfile.calls).flatMap((entry) => [
    entry.attempt,
    ...(entry.attempts ?? []).map(({ attempt }) => attempt),
  ])

/** The plan as it was, with the entries of now, which findStale has found to be the same. */
export function openSavedPlan(saved: SavedPlan, lockfile: Lockfile): Plan {
  return { changes: saved.changes.map((change) => openChange(change, lockfile)) }
}

function openChange(saved: SavedChange, lockfile: Lockfile): Change {
  const { address, action, reason, movedFrom, payload, attemptId } = saved
  const entry = entryOf(lockfile, movedFrom ?? address)
  return {
    address,
    action,
    reason,
    ...(entry === undefined ? {} : { entry }),
    ...(movedFrom === undefined ? {} : { movedFrom }),
    ...(attemptId === undefined ? {} : { attemptId }),
    ...(payload === undefined ? {} : { payload: openPayload(address, payload) }),
  }
}

/** Its text stays where it is until it is asked for. */
function openPayload(address: string, saved: SavedPayload): PlannedPayload {
  const { target, digest, touches } = saved
  const tenantId = tenantOf(JSON.parse(saved.text) as JsonObject)
  return {
    ...{ address, target, digest, touches },
    ...(tenantId !== undefined && { tenantId }),
    get text() {
      return saved.text
    },
  }
}
