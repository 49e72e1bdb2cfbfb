import { exitCodeOf } from '../../model/error-codes.js'
import { LimitError } from '../../model/errors.js'
import type { ExitCode } from '../../model/exit-code.js'
import type { Host } from '../../model/host.js'
import { writeJson } from '../../report/text/json-text.js'
import type { Arguments } from './arguments.js'

/** Where code 1 would say that nothing rang: what went wrong inside callctl, or with the files it is made of. */
export function describeInternal(error: unknown): string {
  if (!(error instanceof Error)) return `error: callctl has a bug: ${String(error)}`
  return error.name === 'ProgramError'
    ? `error: ${error.message}`
    : `error: callctl has a bug: ${error.stack ?? error.message}`
}

/** An error for machines. */
export function describeError(error: unknown): object {
  const { hint } = error as { readonly hint?: string }
  const code = error instanceof LimitError ? error.code : undefined
  const message = error instanceof Error ? error.message : String(error)
  return { ...(code !== undefined && { code }), message, ...(hint !== undefined && { hint }) }
}

/** For commands that print one JSON document: with `--json`, an error is one too. It is then reported as always. */
export async function withErrorDocument(
  args: Arguments,
  host: Host,
  work: () => Promise<ExitCode>,
): Promise<ExitCode> {
  try {
    return await work()
  } catch (error) {
    if (args.has('json')) {
      const document = { formatVersion: 1, error: describeError(error), exitCode: exitCodeOf(error) }
      host.stdout.write(`${writeJson(document, 2)}\n`)
    }
    throw error
  }
}
