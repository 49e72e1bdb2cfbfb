import { dirname, join, relative, sep } from 'node:path'
import { RecordError } from '../model/errors.js'
import { lockfileName, type RecordPlace } from './folders/folders.js'
import { peekLineage } from './folders/peek-lineage.js'
import { listRecordFolders } from './folders/record-folders.js'
import { isWorkspace } from './folders/workspaces-in-use.js'

/** A lockfile that is not there, though this machine knows of one. `lineage` is what this path has noted. */
export function refuseMissing(place: RecordPlace, lineage: string | undefined, isKnown: boolean): void {
  if (lineage === undefined && !isKnown) return
  const wentTo = lineage === undefined ? undefined : findWorkspace(place, lineage)
  if (wentTo !== undefined) throw movedAway(place, lineage!, wentTo)
  throw new RecordError(
    `${place.lockfile}: the lockfile is missing although ${place.attempts} shows that there was one`,
    'Restore it with git, or run `callctl lock rebuild` if it was never committed.',
  )
}

/** Where the lockfile of a lineage is now: a workspace that has placed calls there has left a note of it. */
function findWorkspace({ home, repository }: RecordPlace, lineage: string): string | undefined {
  if (home === undefined || repository === undefined) return undefined
  return listRecordFolders(home.base).flatMap(({ path, environmentName, ...noted }) => {
    if (path === undefined || (noted.lineageOfPath ?? noted.lineage) !== lineage) return []
    const lockfile = join(repository.top, path, lockfileName(environmentName))
    if (peekLineage(lockfile) !== lineage || !isWorkspace(dirname(lockfile))) return []
    return relative(repository.top, lockfile).split(sep).join('/')
  })[0]
}

function movedAway({ lockfile, attempts, home }: RecordPlace, lineage: string, wentTo: string): RecordError {
  const target = join(home!.base, 'records', lineage)
  const what = attempts === home!.base ? 'the files (not the folders) of that folder' : 'that folder'
  return new RecordError(
    `${lockfile} does not exist, and another workspace was here before: its record, in ${attempts} (lineage ${lineage}), is that of ${wentTo} now`,
    `If this is a new workspace, move ${what} to ${target}, where ${wentTo} finds it; then \`callctl lock rebuild\` begins a lockfile of its own. If it is the same, copy ${wentTo} here.`,
  )
}
