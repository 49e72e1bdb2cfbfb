// `diff` in many formats at the price of one: reading two revisions starts git many times, rendering does not.

import { readReviewOptions } from '../../src/cli/commands/diff.js'
import { reviewFormats } from '../../src/cli/files/review-formats.js'
import { readArguments } from '../../src/cli/frame/arguments.js'
import { commands } from '../../src/cli/table/commands.js'
import type { Environment } from '../../src/model/environment.js'
import { type ExitCode, exitCodes, worstExitCode } from '../../src/model/exit-code.js'
import { version } from '../../src/version.js'
import { reviewRevisions } from '../../src/work/review/review-revisions.js'
import { fakeHost } from '../cli/fake-host.js'

export interface InFormats {
  /** Without `--detailed-exitcode`. */
  readonly code: ExitCode
  /** What `diff --format NAME` prints, for each name. */
  readonly texts: Readonly<Record<string, string>>
}

/** `words` are those of `diff`. The workspace is at the top of the repository. */
export async function reviewInFormats(
  names: readonly string[],
  words: readonly string[],
  { cwd, environment = {} }: { readonly cwd: string; readonly environment?: Environment },
): Promise<InFormats> {
  const host = fakeHost({ cwd, environment: { PATH: process.env['PATH'], HOME: cwd, ...environment } })
  const args = readArguments(words, commands['diff']!.options)
  const { review, sources, problems } = reviewRevisions(readReviewOptions(args), host)
  const surroundings = { sources, folder: '', version, look: host.terminal.stdout }
  const texts: Record<string, string> = {}
  for (const name of names) texts[name] = [...(await reviewFormats[name]!(review, surroundings))].join('')
  return { code: worstExitCode([...problems, exitCodes.done]), texts }
}
