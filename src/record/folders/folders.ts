// Where a record lies: the folder of attempts that belongs to a lockfile, its lineage and origin, and who else is
// there. Places nothing and reads no attempt.

import { realpathSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { findRepository } from '../../git/find-repository.js'
import type { RepositoryPath } from '../../git/repository-path.js'
import { RecordError } from '../../model/errors.js'
import type { SharedRecord } from '../../model/record/shared-record.js'
import { errorCode } from '../disk/file-system.js'
import { encodeName } from '../disk/names.js'
import { joinReal } from '../disk/real-path.js'
import { peekLineage } from './peek-lineage.js'
import { hasAttemptFiles, listRecordFolders, type RecordFolder } from './record-folders.js'
import { createSeen, type SeenRecord } from './seen-record.js'

/** Where a workspace's lockfile and attempts lie. All absolute. */
export interface RecordPlace extends FoundRecord {
  readonly lockfile: string
  /** Outcomes whose slot could not be written. */
  readonly rescue: string
  /** The system's folder for temporary files: a last resort for outcomes. */
  readonly temporary: string
  /** Absent for the simulator, whose record lies where it lies. */
  readonly home?: RecordHome
  /** Absent outside git, and for the simulator. */
  readonly repository?: RepositoryPath
  /** What the workspace's runners share, where they do: read already. */
  readonly shared?: SharedRecord
  /** For what rings nobody: what lies here is enough, though the record be shared. */
  readonly isEnough?: true
  /** What has been read of it already; absent where each look is the only one. */
  readonly seen?: SeenRecord
}

/** What decides where a record lies. */
export interface RecordHome {
  /** The folder that all records of the repository, or outside git of the workspace, lie in. */
  readonly base: string
  /** This path's own folder in it: of a record that is begun here, and of the note of what lineage is here. */
  readonly pathFolder: string
}

/** A record as its lineage is known by. */
export interface FoundRecord {
  /** The attempts folder, the one that is written; it need not exist yet. */
  readonly attempts: string
  /** More folders of the same record, to be read: callctl once kept one for each path that a workspace had. */
  readonly others?: readonly string[]
  /** Of the lockfile, or, where that is gone, as noted; absent before the first apply. */
  readonly lineage?: string
}

export interface RecordUse {
  readonly simulator: boolean
  readonly environmentName?: string
  readonly temporaryFolder: string
}

/**
 * Finds the record of a workspace, reading files only: running git would run what a stranger configured, and
 * GIT_DIR would let the place of the attempts change from one run to the next.
 */
export function findRecordPlace(root: string, use: RecordUse): RecordPlace {
  try {
    const folder = realFolder(root)
    const place = use.simulator ? placeOfSimulator(folder, use) : placeOfWorkspace(folder, use)
    const rescue = joinReal(place.attempts, ['rescue'])
    return { ...place, rescue, temporary: use.temporaryFolder, seen: createSeen() }
  } catch (cause) {
    if (cause instanceof RecordError) throw cause
    throw new RecordError(`${root}: its record cannot be located (${errorCode(cause)})`, undefined, { cause })
  }
}

/** The folder without links on the way. */
export const realFolder = (root: string): string => realpathSync.native(root)

type WithoutRescue = Omit<RecordPlace, 'rescue' | 'temporary'>

function placeOfSimulator(root: string, { environmentName }: RecordUse): WithoutRescue {
  const suffix = environmentName === undefined ? '' : `.${encodeName(environmentName)}`
  return {
    lockfile: joinReal(root, ['.callctl', `simulator${suffix}.lock.json`]),
    attempts: joinReal(root, ['.callctl', 'simulator', ...environmentParts(environmentName)]),
  }
}

/** `calls.lock.json`, or that of an environment. */
export const lockfileName = (environmentName: string | undefined): string =>
  environmentName === undefined ? 'calls.lock.json' : `calls.${encodeName(environmentName)}.lock.json`

function placeOfWorkspace(root: string, { environmentName }: RecordUse): WithoutRescue {
  const lockfile = joinReal(root, [lockfileName(environmentName)])
  const parts = environmentParts(environmentName)
  const repository = findRepository(root)
  if (repository === undefined) {
    const base = joinReal(root, ['.callctl'])
    const home = { base, pathFolder: joinReal(base, parts) }
    return { lockfile, home, ...findRecord(lockfile, home) }
  }
  const { top, commonFolder } = repository
  const pathTo = (target: string): string => relative(top, target).split(sep).join('/')
  const path = pathTo(root)
  const workspace = path === '' ? [] : ['workspaces', encodeName(path)]
  const base = joinReal(commonFolder, ['callctl'])
  const home = { base, pathFolder: joinReal(base, [...workspace, ...parts]) }
  const treeFolder = realpathSync.native(repository.gitFolder)
  return {
    lockfile,
    home,
    ...findRecord(lockfile, home),
    repository: { gitFolder: commonFolder, treeFolder, top, path: pathTo(lockfile) },
  }
}

const environmentParts = (name: string | undefined): readonly string[] =>
  name === undefined ? [] : ['environments', encodeName(name)]

/** The record of the lineage that the lockfile has, or had, wherever it was begun; without one, the path's folder. */
export function findRecord(lockfile: string, { base, pathFolder }: RecordHome): FoundRecord {
  const all = listRecordFolders(base)
  const here = all.find(({ folder }) => folder === pathFolder)
  const lineage = peekLineage(lockfile) ?? here?.lineage ?? here?.lineageOfPath
  if (lineage === undefined) return { attempts: pathFolder }
  const [attempts = pathFolder, ...others] = foldersOf(all, lineage, here)
  return { attempts, lineage, ...(others.length === 0 ? {} : { others }) }
}

/** The first is the one that is written, and the same for each path of this lineage. */
function foldersOf(
  all: readonly RecordFolder[],
  lineage: string,
  here: RecordFolder | undefined,
): readonly string[] {
  const noted = all.filter((each) => each.lineage === lineage).map(({ folder }) => folder)
  // Attempts whose note was lost are this path's own.
  const isNoteLost = here !== undefined && here.lineage === undefined && hasAttemptFiles(here.folder)
  return [...noted.toSorted(), ...(isNoteLost ? [here.folder] : [])]
}

/** After the run lock is taken: a record that was begun, or moved, since it was looked for is looked for again. */
export function requireCurrent(place: RecordPlace): void {
  if (place.home === undefined) return
  const found = findRecord(place.lockfile, place.home)
  const isSame = ({ attempts, others = [] }: FoundRecord): string => [attempts, ...others].join('\0')
  if (isSame(found) === isSame(place) && (place.lineage ?? found.lineage) === found.lineage) return
  throw new RecordError(`${place.lockfile} has changed while callctl began`, 'Run it again.')
}

/** The folders of the record as places of their own, the one that is written first. */
export const singlePlaces = ({ others = [], ...place }: RecordPlace): readonly RecordPlace[] => [
  place,
  ...others.map((attempts) => ({ ...place, attempts, rescue: join(attempts, 'rescue') })),
]
