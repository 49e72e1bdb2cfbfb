// What git answers to the words that callctl asks it with, from what is in memory.

import { byBytes, type Commit, type File } from './objects.js'
import type { QuickRepository } from './quick-repository.js'

export interface Answer {
  readonly status: number
  readonly stdout: Buffer
}

type Answerer = (repository: QuickRepository, words: readonly string[], input: string) => Answer

const done = (stdout: string | Buffer, status = 0): Answer => ({ status, stdout: Buffer.from(stdout) })

const lines = (each: readonly string[]): string => each.map((line) => `${line}\n`).join('')

/** By the beginning of the words: more of them than these are paths alone. */
const answerers: readonly (readonly [string, Answerer])[] = [
  ['--literal-pathspecs rev-parse --verify --quiet --end-of-options', parseRevision],
  ['--literal-pathspecs ls-tree -r -z -l --full-tree', listTree],
  ['--literal-pathspecs cat-file --batch', readBlobs],
  ['--literal-pathspecs cat-file --batch-check=%(objectname) %(objecttype)', checkNames],
  ['--literal-pathspecs cat-file --batch-check=%(objecttype) %(objectsize)', measureBlobs],
  ['--literal-pathspecs rev-list --stdin', listCommits],
  [
    '--glob-pathspecs diff-tree --stdin -r -m --root -z --no-renames -- **/calls.lock.json **/calls.*.lock.json',
    listLockfileChanges,
  ],
  [
    '--literal-pathspecs for-each-ref --format=%(objectname) %(if)%(worktreepath)%(then)*%(else)-%(end) %(refname)',
    listRefs,
  ],
  ['--literal-pathspecs config --null --get-regexp ^(remote|branch)\\.', listSettings],
  // None of these repositories ignores a file.
  ['--literal-pathspecs --no-literal-pathspecs check-ignore -z --stdin', () => done('', 1)],
]

const mostWords = new Set<Answerer>([parseRevision, listTree])

/** Undefined for what is not known here. */
export function answer(
  repository: QuickRepository,
  words: readonly string[],
  input: string,
): Answer | undefined {
  const asked = words.join(' ')
  const found = answerers.find(([start, answerer]) =>
    mostWords.has(answerer) ? asked.startsWith(`${start} `) : asked === start,
  )
  return found?.[1](repository, words, input)
}

/** HEAD, a branch, a remote's branch or an id. */
function find({ refs, branch, objects }: QuickRepository, name: string): Commit | undefined {
  const ref = name === 'HEAD' ? `refs/heads/${branch}` : name
  const prefixes = ['', 'refs/', 'refs/tags/', 'refs/heads/', 'refs/remotes/']
  const id = prefixes.map((prefix) => refs.get(`${prefix}${ref}`)).find((each) => each !== undefined) ?? name
  return objects.readCommit(id)
}

function parseRevision(repository: QuickRepository, words: readonly string[]): Answer {
  const commit = find(repository, words.at(-1)!.replace(/\^\{commit\}$/, ''))
  return commit === undefined ? done('', 1) : done(`${commit.id}\n`)
}

function listTree(repository: QuickRepository, words: readonly string[]): Answer {
  const [, , , , , , commit = '', , ...paths] = words
  const found = find(repository, commit)
  if (found === undefined) return done('', 128)
  const isAsked = (path: string): boolean =>
    paths.some((each) => path === each || path.startsWith(`${each}/`))
  const records = [...found.files].flatMap(([path, { mode, id, size }]) =>
    isAsked(path) ? [`${mode} blob ${id} ${String(size).padStart(7)}\t${path}\0`] : [],
  )
  return done(records.join(''))
}

const idsOf = (input: string): readonly string[] => input.split('\n').filter(Boolean)

function readBlobs({ objects }: QuickRepository, _words: readonly string[], input: string): Answer {
  const parts = idsOf(input).flatMap((id) => {
    const blob = objects.readBlob(id)
    if (blob === undefined) return [Buffer.from(`${id} missing\n`)]
    return [Buffer.from(`${id} blob ${blob.length}\n`), blob, Buffer.from('\n')]
  })
  return done(Buffer.concat(parts))
}

function checkNames(repository: QuickRepository, _words: readonly string[], input: string): Answer {
  const checked = idsOf(input).map((name) => {
    const commit = find(repository, name.replace(/\^\{\}$/, ''))
    return commit === undefined ? `${name} missing` : `${commit.id} commit`
  })
  return done(lines(checked))
}

function measureBlobs({ objects }: QuickRepository, _words: readonly string[], input: string): Answer {
  const measured = idsOf(input).map((id) => {
    const blob = objects.readBlob(id)
    return blob === undefined ? `${id} missing` : `blob ${blob.length}`
  })
  return done(lines(measured))
}

/** The newest first. */
function listCommits({ objects }: QuickRepository, _words: readonly string[], input: string): Answer {
  const ancestorsOf = (isWanted: (line: string) => boolean): ReadonlySet<Commit> => {
    const found = new Set<Commit>()
    for (const line of idsOf(input).filter(isWanted))
      for (let at = objects.readCommit(line.replace('^', '')); at !== undefined; at = at.parent) found.add(at)
    return found
  }
  const without = ancestorsOf((line) => line.startsWith('^'))
  const left = [...ancestorsOf((line) => !line.startsWith('^'))].filter((commit) => !without.has(commit))
  return done(lines(left.sort((one, other) => other.time - one.time).map(({ id }) => id)))
}

const lockfileName = /(?:^|\/)calls(?:\.[^/]*)?\.lock\.json$/

function listLockfileChanges({ objects }: QuickRepository, _words: readonly string[], input: string): Answer {
  const records = idsOf(input).flatMap((id) => {
    const commit = objects.readCommit(id)
    const changes = commit === undefined ? [] : changesOf(commit)
    return changes.length === 0 ? [] : [`${id}\0`, ...changes]
  })
  return done(records.join(''))
}

function changesOf({ files, parent }: Commit): readonly string[] {
  const before = parent?.files ?? new Map<string, File>()
  const paths = [...new Set([...before.keys(), ...files.keys()])].filter((path) => lockfileName.test(path))
  return paths.sort(byBytes).flatMap((path) => {
    const [old, now] = [before.get(path) ?? none, files.get(path) ?? none]
    if (old.id === now.id && old.mode === now.mode) return []
    const letter = old === none ? 'A' : now === none ? 'D' : old.mode === now.mode ? 'M' : 'T'
    return [`:${old.mode} ${now.mode} ${old.id} ${now.id} ${letter}\0${path}\0`]
  })
}

const none: File = { mode: '000000', id: '0'.repeat(40), size: 0 }

function listRefs({ refs, branch }: QuickRepository): Answer {
  const names = [...refs.keys()].sort(byBytes)
  const mark = (name: string): string => (name === `refs/heads/${branch}` ? '*' : '-')
  return done(lines(names.map((name) => `${refs.get(name)} ${mark(name)} ${name}`)))
}

function listSettings({ settings }: QuickRepository): Answer {
  return done(settings.map(([key, value]) => `${key}\n${value}\0`).join(''), settings.length === 0 ? 1 : 0)
}
