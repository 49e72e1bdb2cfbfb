import { dirname } from 'node:path'
import { keyOfAddress } from '../model/address.js'
import { RecordError } from '../model/errors.js'
import type { Attempt } from '../model/record/attempt.js'
import type { Asked } from './asked.js'
import { readAttempts } from './attempts/attempts.js'
import { nodeFileSystem } from './disk/file-system.js'
import { lockfileName, type RecordPlace, singlePlaces } from './folders/folders.js'
import { listRecordFolders, type RecordFolder } from './folders/record-folders.js'
import { findInUse, type InUse } from './folders/workspaces-in-use.js'

/**
 * Attempts of this machine under a path where no workspace is any more: it may be this one, which was moved, and whose
 * lockfile was not, or which was begun anew. Refuses where such an attempt of an address that would be placed rang or
 * may have. Returns which workspaces are there; `paths` are further ones to look at.
 */
export function refuseLeftBehind(
  place: RecordPlace,
  { isOfOther }: Asked,
  environmentNames: readonly string[],
  paths: readonly string[] = [],
): InUse {
  const own = singlePlaces(place).map(({ attempts }) => attempts)
  const others = listRecordFolders(place.home!.base).filter(({ folder }) => !own.includes(folder))
  const inUse = findUsed(place, environmentNames, [...paths, ...others.flatMap(lockfilesOf)])
  for (const other of others) {
    if (isInUse(other, inUse)) continue
    const single = { ...place, attempts: other.folder, rescue: `${other.folder}/rescue`, others: [] }
    const found = readAttempts(single, nodeFileSystem).find(
      (attempt) => isOfOther(keyOfAddress(attempt.address)) && mayHaveRung(attempt),
    )
    if (found !== undefined) throw leftBehind(place, other, found)
  }
  return inUse
}

function findUsed(
  { lockfile, repository }: RecordPlace,
  environmentNames: readonly string[],
  candidates: readonly string[],
): InUse {
  if (repository !== undefined)
    return findInUse(repository.top, repository.path, environmentNames, candidates)
  const folder = dirname(lockfile)
  return findInUse(folder, lockfile.slice(folder.length + 1), environmentNames, candidates)
}

/** Where the lockfile of a record lies, from the top; none where that does not show. */
export const lockfilesOf = ({ path, environmentName }: RecordFolder): readonly string[] => {
  if (path === undefined) return []
  const name = lockfileName(environmentName)
  return [path === '' ? name : `${path}/${name}`]
}

/** Another environment of this workspace, or a lineage whose lockfile is there; what has lost its lineage is not. */
function isInUse(record: RecordFolder, { lineages, environments }: InUse): boolean {
  if (lockfilesOf(record).some((path) => environments.has(path))) return true
  return record.lineage !== undefined && lineages.has(record.lineage)
}

export const mayHaveRung = ({ outcome, damage }: Attempt): boolean =>
  damage !== undefined || (outcome?.kind !== 'refused' && outcome?.kind !== 'not-sent')

function leftBehind(
  place: RecordPlace,
  { folder, lineage, path }: RecordFolder,
  found: Attempt,
): RecordError {
  const { address } = found
  const where = path === undefined || path === '' ? 'the top' : path
  return new RecordError(
    `${address} was placed before, or may have been: its attempt lies in ${folder}, of a workspace in ${where} that is there no more`,
    `If that was this workspace, move its lockfile (lineage ${lineage ?? 'unknown'}) to ${place.lockfile}. If it was another one, \`--redial ${address}\` gives leave.`,
  )
}
