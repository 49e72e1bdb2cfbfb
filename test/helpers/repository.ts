// Real git repositories in temporary folders. Names, dates and so commit ids are the same in every run.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

export type RepositoryFiles = Readonly<Record<string, string | Uint8Array>>

export interface TestRepository {
  /** The top of the work tree. */
  readonly folder: string
  /** Runs git; its stdout without the last line end. Throws what it says on stderr. */
  git(...words: readonly string[]): string
  /** The same with input, and stdout as bytes. */
  pipe(words: readonly string[], input: string | Uint8Array): Buffer
  write(path: string, content: string | Uint8Array): void
  remove(path: string): void
  /** Writes these files, commits all that is there, and returns the commit's id. */
  commit(files?: RepositoryFiles, message?: string): string
}

/** Begins with one commit of these files on `main`; with none, with no commit. */
export async function withRepository(
  files: RepositoryFiles,
  work: (repository: TestRepository) => Promise<void> | void,
): Promise<void> {
  const outer = realpathSync.native(mkdtempSync(join(tmpdir(), 'callctl-repository-')))
  try {
    const repository = makeRepository(join(outer, 'work'), outer)
    if (Object.keys(files).length > 0) repository.commit(files, 'first')
    await work(repository)
  } finally {
    rmSync(outer, { recursive: true, force: true })
  }
}

function makeRepository(folder: string, home: string): TestRepository {
  let minute = 0
  const pipe = (words: readonly string[], input: string | Uint8Array): Buffer => {
    const env = environmentOf(home, minute)
    const { status, stdout, stderr } = spawnSync('git', words, { cwd: folder, env, input, timeout: 60_000 })
    if (status === 0) return stdout
    throw new Error(`git ${words.join(' ')}: ${stderr.toString('utf8')}`)
  }
  const git = (...words: readonly string[]): string => pipe(words, '').toString('utf8').replace(/\n$/, '')
  const write = (path: string, content: string | Uint8Array): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  const gitFolder = join(folder, '.git')
  mkdirSync(folder)
  initialize(folder, git)
  return {
    folder,
    git,
    pipe,
    write,
    remove: (path) => rmSync(join(folder, path), { recursive: true }),
    commit(changed = {}, message = 'change') {
      const isFirst = minute === 0 && readdirSync(folder).length === 1
      for (const [path, content] of Object.entries(changed)) write(path, content)
      minute += 1
      const make = (): void => {
        git('add', '-A')
        git('commit', '-q', '--allow-empty', '-m', message)
      }
      if (!isFirst) make()
      else if (onceMade(keyOf(changed, message), gitFolder, make)) git('update-index', '-q', '--refresh')
      return readHead(folder) ?? git('rev-parse', 'HEAD')
    },
  }
}

/** `git init`, with a branch `main` and no hooks. */
export function initialize(folder: string, git: (...words: readonly string[]) => unknown): void {
  onceMade('nothing', join(folder, '.git'), () => git('init', '-q', '-b', 'main', '--template='))
}

/** Copies of what git made before, by a key: tests of one file often begin alike. */
const made = new Map<string, string>()
let copies: string | undefined

function newCopy(): string {
  if (copies === undefined) {
    const folder = mkdtempSync(join(tmpdir(), 'callctl-git-'))
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
    copies = folder
  }
  return join(copies, String(made.size))
}

/** Makes a git folder, or copies what this made before, and says so: to start git takes longer. */
function onceMade(key: string, gitFolder: string, make: () => void): boolean {
  const known = made.get(key)
  if (known === undefined) {
    make()
    const copy = newCopy()
    cpSync(gitFolder, copy, { recursive: true })
    made.set(key, copy)
  } else {
    rmSync(gitFolder, { recursive: true, force: true })
    cpSync(known, gitFolder, { recursive: true })
  }
  return known !== undefined
}

function keyOf(files: RepositoryFiles, message: string): string {
  const hash = createHash('sha256').update(JSON.stringify([message, Object.keys(files)]))
  for (const content of Object.values(files)) hash.update(`${content.length} `).update(content)
  return hash.digest('hex')
}

/** Which commit is checked out, without asking git, where its files say it plainly. */
export function readHead(folder: string): string | undefined {
  const gitFolder = join(folder, '.git')
  try {
    const head = readFileSync(join(gitFolder, 'HEAD'), 'utf8').trim()
    const id = head.startsWith('ref: ') ? readFileSync(join(gitFolder, head.slice(5)), 'utf8').trim() : head
    return /^[0-9a-f]{40}$/.test(id) ? id : undefined
  } catch {
    return undefined
  }
}

/** Nothing of the tester's own settings; each commit is a minute younger than the one before. */
const environmentOf = (home: string, minute: number): NodeJS.ProcessEnv => {
  const date = new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString()
  return {
    PATH: process.env['PATH'],
    HOME: home,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'kim',
    GIT_AUTHOR_EMAIL: 'kim@contoso.com',
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_NAME: 'kim',
    GIT_COMMITTER_EMAIL: 'kim@contoso.com',
    GIT_COMMITTER_DATE: date,
  }
}
