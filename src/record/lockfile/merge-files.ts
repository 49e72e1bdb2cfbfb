import { RecordError } from '../../model/errors.js'
import type { Lockfile } from '../../model/record/lockfile.js'
import { errorCode, nodeFileSystem, readFile } from '../disk/file-system.js'
import { replaceFile } from '../disk/replace-file.js'
import { refuseContradictions } from './contradictions.js'
import { formatLockfile } from './format-lockfile.js'
import { type Merge, mergeLockfiles } from './merge-lockfiles.js'
import { longestLockfile, parseLockfile } from './parse-lockfile.js'

/** The files that git hands to its merge driver, and the name of the lockfile for messages. */
export interface MergeFiles {
  readonly ours: string
  readonly theirs: string
  readonly name: string
}

/**
 * Writes the merged lockfile over `ours`. What is no lockfile is left as it is, and RecordError is thrown: it may be
 * any file. Where the two cannot be merged, both texts go there between conflict
 * markers, so that nobody can take one side for the whole, and RecordError is thrown.
 */
export function mergeFiles({ ours, theirs, name }: MergeFiles): Omit<Merge, 'lockfile'> {
  const [mine, other] = [readText(ours), readText(theirs)]
  for (const [text, path] of [
    [mine, ours],
    [other, theirs],
  ] as const)
    requireLockfile(text, path, name)
  try {
    const sides = [parseSide(mine, `${name} (ours)`), parseSide(other, `${name} (theirs)`)] as const
    requireOneLineage(sides, name)
    const { lockfile, ...told } = mergeLockfiles(...sides)
    const text = formatLockfile(lockfile)
    parseLockfile(text, name)
    if (text !== mine) replaceFile(ours, text)
    return told
  } catch (cause) {
    replaceFile(ours, `<<<<<<< ours\n${endLine(mine)}=======\n${endLine(other)}>>>>>>> theirs\n`)
    throw cause
  }
}

function readText(path: string): string {
  try {
    const { bytes, status } = readFile(nodeFileSystem, path, longestLockfile)
    if (status.size > longestLockfile) throw new Error('over 64 MiB')
    return bytes.toString('utf8')
  } catch (cause) {
    throw new RecordError(`${path} cannot be read (${errorCode(cause)})`, undefined, { cause })
  }
}

/** One that is damaged, cut off, empty or in conflict is a lockfile all the same. */
function requireLockfile(text: string, path: string, name: string): void {
  if (text.trim() === '' || text.includes('"lockfileVersion"')) return
  const of = path === name ? '' : ` (of ${name})`
  throw new RecordError(
    `${path}${of} is no lockfile: nothing was merged, and both sides are as they were`,
    'It takes BASE OURS THEIRS PATH, as git’s merge driver: `callctl lock merge %O %A %B %P`, for `calls*.lock.json` alone.',
  )
}

/** A side that contradicts itself would make the other one say the same. */
function parseSide(text: string, name: string): Lockfile {
  const lockfile = parseLockfile(text, name)
  refuseContradictions(lockfile, [])
  return lockfile
}

function requireOneLineage([ours, theirs]: readonly [Lockfile, Lockfile], name: string): void {
  if (ours.lineage === theirs.lineage) return
  throw new RecordError(
    `${name}: the two sides are of different lineages, ${ours.lineage} and ${theirs.lineage}`,
    'They were begun apart from one another. A person must choose the lineage, and keep the entries of both.',
  )
}

const endLine = (text: string): string => (text === '' || text.endsWith('\n') ? text : `${text}\n`)
