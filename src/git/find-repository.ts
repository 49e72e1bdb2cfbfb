import { lstatSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { RecordError } from '../model/errors.js'

export interface FoundRepository {
  /** The top of the work tree. */
  readonly top: string
  /** Of this work tree: it has the HEAD. */
  readonly gitFolder: string
  /** What all worktrees share. */
  readonly commonFolder: string
}

/**
 * The nearest folder with a `.git`, as git looks for it. Reads files only: running git would run what a stranger
 * configured, and GIT_DIR would let the place change from one run to the next.
 */
export function findRepository(folder: string): FoundRepository | undefined {
  const entry = join(folder, '.git')
  const kind = statSync(entry, { throwIfNoEntry: false })
  if (kind !== undefined) {
    const gitFolder = kind.isDirectory() ? entry : resolve(folder, readPointer(entry, 'gitdir: '))
    return { top: folder, gitFolder, commonFolder: findCommonFolder(gitFolder) }
  }
  return dirname(folder) === folder ? undefined : findRepository(dirname(folder))
}

function findCommonFolder(gitFolder: string): string {
  const pointer = join(gitFolder, 'commondir')
  const common = kindOf(pointer) === undefined ? gitFolder : resolve(gitFolder, readPointer(pointer, ''))
  if (!statSync(common, { throwIfNoEntry: false })?.isDirectory()) {
    throw new RecordError(
      `${common}, the repository of this worktree, does not exist`,
      'Repair the worktree.',
    )
  }
  return realpathSync.native(common)
}

function readPointer(path: string, prefix: string): string {
  const text = statSync(path).isFile() ? readFileSync(path, 'utf8').replace(/\r?\n$/, '') : ''
  if (text.startsWith(prefix) && text.length > prefix.length && !/[\r\n\0]/.test(text)) {
    return text.slice(prefix.length)
  }
  throw new RecordError(`${path} does not say where the repository is`, 'Repair the worktree or submodule.')
}

const kindOf = (path: string) => lstatSync(path, { throwIfNoEntry: false })
