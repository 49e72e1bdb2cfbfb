import { relative, sep } from 'node:path'
import { findRepository } from '../../git/find-repository.js'
import type { Workspace } from '../../model/language/workspace.js'
import type { World } from '../../model/world.js'

/** A workspace on disk that knows what git ignores. Git is asked when a list is read, and once for each. */
export function knowingIgnored(workspace: Workspace, { environment }: World): Workspace {
  const known = new Map<string, string | undefined>()
  const { root } = workspace
  const ask = (path: string): string | undefined => {
    const repository = findRepository(root)
    if (repository === undefined) return undefined
    const inside = [...relative(repository.top, root).split(sep), path]
      .filter((name) => name !== '')
      .join('/')
    const answer = loadGit().isIgnored(repository, inside, environment)
    if (typeof answer === 'object') return `whether git ignores it cannot be known: ${answer.reason}`
    return answer ? 'git ignores it' : undefined
  }
  return {
    ...workspace,
    whyIgnored(path) {
      if (!known.has(path)) known.set(path, ask(path))
      return known.get(path)
    },
  }
}

/** Most workspaces have no list that git could ignore, and what runs git is a third of all that Node loads for them. */
const loadGit = () => require('../../git/ignored.js') as typeof import('../../git/ignored.js')
