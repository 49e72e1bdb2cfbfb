// Which commits are the repository's own, and which came from strangers to be looked at. By refs, their logs and the
// repository's settings of remotes alone: nothing that a stranger pushes can make his commits own.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Environment } from '../model/environment.js'
import { allIds, type LogEntry, listLogs, madeIds, readLog } from './reflog.js'
import { isOwnBranch, isOwnRemoteBranch, isStrangeName, type Remotes, readRemotes } from './remotes.js'
import type { RepositoryPath } from './repository-path.js'
import { createGit, type Git } from './strict-git.js'

export interface Tips {
  /** These and their ancestors decide. */
  readonly own: readonly string[]
  /** Commits that were made here and are in no ref: each decides by what it changed itself. */
  readonly made: readonly string[]
  /** These and their ancestors decide nothing, but where own ones have them too. */
  readonly strange: readonly string[]
  /** Refs of strangers by name. */
  readonly strangeRefs: readonly string[]
  /** The logs are not in files: then all that they have decides. */
  readonly hasUnreadLogs: boolean
}

interface Ref {
  readonly name: string
  readonly id: string
  readonly isCheckedOut: boolean
}

export function findTips(repository: RepositoryPath, environment: Environment): Tips {
  const run = createGit(repository, environment)
  const refs = listRefs(run(['for-each-ref', `--format=${refFormat}`]))
  const remotes = readRemotes(repository, environment)
  const hasUnreadLogs = existsSync(join(repository.gitFolder, 'reftable'))
  const sorted = sortRefs(refs, repository, remotes)
  const heads = findHeads(repository)
  const logs = [...sorted.logs, ...heads.logs]
  const known = keepKnown(run, [
    ...heads.own,
    ...logs.flatMap((each) => [...each.own, ...each.made, ...each.strange]),
  ])
  const existing = (ids: readonly string[]): readonly string[] => ids.flatMap((id) => known.get(id) ?? [])
  const tips = {
    own: unique([
      ...sorted.own.map(({ id }) => id),
      ...existing([...heads.own, ...logs.flatMap(({ own }) => own)]),
    ]),
    made: unique(existing(logs.flatMap(({ made }) => made))),
    strange: unique([
      ...sorted.strange.map(({ id }) => id),
      ...existing(logs.flatMap(({ strange }) => strange)),
    ]),
    strangeRefs: sorted.strange.map(({ name }) => name),
    hasUnreadLogs,
  }
  return sortTags(run, tips, refs.filter(isTag))
}

const unique = (ids: readonly string[]): readonly string[] => [...new Set(ids)]

const refFormat = '%(objectname) %(if)%(worktreepath)%(then)*%(else)-%(end) %(refname)'

const listRefs = (bytes: Buffer): readonly Ref[] =>
  bytes
    .toString('utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [id = '', mark, ...name] = line.split(' ')
      return { id, isCheckedOut: mark === '*', name: name.join(' ') }
    })

const isTag = ({ name }: Pick<Ref, 'name'>): boolean => name.startsWith('refs/tags/')

/** What one log says of commits. */
interface SortedLog {
  readonly own: readonly string[]
  readonly made: readonly string[]
  readonly strange: readonly string[]
}

interface SortedRefs {
  readonly own: readonly Ref[]
  readonly strange: readonly Ref[]
  readonly logs: readonly SortedLog[]
}

/** Tags are sorted when all others are. */
function sortRefs(refs: readonly Ref[], { gitFolder }: RepositoryPath, remotes: Remotes): SortedRefs {
  const logs = new Map(listLogs(gitFolder).map((name) => [name, readLog(gitFolder, name) ?? []]))
  const isOwn = (name: string): boolean => isOwnRef(name, logs.get(name), remotes)
  const [own, strange]: [Ref[], Ref[]] = [[], []]
  for (const ref of refs) if (!isTag(ref)) (isOwn(ref.name) ? own : strange).push(ref)
  const sorted = [...logs].map(([name, entries]) => sortLog(entries, isOwn(name)))
  return { own, strange, logs: sorted }
}

