import { existsSync, realpathSync } from 'node:fs'
import { dirname, isAbsolute, join, relative, sep } from 'node:path'
import type { World } from '../../model/world.js'

/** The way from the repository to the workspace, with forward slashes, as GitHub and code scanning name files. */
export function repositoryFolder(root: string, world: World): string {
  const checkout = world.environment['GITHUB_WORKSPACE']
  const top = checkout && existsSync(checkout) ? realpathSync(checkout) : findTop(root)
  const inside = relative(top ?? root, root)
  return inside.startsWith('..') || isAbsolute(inside) ? '' : inside.split(sep).join('/')
}

function findTop(folder: string): string | undefined {
  if (existsSync(join(folder, '.git'))) return folder
  return dirname(folder) === folder ? undefined : findTop(dirname(folder))
}
