import { lstatSync, readdirSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import type { RepositoryPath } from '../git/repository-path.js'
import { createGit } from '../git/strict-git.js'
import type { Environment } from '../model/environment.js'
import { RecordError } from '../model/errors.js'
import type { RecordPlace } from './folders/folders.js'

/**
 * In git, attempts in the tree are none of this record. Untracked ones may be this machine's, from before the folder
 * came into git: their calls would be rung again. What is tracked came with a commit, and says nothing.
 */
export function refuseUntracked(
  { lockfile, home }: RecordPlace,
  repository: RepositoryPath,
  environment: Environment,
): void {
  const base = join(dirname(lockfile), '.callctl')
  const environments = namesIn(join(base, 'environments')).map((name) => join(base, 'environments', name))
  const files = [base, ...environments].flatMap(attemptsIn)
  if (files.length === 0) return
  const pathTo = (file: string): string => relative(repository.top, file).split(sep).join('/')
  const run = createGit({ gitFolder: repository.treeFolder }, environment)
  const listed = run(['ls-files', '-z', '--cached', '--', pathTo(base)])
  const tracked = new Set(listed.toString('utf8').split('\0'))
  const untracked = files.find((file) => !tracked.has(pathTo(file)))
  if (untracked === undefined) return
  throw new RecordError(
    `${untracked} is an attempt that lies in the work tree; in a git repository attempts lie in ${home?.base}`,
    'If it was made here, before this folder came into git, move it, with `lineage` and `rescue` beside it, to the record; if it came from elsewhere, remove it.',
  )
}

const attemptsIn = (folder: string): readonly string[] =>
  namesIn(folder)
    .filter((name) => /^[^.].*@\d+$/.test(name))
    .map((name) => join(folder, name))

/** Real folders alone: a link may be a stranger's. */
const namesIn = (folder: string): readonly string[] =>
  lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(folder) : []