function isOwnRef(name: string, log: readonly LogEntry[] | undefined, remotes: Remotes): boolean {
  if (isStrangeName(name)) return false
  if (name.startsWith('refs/remotes/')) return isOwnRemoteBranch(name, remotes)
  return name.startsWith('refs/heads/') ? isOwnBranch(name, log, remotes) : true
}

const sortLog = (entries: readonly LogEntry[], isOwn: boolean): SortedLog =>
  isOwn
    ? { own: allIds(entries), made: [], strange: [] }
    : { own: [], made: madeIds(entries), strange: allIds(entries) }

interface Heads {
  /** Names that git resolves. */
  readonly own: readonly string[]
  readonly logs: readonly SortedLog[]
}

/**
 * This work tree's HEAD is what is applied. Another's may be there to look at a stranger's branch, and so may what
 * any was at before: of these, only what was committed there is own. Without a log nobody can tell.
 */
function findHeads({ gitFolder, treeFolder }: RepositoryPath): Heads {
  const trees = listFolders(join(gitFolder, 'worktrees')).map((name) => ({
    name: `worktrees/${name}/HEAD`,
    folder: join(gitFolder, 'worktrees', name),
  }))
  const heads = [{ name: 'HEAD', folder: gitFolder }, ...trees].map((head) => ({
    ...head,
    log: readLog(head.folder, 'HEAD'),
    isHere: sameFolder(head.folder, treeFolder),
  }))
  return {
    own: [
      ...heads.filter(({ isHere, log }) => isHere || log === undefined).map(({ name }) => name),
      ...readMerged(treeFolder),
    ],
    logs: heads.map(({ log }) => sortLog(log ?? [], false)),
  }
}

/** What is being merged here, and has stopped at a conflict: its lockfile may have been left out so far. */
function readMerged(treeFolder: string): readonly string[] {
  const path = join(treeFolder, 'MERGE_HEAD')
  if (!existsSync(path)) return []
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => /^[0-9a-f]{40,64}$/.test(line))
}

const sameFolder = (a: string, b: string): boolean => a === b

function listFolders(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder) : []
}

/** Logs outlive the commits that they name: those that are still there, by the name they were asked for as. */
function keepKnown(run: Git, names: readonly string[]): ReadonlyMap<string, string> {
  const asked = unique(names)
  if (asked.length === 0) return new Map()
  const input = asked.map((name) => `${name}\n`).join('')
  const lines = run(['cat-file', '--batch-check=%(objectname) %(objecttype)'], input)
    .toString('utf8')
    .split('\n')
  return new Map(
    asked.flatMap((name, index) => {
      const [id = '', type] = (lines[index] ?? '').split(' ')
      return type === 'commit' || type === 'tag' ? [[name, id] as const] : []
    }),
  )
}

/** A fetch brings a stranger's tags along: one that no own commit has, and a stranger's has, is his. */
function sortTags(run: Git, tips: Tips, tags: readonly Ref[]): Tips {
  if (tags.length === 0) return tips
  const strange = tips.strange.length === 0 ? new Set<string>() : strangeCommits(run, tips)
  const isStrange = (commit: string): boolean => strange.has(commit)
  const peeled = keepKnown(
    run,
    tags.map(({ id }) => `${id}^{}`),
  )
  const theirs = tags.filter(({ id }) => isStrange(peeled.get(`${id}^{}`) ?? ''))
  const ours = tags.filter((tag) => !theirs.includes(tag))
  return {
    ...tips,
    own: unique([...tips.own, ...ours.map(({ id }) => id)]),
    strange: unique([...tips.strange, ...theirs.map(({ id }) => id)]),
    strangeRefs: [...tips.strangeRefs, ...theirs.map(({ name }) => name)],
  }
}

function strangeCommits(run: Git, { own, strange }: Tips): ReadonlySet<string> {
  const ids = [...strange, ...own.map((id) => `^${id}`)].map((id) => `${id}\n`).join('')
  return new Set(run(['rev-list', '--stdin'], ids).toString('utf8').split('\n'))
}
