import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { RecordError } from '../model/errors.js'
import type { RepositoryPath } from './folders.js'

// The only place that runs another program, and only to read git's history. No hook, no configured program, no
// network: plumbing alone, with the user's and the system's settings out of the way, and the repository named, so
// that neither GIT_DIR nor the current folder decides which one it is.

/** A version of the lockfile in git's history. */
export interface HistoricText {
  /** The first commit found that has it. */
  readonly commit: string
  readonly text: string
}

/** The environment's PATH, and what Windows needs to start a program. */
export type ProgramEnvironment = Readonly<Record<string, string | undefined>>

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

const settings = [
  '--no-pager',
  '--no-optional-locks',
  '--no-replace-objects',
  '--literal-pathspecs',
  ...['-c', 'core.fsmonitor='],
  ...['-c', 'core.hooksPath=/dev/null'],
]

function createGit({ gitFolder }: RepositoryPath, environment: ProgramEnvironment): Git {
  const { PATH, SystemRoot } = environment
  const env = {
    ...(PATH === undefined ? {} : { PATH }),
    ...(SystemRoot === undefined ? {} : { SystemRoot }),
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    // A clone without all objects would fetch them, with whatever program the repository names.
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_NO_LAZY_FETCH: '1',
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
  }
  return (words, input = '') => {
    const { error, status, stdout, stderr } = spawnSync(
      'git',
      [`--git-dir=${gitFolder}`, ...settings, ...words],
      { cwd: gitFolder, env, input, maxBuffer: 1024 * 1024 * 1024, stdio: 'pipe' },
    )
    if (error === undefined && status === 0) return stdout
    const reason = error?.message ?? stderr.toString('utf8').trim().split('\n')[0]
    throw new RecordError(
      `git’s history of the lockfile cannot be read: ${reason}`,
      'Without it nobody knows whether these calls were placed before. Install git, or repair the repository.',
      { cause: error },
    )
  }
}
