import { lstatSync, readdirSync, realpathSync } from 'node:fs'
import { relative, sep } from 'node:path'
import { findRepository } from '../git/find-repository.js'
import type { RepositoryPath } from '../git/history.js'
import { RecordError } from '../model/errors.js'
import { errorCode } from './file-system.js'
import { encodeName } from './names.js'
import { joinReal } from './real-path.js'

/** Where a workspace's lockfile and attempts lie. All absolute. */
export interface RecordPlace {
  readonly lockfile: string
  /** The attempts folder; it need not exist yet. */
  readonly attempts: string
  /** Outcomes whose slot could not be written. */
  readonly rescue: string
  /** The system's folder for temporary files: a last resort for outcomes. */
  readonly temporary: string
  /** Absent outside git, and for the simulator. */
  readonly repository?: RepositoryPath
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
    return { ...place, rescue: joinReal(place.attempts, ['rescue']), temporary: use.temporaryFolder }
  } catch (cause) {
    if (cause instanceof RecordError) throw cause
    throw new RecordError(`${root}: its record cannot be located (${errorCode(cause)})`, undefined, { cause })
  }
}

/** The folder without links on the way. */
export const realFolder = (root: string): string => realpathSync.native(root)

type Place = Pick<RecordPlace, 'lockfile' | 'attempts' | 'repository'>

function placeOfSimulator(root: string, { environmentName }: RecordUse): Place {
  const suffix = environmentName === undefined ? '' : `.${encodeName(environmentName)}`
  return {
    lockfile: joinReal(root, ['.callctl', `simulator${suffix}.lock.json`]),
    attempts: joinReal(root, ['.callctl', 'simulator', ...environmentParts(environmentName)]),
  }
}

/** `calls.lock.json`, or that of an environment. */
export const lockfileName = (environmentName: string | undefined): string =>
  environmentName === undefined ? 'calls.lock.json' : `calls.${encodeName(environmentName)}.lock.json`

function placeOfWorkspace(root: string, { environmentName }: RecordUse): Place {
  const lockfile = joinReal(root, [lockfileName(environmentName)])
  const parts = environmentParts(environmentName)
  const outside = joinReal(root, ['.callctl', ...parts])
  const repository = findRepository(root)
  if (repository === undefined) return { lockfile, attempts: outside }
  const pathTo = (target: string): string => relative(repository.top, target).split(sep).join('/')
  const path = pathTo(root)
  const workspace = path === '' ? [] : ['workspaces', encodeName(path)]
  const attempts = joinReal(repository.commonFolder, ['callctl', ...workspace, ...parts])
  refuseForgotten(outside, attempts)
  return {
    lockfile,
    attempts,
    repository: { gitFolder: repository.commonFolder, path: pathTo(lockfile) },
  }
}

const environmentParts = (name: string | undefined): readonly string[] =>
  name === undefined ? [] : ['environments', encodeName(name)]

/** Attempts from before the folder came into git would be out of sight, and their calls rung again. */
function refuseForgotten(outside: string, attempts: string): void {
  if (!kindOf(outside)?.isDirectory()) return
  if (!readdirSync(outside).some((name) => /^[^.].*@\d+$/.test(name))) return
  const message = `${outside} holds attempts, but in a git repository they belong in ${attempts}`
  throw new RecordError(message, 'Move its files named ADDRESS@NUMBER, and `lineage` and `rescue`, there.')
}

const kindOf = (path: string) => lstatSync(path, { throwIfNoEntry: false })
