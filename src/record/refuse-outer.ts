import { dirname, relative, sep } from 'node:path'
import { type FoundRepository, findRepository } from '../git/find-repository.js'
import { keyOfAddress } from '../model/address.js'
import { RecordError } from '../model/errors.js'
import type { Attempt } from '../model/record/attempt.js'
import type { Asked } from './asked.js'
import { readAttempts } from './attempts/attempts.js'
import { nodeFileSystem } from './disk/file-system.js'
import { joinReal } from './disk/real-path.js'
import type { RecordPlace } from './folders/folders.js'
import { listRecordFolders, type RecordFolder } from './folders/record-folders.js'
import type { LoadedRecord } from './load-record.js'
import type { AttemptEntry } from './lockfile/attempt-entries.js'
import { indexKnown } from './lockfile/historic-lockfile.js'
import { lockfilesOf, mayHaveRung } from './refuse-left-behind.js'

/**
 * A folder that was made a repository of its own, and a clone inside another one: what was placed from there before, and
 * no lockfile tells, lies in the record of the repository around it.
 */
export function refuseOuter(place: RecordPlace, record: LoadedRecord, asked: Asked): void {
  const { repository, lockfile } = place
  if (repository === undefined) return
  let known: ReadonlySet<string> | undefined
  for (const outer of listOuter(dirname(repository.top))) {
    // A worktree that lies in its own repository.
    if (outer.commonFolder === repository.gitFolder) continue
    const path = relative(outer.top, lockfile).split(sep).join('/')
    for (const other of listRecordFolders(joinReal(outer.commonFolder, ['callctl']))) {
      const isOwn = other.lineage !== undefined && other.lineage === record.lockfile.lineage
      if (!isOwn && !lockfilesOf(other).includes(path)) continue
      known ??= idsOf(record)
      const isAsked = isOwn ? asked.isOfOwn : asked.isOfOther
      const found = readOther(place, other).find(
        (attempt) =>
          isAsked(keyOfAddress(attempt.address)) && mayHaveRung(attempt) && !known?.has(attempt.attemptId),
      )
      if (found !== undefined) throw inOuter(place, other, found)
    }
  }
}

function* listOuter(start: string): Generator<FoundRepository> {
  for (let found = findSafely(start); found !== undefined; found = findSafely(dirname(found.top))) {
    yield found
    if (dirname(found.top) === found.top) return
  }
}

/** What is broken around a repository is not its own trouble. */
function findSafely(folder: string): FoundRepository | undefined {
  try {
    return findRepository(folder)
  } catch {
    return undefined
  }
}

const readOther = (place: RecordPlace, { folder }: RecordFolder): readonly Attempt[] =>
  readAttempts({ ...place, attempts: folder, rescue: `${folder}/rescue`, others: [] }, nodeFileSystem)

/** Attempts that the record here owns up to. */
function idsOf(record: LoadedRecord): ReadonlySet<string> {
  const { groups, forgotten } = indexKnown(record)
  const ids = new Set(forgotten.keys())
  for (const { attempts } of groups)
    for (const entry of attempts) if (isOwnedUp(entry)) ids.add(entry.attempt)
  return ids
}

const isOwnedUp = ({ state, evidence }: AttemptEntry): boolean => state !== 'failed' || evidence === 'person'

const inOuter = ({ attempts }: RecordPlace, { folder }: RecordFolder, { address }: Attempt): RecordError =>
  new RecordError(
    `${address} was placed before, or may have been: its attempt lies in ${folder}, of the repository around this one`,
    `If this folder was made a repository of its own, move the files from there to ${attempts}. If it is a clone, bring in the lockfile of the outer one.`,
  )
