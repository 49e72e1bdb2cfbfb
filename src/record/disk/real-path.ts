import { lstatSync, readlinkSync, type Stats } from 'node:fs'
import { platform } from 'node:os'
import { dirname, join, parse, relative, sep } from 'node:path'
import { findRepository } from '../../git/find-repository.js'
import { RecordError, UsageError } from '../../model/errors.js'
import { errorCode } from './file-system.js'
import { findOwnUser } from './own-user.js'

// Whatever callctl writes or deletes, it finds its way here first. Inside a workspace, and the repository around it,
// links may be a stranger's, who committed them: none is followed. Outside they are the user's own.

/** A workspace, with what strangers can commit to around it. */
export interface Premises {
  /** A real path. */
  readonly root: string
  /** The top of the repository, or the workspace where there is none. */
  readonly top: string
}

/** Where a path leads that somebody named. */
export interface Landing {
  /** Without any link in it, but for streams. */
  readonly path: string
  /** Undefined where nothing is. */
  readonly status: Stats | undefined
  /** `/dev/stdout`, `/dev/fd/63` and the like, which the system makes up: they are opened as they are named. */
  readonly isStream: boolean
  /** Whether it lies in the repository or workspace. */
  readonly isInside: boolean
}

type Refuse = (message: string, hint: string) => Error

const asUsage: Refuse = (message, hint) => new UsageError(message, hint)
const asRecord: Refuse = (message, hint) => new RecordError(message, hint)

export const findPremises = (root: string): Premises => ({ root, top: findRepository(root)?.top ?? root })

/** Follows the links of the path that are the user's own. `path` is absolute, `named` as it was typed. */
export function landAt(premises: Premises, path: string, named: string): Landing {
  try {
    const { root, dir, base } = parse(path)
    const names = [...dir.slice(root.length).split(sep), base].filter((name) => name !== '')
    return walk({ reached: root, names, links: mostLinks }, premises, named)
  } catch (cause) {
    if (cause instanceof UsageError) throw cause
    throw new UsageError(`${named} cannot be reached (${errorCode(cause)}).`)
  }
}

/** More on one way are a circle, as far as any system goes. */
const mostLinks = 40

interface Way {
  readonly reached: string
  readonly names: readonly string[]
  readonly links: number
}

function walk({ reached: start, names, links }: Way, premises: Premises, named: string): Landing {
  let reached = start
  let status: Stats | undefined = lstatSync(start)
  for (const [index, name] of names.entries()) {
    const rest = names.slice(index + 1)
    const path = name === '..' ? dirname(reached) : join(reached, name)
    if (isMadeUp(path)) return landing({ path: join(path, ...rest), isStream: true }, premises)
    status = lstatSync(path, { throwIfNoEntry: false })
    if (status === undefined) return landing({ path: join(path, ...rest) }, premises)
    if (status.isSymbolicLink()) {
      if (isBelow(path, premises.top) || isBelow(path, premises.root)) throw linkRefusal(path, named, asUsage)
      if (links === 0) throw new UsageError(`${named} leads in a circle.`)
      return walk(throughLink(path, rest, links - 1), premises, named)
    }
    if (isBelow(path, premises.top)) refuseStranger(path, status, premises.top, asUsage)
    reached = path
  }
  return landing({ path: reached, status }, premises)
}

function throughLink(path: string, rest: readonly string[], links: number): Way {
  const target = readlinkSync(path)
  const { root } = parse(target)
  const names = target
    .slice(root.length)
    .split(/[\\/]/)
    .filter((name) => name !== '' && name !== '.')
  return { reached: root === '' ? dirname(path) : root, names: [...names, ...rest], links }
}

const landing = (
  { path, status, isStream = false }: { path: string; status?: Stats | undefined; isStream?: boolean },
  { top, root }: Premises,
): Landing => ({ path, status, isStream, isInside: isWithin(path, top) || isWithin(path, root) })

const isMadeUp = (path: string): boolean => /^\/(?:dev\/(?:fd|std(?:in|out|err)|null|tty)|proc)$/.test(path)

/**
 * A path of callctl’s own below a folder: no link, and nothing of somebody else's, may stand on the way. Throws
 * UsageError, or RecordError for what belongs to the record.
 */
export function joinReal(
  base: string,
  parts: readonly string[],
  kind: 'usage' | 'record' = 'record',
): string {
  const refuse = kind === 'usage' ? asUsage : asRecord
  let isThere = true
  return parts.reduce((folder, part) => {
    const path = join(folder, part)
    const status = isThere ? lstatSync(path, { throwIfNoEntry: false }) : undefined
    if (status === undefined) isThere = false
    else if (status.isSymbolicLink()) throw linkRefusal(path, relative(base, path), refuse)
    else refuseStranger(path, status, base, refuse)
    return path
  }, base)
}

function linkRefusal(path: string, named: string, refuse: Refuse): Error {
  const subject = named === path ? path : `${named}: ${path}`
  return refuse(
    `${subject} is a symbolic link`,
    'callctl writes into real files of the workspace alone: remove the link.',
  )
}

/**
 * In a folder of another user names can turn into anything. The owner of the whole can do so anyway, and so can root.
 * Files do not matter: they are replaced, not written into.
 */
function refuseStranger(path: string, status: Stats, base: string, refuse: Refuse): void {
  if (platform() === 'win32' || !status.isDirectory()) return
  if (status.uid === 0 || status.uid === findOwnUser() || status.uid === lstatSync(base).uid) return
  throw refuse(
    `${path} belongs to another user of this machine`,
    'callctl writes into folders of your own alone.',
  )
}

const isWithin = (path: string, folder: string): boolean => path === folder || isBelow(path, folder)

const isBelow = (path: string, folder: string): boolean =>
  path.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`) && path.length > folder.length
