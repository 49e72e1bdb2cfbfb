import { createHash } from 'node:crypto'
import { relative, sep } from 'node:path'
import { Commits } from '../../git/commits.js'
import { findRepository } from '../../git/find-repository.js'
import type { SavedWorkspace } from '../../model/plan.js'
import type { World } from '../../model/world.js'
import { realFolder } from '../../record/folders/folders.js'

// An empty record has no lineage, and any other empty record is like it: so a first plan names its workspace.

export function describeWorkspace(root: string, world: World): SavedWorkspace {
  const found = findInGit(root, world)
  const commit = found?.commits.lookUp('HEAD')
  return found === undefined || commit === undefined
    ? { folder: hashOfFolder(root) }
    : { path: found.path, commit }
}

/** Whether a first plan was made here, or in another clone of this repository. */
export function isSameWorkspace(saved: SavedWorkspace, root: string, world: World): boolean {
  if ('folder' in saved) return saved.folder === hashOfFolder(root)
  const found = findInGit(root, world)
  return found?.path === saved.path && found.commits.lookUp(saved.commit) === saved.commit
}

function findInGit(root: string, { environment }: World) {
  const folder = realFolder(root)
  const repository = findRepository(folder)
  if (repository === undefined) return undefined
  const path = relative(repository.top, folder).split(sep).join('/')
  return { path, commits: new Commits(repository, environment) }
}

const hashOfFolder = (root: string): string => createHash('sha256').update(realFolder(root)).digest('hex')
