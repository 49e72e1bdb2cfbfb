import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { RecordError } from '../model/errors.js'
import { type ProgramEnvironment, runGit } from './program.js'

/** The lockfile in git. */
export interface RepositoryPath {
  /** What all worktrees share. */
  readonly gitFolder: string
  /** From the top of the work tree, with `/`. */
  readonly path: string
}

/** A version of the lockfile in git's history. */
export interface HistoricText {
  /** The first commit found that has it. */
  readonly commit: string
  readonly text: string
}

/** Bytes of lockfiles read at once. */
const largestBatch = 32 * 1024 * 1024

export const isShallow = ({ gitFolder }: RepositoryPath): boolean => existsSync(join(gitFolder, 'shallow'))

/** Every version of the lockfile that any commit has: of all branches, tags, worktrees and the reflog. */
export function* readHistory(
  repository: RepositoryPath,
  environment: ProgramEnvironment,
): Generator<HistoricText> {
  const run = createGit(repository, environment)
  // Without --full-history, a side branch whose lockfile a merge threw away would be left out.
  const commits = run(['rev-list', '--all', '--reflog', '--full-history', '--', repository.path])
  if (commits.length === 0) return
  const names = commits.toString('utf8').trim().split('\n')
  const versions = listVersions(run, names, repository.path)
  for (const batch of batches(versions)) {
    const input = `${batch.map(({ id }) => id).join('\n')}\n`
    let rest = run(['cat-file', '--batch'], input)
    for (const { commit, size } of batch) {
      const start = rest.indexOf('\n') + 1
      yield { commit, text: rest.subarray(start, start + size).toString('utf8') }
      rest = rest.subarray(start + size + 1)
    }
  }
}

interface Version {
  readonly commit: string
  readonly id: string
  readonly size: number
}

/** Each version once. A commit that removed the lockfile has none. */
function listVersions(run: Git, commits: readonly string[], path: string): readonly Version[] {
  const input = commits.map((commit) => `${commit}:${path}\n`).join('')
  const lines = run(['cat-file', '--batch-check=%(objectname) %(objecttype) %(objectsize)'], input)
    .toString('utf8')
    .trim()
    .split('\n')
  const versions = new Map<string, Version>()
  for (const [index, line] of lines.entries()) {
    const [id = '', type, size] = line.split(' ')
    if (type === 'blob' && !versions.has(id)) {
      versions.set(id, { commit: commits[index]!, id, size: Number(size) })
    }
  }
  return [...versions.values()]
}

function* batches(versions: readonly Version[]): Generator<readonly Version[]> {
  let batch: Version[] = []
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

type Git = (words: readonly string[], input?: string) => Buffer

/** What decides whether people are rung may take its time. */
const longestRun = 10 * 60_000

function createGit({ gitFolder }: RepositoryPath, environment: ProgramEnvironment): Git {
  return (words, input) => {
    const answer = runGit({ gitFolder, environment, longestRun }, words, input)
    if (answer instanceof Uint8Array) return answer
    throw new RecordError(
      `git’s history of the lockfile cannot be read: ${answer.reason}`,
      'Without it nobody knows whether these calls were placed before. Install git, or repair the repository.',
      { cause: answer.cause },
    )
  }
}
