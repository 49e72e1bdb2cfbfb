import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Environment } from '../model/environment.js'
import { RecordError } from '../model/errors.js'
import { runGit } from './program.js'
import type { LogEntry } from './reflog.js'
import type { RepositoryPath } from './repository-path.js'

// Whose a ref is. Own remotes are `origin`, the only remote, and those that the branch of this work tree, or main or
// master, comes from or is pushed to.

export interface Remotes {
  readonly own: ReadonlySet<string>
  /** What `remote.NAME.fetch` brings, and from whom. */
  readonly refspecs: readonly Refspec[]
}

interface Refspec {
  readonly remote: string
  readonly from: string
  readonly to: string
}

/** What people who may not push leave behind at a host, by the names that hosts give it. */
const strangePart = '(?:pull|merge-requests|pull-requests|changes)'
const strangeName = new RegExp(`^refs/${strangePart}/`)

export const isStrangeName = (name: string): boolean => strangeName.test(name)

export function readRemotes(repository: RepositoryPath, environment: Environment): Remotes {
  const settings = readSettings(repository, environment)
  const remotes = new Set<string>()
  const refspecs: Refspec[] = []
  const branches = new Set(['main', 'master', branchOf(repository)])
  const own = new Set(['origin'])
  for (const [key, value] of settings) {
    const [section = '', name = '', property = ''] = splitKey(key)
    if (section === 'remote' && name !== '') remotes.add(name)
    if (section === 'remote' && property === 'fetch') refspecs.push(parseRefspec(name, value))
    const isOfBranch = section === 'branch' && branches.has(name)
    if (isOfBranch && (property === 'remote' || property === 'pushremote')) own.add(value)
    if (key === 'remote.pushdefault') own.add(value)
  }
  if (remotes.size === 1) for (const name of remotes) own.add(name)
  return { own, refspecs }
}

function readSettings(
  { gitFolder }: RepositoryPath,
  environment: Environment,
): readonly (readonly [string, string])[] {
  const words = ['config', '--null', '--get-regexp', '^(remote|branch)\\.']
  const answer = runGit({ gitFolder, environment }, words)
  if (!(answer instanceof Uint8Array)) {
    // What git says where there is no such setting.
    if (answer.status === 1) return []
    throw new RecordError(`git’s settings cannot be read: ${answer.reason}`, 'Install git, or repair them.')
  }
  return answer
    .toString('utf8')
    .split('\0')
    .map((line) => {
      const end = line.indexOf('\n')
      return end === -1 ? [line, ''] : [line.slice(0, end), line.slice(end + 1)]
    })
}

/** Git prints section and property in small letters, and the name between them as it is. */
function splitKey(key: string): readonly string[] {
  const [first, last] = [key.indexOf('.'), key.lastIndexOf('.')]
  return first === last ? [] : [key.slice(0, first), key.slice(first + 1, last), key.slice(last + 1)]
}

function parseRefspec(remote: string, text: string): Refspec {
  const [from = '', to = ''] = text.replace(/^\+/, '').split(':')
  return { remote, from, to }
}

/** The branch that this work tree is on. */
function branchOf({ treeFolder }: RepositoryPath): string {
  try {
    const text = readFileSync(join(treeFolder, 'HEAD'), 'utf8')
    return /^ref: refs\/heads\/(.+)$/m.exec(text)?.[1] ?? ''
  } catch {
    return ''
  }
}

/** A branch of an own remote; not what a setting fetches of pull requests among them. */
export function isOwnRemoteBranch(name: string, { own, refspecs }: Remotes): boolean {
  const fetched = refspecs.filter(({ to }) => isWithin(name, to))
  if (fetched.some(({ from }) => isStrangeName(from))) return false
  if (fetched.some(({ remote }) => own.has(remote))) return true
  return [...own].some((remote) => name.startsWith(`refs/remotes/${remote}/`))
}

function isWithin(name: string, pattern: string): boolean {
  const [before = '', after] = pattern.split('*', 2)
  if (after === undefined) return name === pattern && name !== ''
  return name.length >= before.length + after.length && name.startsWith(before) && name.endsWith(after)
}

/**
 * A local branch is a stranger's where its log still has its beginning, and that was a fetch of somebody else's
 * branch or pull request. What is not known counts as own.
 */
export function isOwnBranch(name: string, log: readonly LogEntry[] | undefined, remotes: Remotes): boolean {
  const [first] = log ?? []
  if (first === undefined || /^refs\/heads\/(?:main|master)$/.test(name)) return true
  if (!/^0+$/.test(first.from)) return true
  const { message } = first
  if (message.startsWith('fetch ')) return !isStrangeFetch(message, remotes)
  const from = /^branch: Created from (.+)$/.exec(message)?.[1]
  return from === undefined || !isStrangeStart(from, remotes)
}

const strangeSource = new RegExp(`^\\+?(?:refs/)?${strangePart}/`)

/** Such as `fetch origin pull/5/head:pr-5: storing head`. */
function isStrangeFetch(message: string, { own }: Remotes): boolean {
  const words = message
    .replace(/: storing (?:head|ref|tag)$/, '')
    .split(' ')
    .slice(1)
    .filter((word) => !word.startsWith('-'))
  const [remote = '', ...refspecs] = words
  return !own.has(remote) || refspecs.some((refspec) => strangeSource.test(refspec))
}

function isStrangeStart(from: string, remotes: Remotes): boolean {
  if (from === 'FETCH_HEAD' || strangeSource.test(from)) return true
  const full = from.startsWith('refs/') ? from : `refs/remotes/${from}`
  if (!full.startsWith('refs/remotes/')) return false
  const isNamed = remotes.refspecs.some(({ to }) => isWithin(full, to))
  return (isNamed || from.startsWith('refs/remotes/')) && !isOwnRemoteBranch(full, remotes)
}
