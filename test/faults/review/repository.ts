// Real repositories of calls.

import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { git } from '../in-process.js'
import type { Lockfile, Revision } from './edits.js'
import { environments, filesOf, lockfileOf } from './world.js'

/** Writes all files of a revision, and commits them. */
export function commit(folder: string, home: string, { state, lockfiles }: Revision): void {
  for (const name of ['data', 'calls', 'templates'])
    rmSync(join(folder, name), { recursive: true, force: true })
  for (const [path, text] of Object.entries(filesOf(state))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    if (text.startsWith('link:')) symlinkSync(text.slice(5), join(folder, path))
    else writeFileSync(join(folder, path), text)
  }
  for (const name of environments) writeLockfile(join(folder, lockfileOf(name)), lockfiles[name])
  git(folder, home, 'add', '-A')
  git(folder, home, 'commit', '-q', '--allow-empty', '-m', 'change')
}

function writeLockfile(path: string, lockfile: Lockfile | undefined): void {
  if (lockfile === undefined) rmSync(path, { force: true })
  else writeFileSync(path, `${JSON.stringify(lockfile, null, 2)}\n`)
}

export const readLockfile = (folder: string, name: (typeof environments)[number]): Lockfile | undefined => {
  const path = join(folder, lockfileOf(name))
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Lockfile) : undefined
}
