import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs'
import { join, sep } from 'node:path'
import type { FileTree, Followed, TreeEntry, Unlisted } from './file-tree.js'

/** The files beneath a folder, whose path is a real one. */
export const openDiskTree = (root: string): FileTree => ({
  follow: (path) => follow(root, path),
  entriesOf: (folder) => listEntries(join(root, folder)),
})

function follow(root: string, path: string): Followed | 'outside' | undefined {
  try {
    const real = realpathSync(join(root, path))
    if (real !== root && !real.startsWith(root + sep)) return 'outside'
    const inside = real
      .slice(root.length + 1)
      .split(sep)
      .join('/')
    return { path: inside, isFolder: statSync(real).isDirectory() }
  } catch {
    return undefined
  }
}

function listEntries(folder: string): readonly TreeEntry[] | Unlisted {
  try {
    const entries = readdirSync(folder, { withFileTypes: true })
    return entries
      .sort((left, right) => (left.name < right.name ? -1 : 1))
      .map((entry) => ({ name: entry.name, kind: kindOf(entry) }))
  } catch (error) {
    return { code: (error as NodeJS.ErrnoException).code ?? 'unknown' }
  }
}

function kindOf(entry: Dirent): TreeEntry['kind'] {
  if (entry.isSymbolicLink()) return 'link'
  return entry.isDirectory() ? 'folder' : 'file'
}
