import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Environment } from '../model/environment.js'
import { UsageError } from '../model/errors.js'
import type { FoundRepository } from './find-repository.js'
import { runGit } from './program.js'

/** A commit by what it was asked for as. */
export interface NamedCommit {
  readonly name: string
  /** Full id. */
  readonly commit: string
}

type Git = (words: readonly string[]) => string | undefined

/** Commits of one repository, by name. Throws UsageError for what is not there. */
export class Commits {
  readonly #git: Git
  readonly #isShallow: boolean

  constructor({ gitFolder, commonFolder }: FoundRepository, environment: Environment) {
    this.#git = createGit(gitFolder, environment)
    this.#isShallow = existsSync(join(commonFolder, 'shallow'))
  }

  /** A branch, tag or id, as git reads them. */
  find(name: string): NamedCommit {
    const commit = this.#find(name)
    if (commit !== undefined) return { name, commit }
    if (name.includes('..')) {
      throw new UsageError(
        `\`${name}\` is no revision.`,
        'Two revisions are two words: `callctl diff BASE HEAD`.',
      )
    }
    throw new UsageError(`There is no revision \`${name}\` in this repository.`, this.#hintToFetch())
  }

  /** The full id; undefined where there is none of that name. */
  lookUp(name: string): string | undefined {
    return this.#find(name)
  }

  /** Where this work tree's HEAD left the default branch. */
  findMergeBase(): NamedCommit {
    const head = this.find('HEAD')
    const branch = this.#findDefaultBranch()
    const commit = this.#git(['merge-base', branch.commit, head.commit])
    if (commit !== undefined) return { name: `merge base with ${branch.name}`, commit }
    throw new UsageError(
      `HEAD and the default branch, ${branch.name}, have no commit in common.`,
      this.#hintToFetch() ?? 'Name the revision to compare with: `callctl diff BASE`.',
    )
  }

  #findDefaultBranch(): NamedCommit {
    for (const [ref, name] of defaultBranches) {
      const commit = this.#find(ref)
      if (commit !== undefined) return { name, commit }
    }
    throw new UsageError(
      'There is no default branch: neither origin/HEAD, nor a branch main or master.',
      'Name the revision to compare with, such as `callctl diff HEAD`; in a workflow, fetch it with `fetch-depth: 0`.',
    )
  }

  #find(name: string): string | undefined {
    return this.#git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`])
  }

  #hintToFetch(): string | undefined {
    if (!this.#isShallow) return undefined
    return 'This clone is shallow: `git fetch --unshallow`, or `fetch-depth: 0` in a workflow.'
  }
}

const defaultBranches = [
  ['refs/remotes/origin/HEAD', 'origin/HEAD'],
  ['refs/remotes/origin/main', 'origin/main'],
  ['refs/remotes/origin/master', 'origin/master'],
  ['refs/heads/main', 'main'],
  ['refs/heads/master', 'master'],
] as const

const idForm = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/

/** The id that git answers with; undefined where it has none (status 1, or 128 for a name that is no revision). */
function createGit(gitFolder: string, environment: Environment): Git {
  return (words) => {
    const answer = runGit({ gitFolder, environment }, words)
    if (answer instanceof Uint8Array) {
      const [id = ''] = answer.toString('utf8').split('\n')
      return idForm.test(id) ? id : undefined
    }
    if (answer.status === undefined) throw unreadable(answer.reason)
    return undefined
  }
}

const unreadable = (reason: string): UsageError =>
  new UsageError(`The git repository cannot be read: ${reason}.`, 'Install git, or repair the repository.')
