import type { Lockfile } from '../../model/record/lockfile.js'

// What a run has read of its record. Each look reads the lockfile and lists the attempts anew, for neither git, nor a
// person, nor a process that stood still asks for the run lock; but the same bytes are not parsed twice, and an attempt
// whose outcome nothing can change any more is not opened twice.

/** What tells one lockfile from another; undefined where there is none. */
export type LockfileMark = string | undefined

export interface SeenRecord {
  /** Set where there will be a second look: telling bytes apart costs a long lockfile time. */
  keeps: boolean
  /** The lockfile as it was last read or written. */
  lockfile: SeenLockfile | undefined
  /** By the path of its file, each claim of a final outcome. */
  readonly claims: Map<string, object>
}

export interface SeenLockfile {
  readonly mark: LockfileMark
  /** Absent where there was none. */
  readonly lockfile?: Lockfile
}

/** The same place, of which what is read is kept. */
export function looksAgain<Looked extends { readonly seen?: SeenRecord }>(place: Looked): Looked {
  if (place.seen !== undefined) place.seen.keeps = true
  return place
}

export const createSeen = (): SeenRecord => ({ keeps: false, lockfile: undefined, claims: new Map() })
