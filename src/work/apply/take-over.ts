import type { Plan } from '../../model/plan.js'
import { type LoadedRecord, noteLineage, saveLockfile } from '../../record/load-record.js'
import { moveEntries } from '../../record/lockfile/moved-entries.js'
import type { GraphAccess } from './graph-access.js'

/** Brings renamed calls under their new addresses in the lockfile; returns the record as it is then. */
export function takeOver(plan: Plan, record: LoadedRecord, { place }: GraphAccess): LoadedRecord {
  const moves = new Map(
    plan.changes.flatMap(({ address, movedFrom }) => (movedFrom === undefined ? [] : [[address, movedFrom]])),
  )
  if (moves.size === 0) return record
  noteLineage(place, record.lockfile)
  const lockfile = moveEntries(record.lockfile, moves)
  saveLockfile(place, lockfile)
  return { ...record, lockfile }
}
