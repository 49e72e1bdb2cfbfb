// The only place that runs git, and only to read what a repository holds. No hook, no configured program, no filter,
// no network, no checkout: plumbing alone, with the user's and the system's settings out of the way, and the repository
// named, so that neither GIT_DIR nor the current folder decides which one it is.

import { spawnSync } from 'node:child_process'
import type { Environment } from '../model/environment.js'

export interface GitPlace {
  /** The git folder of the work tree, absolute. */
  readonly gitFolder: string
  /** Its PATH is used, and what Windows needs to start a program. */
  readonly environment: Environment
  /** Absolute; only for what looks at files of the work tree. */
  readonly workTree?: string
  /** Bytes of an answer at which git is ended. */
  readonly largestAnswer?: number
  /** Milliseconds after which git is ended. */
  readonly longestRun?: number
  /** Whether paths among the words are patterns, in which `*` stops at `/` and `**` does not. */
  readonly hasPatterns?: boolean
}

/** What became of git instead of an answer. */
export interface GitFailure {
  /** In git's own words, or the system's. */
  readonly reason: string
  /** Absent when git did not run to its end. */
  readonly status?: number
  readonly cause?: unknown
}

const minute = 60_000
const gigabyte = 1024 * 1024 * 1024

const settings = [
  '--no-pager',
  '--no-optional-locks',
  '--no-replace-objects',
  ...['-c', 'core.fsmonitor='],
  ...['-c', 'core.hooksPath=/dev/null'],
  ...['-c', 'core.attributesFile=/dev/null'],
]

/** Runs git with these words: its stdout, or why there is none. */
export function runGit(place: GitPlace, words: readonly string[], input = ''): Buffer | GitFailure {
  const { gitFolder, environment, workTree = gitFolder, hasPatterns } = place
  const { largestAnswer = gigabyte, longestRun = minute } = place
  const paths = hasPatterns === true ? '--glob-pathspecs' : '--literal-pathspecs'
  const { error, status, stdout, stderr } = spawnSync(
    'git',
    [`--git-dir=${gitFolder}`, ...settings, paths, ...words],
    {
      cwd: workTree,
      // A work tree that the repository's settings name need not exist.
      env: { ...environmentOf(environment), GIT_WORK_TREE: workTree },
      input,
      maxBuffer: largestAnswer,
      stdio: 'pipe',
      timeout: longestRun,
      killSignal: 'SIGKILL',
    },
  )
  if (error !== undefined) return { reason: describeError(error, longestRun), cause: error }
  if (status === 0) return stdout
  const reason = stderr.toString('utf8').trim().split('\n')[0] || 'it was ended'
  return { reason, ...(status !== null && { status }) }
}

const environmentOf = ({ PATH, SystemRoot }: Environment) => ({
  ...(PATH === undefined ? {} : { PATH }),
  ...(SystemRoot === undefined ? {} : { SystemRoot }),
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_ATTR_NOSYSTEM: '1',
  GIT_GRAFT_FILE: '/dev/null',
  // A clone without all objects would fetch them, with whatever program the repository names.
  GIT_ALLOW_PROTOCOL: 'none',
  GIT_NO_LAZY_FETCH: '1',
  GIT_TERMINAL_PROMPT: '0',
  LC_ALL: 'C',
})

function describeError(error: NodeJS.ErrnoException, longestRun: number): string {
  if (error.code === 'ENOENT') return 'there is no program `git`'
  if (error.code === 'ETIMEDOUT') return `git took longer than ${Math.round(longestRun / 1000)} s`
  if (error.code === 'ENOBUFS') return 'git’s answer is too large'
  return error.message
}
