// Repositories of calls: the files of each revision, committed and in the work tree.

import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Contents, File } from '../quick-git/objects.js'
import { cloneInto, type QuickRepository } from '../quick-git/quick-repository.js'
import type { Lockfile, Revision } from './edits.js'
import { environments, filesOf, lockfileOf } from './world.js'

/** Commits all files of a revision to a branch that may be new; the work tree stays as it is. */
export function commit(repository: QuickRepository, revision: Revision, branch = repository.branch): void {
  const { objects, refs } = repository
  const ref = `refs/heads/${branch}`
  const parent = refs.get(ref) ?? refs.get(`refs/heads/${repository.branch}`)
  const made = objects.addCommit(
    contentsOf(revision),
    parent === undefined ? undefined : objects.readCommit(parent),
  )
  if (parent !== undefined && !refs.has(ref)) repository.move(ref, parent, `branch: Created from main`)
  repository.move(ref, made.id, 'commit: change')
}

/** As `git fetch` leaves it; the branches of other pull requests go. */
export function fetchInto(repository: QuickRepository, from: QuickRepository, branch: string): void {
  const own = `refs/heads/${repository.branch}`
  for (const name of [...repository.refs.keys()])
    if (name.startsWith('refs/heads/') && name !== own) repository.remove(name)
  const id = from.refs.get(`refs/heads/${branch}`)!
  repository.move(`refs/heads/${branch}`, id, `fetch -q origin ${branch}:${branch}: storing head`)
}

/** A fresh one, with all of the branch's history and nothing else. */
export function cloneOf(repository: QuickRepository, folder: string, branch: string): QuickRepository {
  const clone = cloneInto(folder, repository, branch)
  checkOut(clone)
  return clone
}

/** Writes the files of the branch that HEAD is on. */
export function checkOut({ folder, objects, refs, branch }: QuickRepository): void {
  const { files = new Map<string, File>() } = objects.readCommit(refs.get(`refs/heads/${branch}`)!) ?? {}
  for (const [path, { mode, id }] of files) {
    const content = objects.readBlob(id)!
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    if (mode === '120000') symlinkSync(content.toString('utf8'), join(folder, path))
    else writeFileSync(join(folder, path), content)
  }
}

function contentsOf({ state, lockfiles }: Revision): Contents {
  const own = environments.flatMap((name) => {
    const lockfile = lockfiles[name]
    return lockfile === undefined ? [] : [[lockfileOf(name), `${JSON.stringify(lockfile, null, 2)}\n`]]
  })
  return { ...filesOf(state), ...Object.fromEntries(own) }
}

export const readLockfile = (folder: string, name: (typeof environments)[number]): Lockfile | undefined => {
  const path = join(folder, lockfileOf(name))
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Lockfile) : undefined
}
