import { tmpdir } from 'node:os'
import { relative, sep } from 'node:path'
import { Commits, type NamedCommit } from '../git/commits.js'
import { openCommit } from '../git/committed-files.js'
import { type FoundRepository, findRepository } from '../git/find-repository.js'
import { RecordError, UsageError } from '../model/errors.js'
import type { Host } from '../model/host.js'
import type { Lockfile } from '../model/lockfile.js'
import type { Workspace } from '../model/workspace.js'
import { type Revision, readRevision, type TextCache } from '../read/read-revision.js'
import { findWorkspaceRoot, readWorkingTree } from '../read/read-workspace.js'
import { findRecordPlace, lockfileName } from '../record/folders.js'
import { emptyLockfile, loadRecord, readLockfileText } from '../record/load-record.js'
import { joinRecord } from '../record/moved-entries.js'
import { longestLockfile, parseLockfile } from '../record/parse-lockfile.js'
import type { Arguments } from './arguments.js'

/** A revision as it was read. */
export interface ReadRevision {
  readonly name: string
  /** Absent for the working tree. */
  readonly commit?: string
  readonly workspace: Workspace
  readonly hasCalls: boolean
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

/** What `diff [BASE] [HEAD]` compares, read from git's objects; HEAD is the working tree when it is not named. */
export function readRevisions(args: Arguments, host: Host): ReadRevisions {
  const [base, head, ...more] = args.positionals
  if (more.length > 0) throw new UsageError('`diff` takes two revisions at most.')
  const root = findWorkspaceRoot(host.cwd)
  const repository = findRepository(root)
  if (repository === undefined)
    throw new UsageError(`${root} lies in no git repository: there is nothing to compare with.`)
  const commits = new Commits(repository, host.environment)
  const environmentName = args.text('env')
  const place: Place = { root, repository, environmentName, host, cache: new Map() }
  const found = {
    base: base === undefined ? commits.findMergeBase() : commits.find(base),
    head: head === undefined ? undefined : commits.find(head),
  }
  return {
    base: readCommit(found.base, place),
    head: found.head === undefined ? readDisk(place) : readCommit(found.head, place),
  }
}

interface Place {
  readonly root: string
  readonly repository: FoundRepository
  readonly environmentName: string | undefined
  readonly host: Host
  readonly cache: TextCache
}

function readCommit({ name, commit }: NamedCommit, place: Place): ReadRevision {
  const { root, repository, environmentName, host, cache } = place
  const files = openCommit(repository, commit, host.environment)
  const folder = relative(repository.top, root).split(sep).join('/')
  const revision = readRevision({ files, folder, root, cache })
  const { workspace, hasCalls } = revision
  const path = lockfileName(environmentName)
  const readLockfile = once(() => parseCommitted(revision, path, name))
  return {
    name: name === commit ? commit.slice(0, 12) : name,
    commit,
    workspace,
    hasCalls,
    lockfileName: path,
    readLockfile,
    loadLockfile: () => joinRecord(readLockfile().lockfile, []),
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

function readDisk({ root, environmentName, host }: Place): ReadRevision {
  const use = { simulator: false, temporaryFolder: tmpdir() }
  const find = () =>
    findRecordPlace(root, { ...use, ...(environmentName !== undefined && { environmentName }) })
  return {
    name: 'working tree',
    ...readWorkingTree(host.cwd),
    lockfileName: lockfileName(environmentName),
    readLockfile: () => readLockfileText(find()),
    loadLockfile: () => loadRecord(find()).lockfile,
  }
}
