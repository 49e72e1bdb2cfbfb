import { tmpdir } from 'node:os'
import { relative, sep } from 'node:path'
import { Commits, type NamedCommit } from '../../git/commits.js'
import { openCommit } from '../../git/committed-files.js'
import { type FoundRepository, findRepository } from '../../git/find-repository.js'
import { RecordError, UsageError } from '../../model/errors.js'
import type { Workspace } from '../../model/language/workspace.js'
import type { Lockfile } from '../../model/record/lockfile.js'
import type { World } from '../../model/world.js'
import { type Revision, readRevision, type TextCache } from '../../read/read-revision.js'
import { findWorkspaceRoot, readWorkingTree } from '../../read/read-workspace.js'
import { findRecordPlace, lockfileName } from '../../record/folders/folders.js'
import { looksAgain } from '../../record/folders/seen-record.js'
import { emptyLockfile, loadRecord, readLockfileText } from '../../record/load-record.js'
import { joinRecord } from '../../record/lockfile/moved-entries.js'
import { longestLockfile, parseLockfile } from '../../record/lockfile/parse-lockfile.js'
import { knowingIgnored } from '../workspace/ignored-data.js'

/** A revision as it was read. */
export interface ReadRevision extends ReadLockfile {
  readonly name: string
  /** Absent for the working tree. */
  readonly commit?: string
  readonly workspace: Workspace
  readonly hasCalls: boolean
}

/** A revision whose lockfile is to be chosen: each environment has its own. */
export interface AnyRevision extends Omit<ReadRevision, keyof ReadLockfile> {
  lockfileOf(environmentName: string | undefined): ReadLockfile
}

export interface ReadLockfile {
  readonly lockfileName: string
  /** Its lockfile alone; empty, and without a text, where there is none. Throws RecordError. */
  readLockfile(): RawLockfile
  /** What a plan goes by. Throws RecordError for a lockfile that cannot be relied on. */
  loadLockfile(): Lockfile
}

export interface RawLockfile {
  readonly lockfile: Lockfile
  readonly text?: string
}

export interface ReadRevisions {
  readonly base: ReadRevision
  readonly head: ReadRevision
}

export interface AnyRevisions {
  readonly base: AnyRevision
  readonly head: AnyRevision
}

/** Both with the lockfiles of one environment, or with the usual ones. */
export const within = ({ base, head }: AnyRevisions, environmentName: string | undefined): ReadRevisions => ({
  base: { ...base, ...base.lockfileOf(environmentName) },
  head: { ...head, ...head.lockfileOf(environmentName) },
})

/** What is named to be compared, read from git's objects; head is the working tree when it is not named. */
export function readRevisions({ base, head }: NamedRevisions, world: World): AnyRevisions {
  const root = findWorkspaceRoot(world.cwd)
  const repository = findRepository(root)
  if (repository === undefined)
    throw new UsageError(`${root} lies in no git repository: there is nothing to compare with.`)
  const commits = new Commits(repository, world.environment)
  const place: Ground = { root, repository, world, cache: new Map() }
  const found = {
    base: base === undefined ? commits.findMergeBase() : commits.find(base),
    head: head === undefined ? undefined : commits.find(head),
  }
  return {
    base: readCommit(found.base, place),
    head: found.head === undefined ? readDisk(place) : readCommit(found.head, place),
  }
}

export interface NamedRevisions {
  readonly base?: string | undefined
  readonly head?: string | undefined
}

interface Ground {
  readonly root: string
  readonly repository: FoundRepository
  readonly world: World
  readonly cache: TextCache
}

function readCommit({ name, commit }: NamedCommit, place: Ground): AnyRevision {
  const { root, repository, world, cache } = place
  const files = openCommit(repository, commit, world.environment)
  const folder = relative(repository.top, root).split(sep).join('/')
  const own = [lockfileName(undefined)]
  const revision = readRevision({ files, folder, root, cache, own })
  const { workspace, hasCalls } = revision
  return {
    name: name === commit ? commit.slice(0, 12) : name,
    commit,
    workspace,
    hasCalls,
    lockfileOf(environmentName) {
      const path = lockfileName(environmentName)
      const readLockfile = once(() => parseCommitted(revision, path, name))
      return {
        lockfileName: path,
        readLockfile,
        loadLockfile: () => joinRecord(readLockfile().lockfile, []),
      }
    },
  }
}

function parseCommitted(revision: Revision, path: string, name: string): RawLockfile {
  const found = revision.readOwn(path, longestLockfile)
  if (found === undefined) return { lockfile: emptyLockfile('') }
  if ('code' in found) throw new RecordError(`${name}: ${found.message}`)
  return { lockfile: parseLockfile(found.text, path), text: found.text }
}

/** The plan and the comparison read one text. */
function once<Value>(read: () => Value): () => Value {
  let value: Value | undefined
  return () => {
    value ??= read()
    return value
  }
}

function readDisk({ root, world }: Ground): AnyRevision {
  const use = { simulator: false, temporaryFolder: tmpdir() }
  const { workspace, hasCalls } = readWorkingTree(world.cwd)
  return {
    name: 'working tree',
    workspace: knowingIgnored(workspace, world),
    hasCalls,
    lockfileOf(environmentName) {
      const find = once(() => {
        const named = { ...use, ...(environmentName !== undefined && { environmentName }) }
        return looksAgain(findRecordPlace(root, named))
      })
      return {
        lockfileName: lockfileName(environmentName),
        readLockfile: once(() => readLockfileText(find())),
        loadLockfile: once(() => loadRecord({ ...find(), isEnough: true }).lockfile),
      }
    },
  }
}
