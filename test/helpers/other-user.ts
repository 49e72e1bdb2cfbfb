// Folders and files of another user of the machine, which only root can make.

import { chownSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** The user that owns nothing. */
export const nobody = 65534
/** One of whom no list of users knows, as in containers. */
export const unlisted = 54321

const isRoot = process.getuid?.() === 0

type Register = (name: string, work: () => void | Promise<void>) => void

/** Registers the test where it can be done. */
export function asRoot(test: Register & { readonly skip: Register }): Register {
  if (!isRoot) console.log('skipped: only root can give files to another user')
  return isRoot ? test : test.skip
}

/** Gives away the path, and all that is in it. */
export function give(path: string, user = nobody): void {
  chownSync(path, user, user)
  for (const each of readdirSync(path, { recursive: true, encoding: 'utf8' }))
    chownSync(join(path, each), user, user)
}
