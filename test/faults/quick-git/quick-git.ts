import childProcess from 'node:child_process'
import { syncBuiltinESMExports } from 'node:module'
import { type Answer, answer } from './answers.js'
import type { QuickRepository } from './quick-repository.js'

/**
 * Stands in for the program git where callctl asks of repositories that were made in this process. What it does not
 * know, git answers, for its files are all there. While `isChecked`, git is asked the same each time, and must say the
 * same.
 */
export class QuickGit {
  isChecked = false
  readonly #repositories = new Map<string, QuickRepository>()
  #differences: string[] = []
  #checks = 0

  /** How many answers have been compared with git's. */
  get checks(): number {
    return this.#checks
  }

  add(repository: QuickRepository): void {
    this.#repositories.set(repository.gitFolder, repository)
  }

  /** Forgets every repository. */
  clear(): void {
    this.#repositories.clear()
  }

  /** What git answered otherwise, since this was asked last. */
  takeDifferences(): readonly string[] {
    const taken = this.#differences
    this.#differences = []
    return taken
  }

  async standIn<Result>(work: () => Promise<Result>): Promise<Result> {
    const { spawnSync } = childProcess
    const quick = (...given: Parameters<typeof spawnSync>): ReturnType<typeof spawnSync> => {
      const [program, words, options] = given as unknown as [string, readonly string[], { input?: string }]
      const quickAnswer = program === 'git' ? this.#answer(words, options.input ?? '') : undefined
      if (quickAnswer === undefined || this.isChecked) {
        const real = spawnSync(...given)
        if (quickAnswer !== undefined) this.#compare(words, quickAnswer, real as unknown as Answer)
        return real
      }
      const { status, stdout } = quickAnswer
      const rest = { pid: 0, stderr: Buffer.alloc(0), signal: null, output: [] }
      return { ...rest, status, stdout } as unknown as ReturnType<typeof spawnSync>
    }
    try {
      childProcess.spawnSync = quick as typeof spawnSync
      syncBuiltinESMExports()
      return await work()
    } finally {
      childProcess.spawnSync = spawnSync
      syncBuiltinESMExports()
    }
  }

  #answer([place = '', ...words]: readonly string[], input: string): Answer | undefined {
    const repository = this.#repositories.get(place.replace('--git-dir=', ''))
    if (repository === undefined) return undefined
    const end = words.findIndex((word) => word === '--literal-pathspecs' || word === '--glob-pathspecs')
    return answer(repository, words.slice(end), input)
  }

  #compare(words: readonly string[], quick: Answer, real: Answer): void {
    this.#checks += 1
    if (quick.status === real.status && quick.stdout.equals(real.stdout)) return
    const said = `${real.status}: ${real.stdout.toString('latin1').slice(0, 200)}`
    this.#differences.push(`git answers otherwise to ${words.slice(-8).join(' ')}: ${said}`)
  }
}
