import type { Environment } from '../model/environment.js'
import type { FoundRepository } from './find-repository.js'
import { runGit } from './program.js'

const noneIgnored = 1

/** What git says of a file of the work tree, by its path from the top. */
export type Ignored = boolean | { readonly reason: string }

/**
 * Whether git ignores a file: by `.gitignore`, `info/exclude` or what the repository's settings name, but not by those
 * of the user. What is tracked is not ignored.
 */
export function isIgnored(
  { gitFolder, top }: FoundRepository,
  path: string,
  environment: Environment,
): Ignored {
  const answer = runGit(
    { gitFolder, environment, workTree: top },
    // This command takes no literal paths, and would read a colon at the start of one.
    ['--no-literal-pathspecs', 'check-ignore', '-z', '--stdin'],
    `./${path}\0`,
  )
  if (answer instanceof Uint8Array) return answer.length > 0
  return answer.status === noneIgnored ? false : { reason: answer.reason }
}
