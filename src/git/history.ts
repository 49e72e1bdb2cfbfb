import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Environment } from '../model/environment.js'
import { RecordError } from '../model/errors.js'
import type { RepositoryPath } from './repository-path.js'
import { createGit, type Git } from './strict-git.js'
import type { Tips } from './tips.js'

/** A version of a lockfile in git's history. */
export interface HistoricText {
  /** The commit that brought it. */
  readonly commit: string
  /** Where it lay, from the top, with `/`. */
  readonly path: string
  readonly text: string
}

export interface History {
  /** Wherever a lockfile ever lay. */
  readonly paths: readonly string[]
  /** Every version of every lockfile, each once for each path. */
  readVersions(): Generator<HistoricText>
}

/** Bytes of lockfiles read at once. */
const largestBatch = 32 * 1024 * 1024
/** No lockfile is as large; a text of Node cannot be much larger. */
const largestVersion = 256 * 1024 * 1024

export const isShallow = ({ gitFolder }: RepositoryPath): boolean => existsSync(join(gitFolder, 'shallow'))

/** The lockfiles of every workspace and environment in the repository's own commits. */
export function openHistory(repository: RepositoryPath, tips: Tips, environment: Environment): History {
  const run = createGit(repository, environment)
  const walked = [...(tips.hasUnreadLogs ? ['--reflog'] : []), '--stdin']
  const commits = tips.own.length === 0 && !tips.hasUnreadLogs ? [] : walk(run, walked, tips.own)
  return createHistory(run, [...commits, ...tips.made])
}

/** The lockfiles in commits that strangers' refs have, and no own one. */
export function openStrangeHistory(
  repository: RepositoryPath,
  tips: Tips,
  environment: Environment,
): History {
  const run = createGit(repository, environment)
  const ids = [...tips.strange, ...tips.own.map((id) => `^${id}`)]
  return createHistory(run, tips.strange.length === 0 ? [] : walk(run, ['--stdin'], ids))
}

const walk = (run: Git, words: readonly string[], ids: readonly string[]): readonly string[] =>
  linesOf(run(['rev-list', ...words], ids.map((id) => `${id}\n`).join('')))

const linesOf = (bytes: Buffer): readonly string[] => bytes.toString('utf8').split('\n').filter(Boolean)

function createHistory(run: Git, commits: readonly string[]): History {
  const versions = listVersions(run, commits)
  return {
    paths: [...new Set(versions.map(({ path }) => path))],
    *readVersions() {
      for (const batch of batches(measure(run, versions))) yield* readBatch(run, batch)
    },
  }
}

interface Version {
  readonly commit: string
  readonly path: string
  /** Of the file's content. */
  readonly id: string
}

const lockfileNames = ['**/calls.lock.json', '**/calls.*.lock.json']

/** By what each commit changed against each of its parents. The oldest of several commits with one version stays. */
function listVersions(run: Git, commits: readonly string[]): readonly Version[] {
  if (commits.length === 0) return []
  const words = ['diff-tree', '--stdin', '-r', '-m', '--root', '-z', '--no-renames', '--', ...lockfileNames]
  const fields = run(words, commits.map((id) => `${id}\n`).join(''), true)
    .toString('utf8')
    .split('\0')
  const versions = new Map<string, Version>()
  let commit = ''
  for (let at = 0; at < fields.length - 1; ) {
    const field = fields[at]!
    if (!field.startsWith(':')) {
      commit = field.trim()
      at += 1
      continue
    }
    const [, mode = '', , id = ''] = field.split(' ')
    const path = fields[at + 1]!
    if (mode.startsWith('100')) versions.set(`${id} ${path}`, { commit, path, id })
    at += 2
  }
  return [...versions.values()]
}

interface SizedVersion extends Version {
  readonly size: number
}

function measure(run: Git, versions: readonly Version[]): readonly SizedVersion[] {
  if (versions.length === 0) return []
  const input = versions.map(({ id }) => `${id}\n`).join('')
  const sizes = linesOf(run(['cat-file', '--batch-check=%(objecttype) %(objectsize)'], input))
  return versions.map((version, index) => {
    const [type, size] = (sizes[index] ?? '').split(' ')
    if (type === 'blob' && Number(size) <= largestVersion) return { ...version, size: Number(size) }
    const what =
      type === 'blob' ? `of ${size} bytes, more than callctl reads` : 'that this clone does not have'
    throw new RecordError(
      `commit ${version.commit.slice(0, 12)} has a lockfile ${version.path} ${what}`,
      'Without it nobody knows whether these calls were placed before. Use a clone with all of its objects.',
    )
  })
}

function* readBatch(run: Git, batch: readonly SizedVersion[]): Generator<HistoricText> {
  let rest = run(['cat-file', '--batch'], `${batch.map(({ id }) => id).join('\n')}\n`)
  for (const { commit, path, size } of batch) {
    const start = rest.indexOf('\n') + 1
    yield { commit, path, text: rest.subarray(start, start + size).toString('utf8') }
    rest = rest.subarray(start + size + 1)
  }
}

function* batches(versions: readonly SizedVersion[]): Generator<readonly SizedVersion[]> {
  let batch: SizedVersion[] = []
  let size = 0
  for (const version of versions) {
    if (batch.length > 0 && size + version.size > largestBatch) {
      yield batch
      batch = []
      size = 0
    }
    batch.push(version)
    size += version.size
  }
  if (batch.length > 0) yield batch
}
