import { acts, rings } from '../model/action.js'
import type { PlannedPayload } from '../model/payload.js'
import type { Change, Plan, SavedAction, SavedChange, SavedPlan } from '../model/plan.js'
import type { Lockfile } from '../model/record/lockfile.js'
import { compareCall } from './compare-call.js'
import { describePlaced, type Entries, type FoundEntry, indexEntries } from './entries.js'

/** What a plan does, for a file; what it leaves alone is left out. `mint` gives a new UUID each time. */
export function* saveChanges(plan: Plan, mint: () => string): Generator<SavedChange> {
  for (const change of plan.changes) {
    const { address, action, entry, movedFrom, payload, hasLeave } = change
    if (!acts(action) && movedFrom === undefined) continue
    const isPlaced = rings(action)
    const { target, digest, touches, environment, movedFrom: before, references = [] } = payload ?? {}
    const marks = {
      ...(environment !== undefined && { environment }),
      ...(before !== undefined && { movedFrom: before }),
      ...(references.length > 0 && { references }),
    }
    yield {
      address,
      action: action as SavedAction,
      entry: entry === undefined ? null : { state: entry.state, attempt: entry.attempt },
      ...(movedFrom === undefined ? {} : { movedFrom }),
      ...(isPlaced ? { attemptId: mint() } : {}),
      ...(hasLeave === undefined ? {} : { hasLeave }),
      ...(isPlaced ? { payload: { target, digest, touches, ...marks, text: payload?.text } } : {}),
    } as SavedChange
  }
}

/** What there is now, for a saved plan to be held against. */
export interface Present {
  readonly lockfile: Lockfile
  /** False before the first apply. */
  readonly exists: boolean
  /** Ids of all attempts that are known, from wherever, in small letters. */
  readonly attemptIds: ReadonlySet<string>
}

/** Every reason why the plan must not be applied any more; one line each. */
export function findStale(saved: SavedPlan, present: Present): readonly string[] {
  const { lockfile, exists } = present
  const isOther = exists ? lockfile.lineage !== saved.lineage : saved.workspace === undefined
  if (isOther) return ['it was made from another lockfile than this workspace has now']
  const entries = indexEntries(lockfile)
  return saved.changes.flatMap((change) => {
    const why = findMoved(change, present, entries) ?? findUndue(change, entries)
    return why === undefined ? [] : [`${change.address}: ${why}`]
  })
}

function findMoved(change: SavedChange, { attemptIds }: Present, entries: Entries): string | undefined {
  const { address, attemptId, movedFrom, entry: seen } = change
  if (attemptId !== undefined && attemptIds.has(attemptId)) return 'its attempt has been used'
  const [found, ...twins] = findEntries(change, entries)
  const entry = found?.entry
  if (twins.length > 0) return 'it stands in the record in several spellings'
  if (movedFrom !== undefined && entries.of(address).length > 0) return 'it is known by now'
  if (entry === undefined) return seen === null ? undefined : 'its entry is gone'
  if (seen === null) return `it is ${entry.state} by now`
  if (entry.state !== seen.state) return `it was ${seen.state} and is ${entry.state} by now`
  return entry.attempt === seen.attempt ? undefined : 'it has another attempt by now'
}

/** What is hung up is just the entry that was meant, whatever else is spelled like it. */
function findEntries({ address, movedFrom, action }: SavedChange, entries: Entries): readonly FoundEntry[] {
  const found = entries.of(movedFrom ?? address)
  return action === 'hang-up' ? found.filter((each) => each.address === address) : found
}

/** What no plan of this record would do, whatever the definitions: a file can say anything. */
function findUndue(change: SavedChange, entries: Entries): string | undefined {
  const { action, reason } = decideAgain(change, entries)
  return action === change.action ? undefined : `it is not to be done: ${reason}`
}

/** As the record has it now. The plan is the leave to place its redials again, but no leave beyond what is unknown. */
function decideAgain(saved: SavedChange, entries: Entries): Pick<Change, 'action' | 'reason'> {
  const { address, action, movedFrom, payload, hasLeave = false } = saved
  const entry = findEntries(saved, entries)[0]?.entry
  const renamed = movedFrom === undefined ? '' : `renamed from ${movedFrom}; `
  if (payload !== undefined) {
    // Nothing here is about its text, which stays packed.
    const { target, digest, touches } = payload
    const change = compareCall(
      { address, target, digest, touches },
      { entry, isNamed: action === 'redial' || hasLeave },
    )
    return { action: change.action, reason: `${renamed}${change.reason}` }
  }
  const past = entry === undefined ? 'it was never placed' : describePlaced(entry)
  if (action !== 'hang-up') return { action, reason: `${renamed}${past}` }
  const mayBeLive = entry?.state === 'placed' && entry.callId !== undefined
  return { action: mayBeLive ? action : 'retired', reason: `no longer defined; ${past}` }
}

/** Ids in a lockfile, in small letters, to be joined with those of the attempts on disk. */
export function* attemptIdsOf({ calls, forgotten = {} }: Lockfile): Generator<string> {
  for (const entry of Object.values(calls)) {
    yield entry.attempt.toLowerCase()
    for (const { attempt } of entry.attempts ?? []) yield attempt.toLowerCase()
  }
  for (const attempts of Object.values(forgotten))
    for (const { attempt } of attempts) yield attempt.toLowerCase()
}

/**
 * The plan with the entries of now, which findStale has found to be the same. `payloads`, by address, are read from the
 * texts that are to be sent; what the file says of them is not asked.
 */
export function openSavedPlan(
  saved: SavedPlan,
  lockfile: Lockfile,
  payloads: ReadonlyMap<string, PlannedPayload>,
): Plan {
  const entries = indexEntries(lockfile)
  return {
    changes: saved.changes.map((change): Change => {
      const { address, movedFrom, attemptId, hasLeave } = change
      const entry = findEntries(change, entries)[0]?.entry
      const payload = payloads.get(address)
      return {
        address,
        ...decideAgain(change, entries),
        ...(entry === undefined ? {} : { entry }),
        ...(movedFrom === undefined ? {} : { movedFrom }),
        ...(attemptId === undefined ? {} : { attemptId }),
        ...(hasLeave === undefined ? {} : { hasLeave }),
        ...(payload === undefined ? {} : { payload }),
      }
    }),
  }
}
