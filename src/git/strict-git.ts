import type { Environment } from '../model/environment.js'
import { RecordError } from '../model/errors.js'
import { runGit } from './program.js'
import type { RepositoryPath } from './repository-path.js'

/** Runs git with words and input, and returns what it prints. */
export type Git = (words: readonly string[], input?: string, hasPatterns?: boolean) => Buffer

/** What decides whether people are rung may take its time. */
const longestRun = 10 * 60_000

/** Git for what the history says of calls: whatever it cannot read is refused. */
export function createGit({ gitFolder }: Pick<RepositoryPath, 'gitFolder'>, environment: Environment): Git {
  return (words, input, hasPatterns = false) => {
    const answer = runGit({ gitFolder, environment, longestRun, hasPatterns }, words, input)
    if (answer instanceof Uint8Array) return answer
    throw new RecordError(
      `git’s history of the lockfile cannot be read: ${answer.reason}`,
      'Without it nobody knows whether these calls were placed before. Install git, or repair the repository.',
      { cause: answer.cause },
    )
  }
}
