import { UsageError } from '../../model/errors.js'
import type { Host } from '../../model/host.js'
import type { LiveElsewhere } from '../../model/record/live-elsewhere.js'
import { formatLiveElsewhere } from '../../report/record/live-elsewhere-text.js'
import { lookElsewhere } from '../../work/apply/live-elsewhere.js'
import { findOwnPlace } from '../../work/workspace/find-place.js'
import type { Arguments } from './arguments.js'
import { readGraphOptions } from './read-options.js'
import { worldOf } from './world-of.js'

/** Says on stderr which other environments have live calls. */
export const tellElsewhere = (elsewhere: readonly LiveElsewhere[], { stderr, terminal }: Host): void =>
  stderr.write(formatLiveElsewhere(elsewhere, terminal.stderr))

/** The other environments with live calls. Throws UsageError where there is neither workspace nor record. */
export function findElsewhere(args: Arguments, host: Host): readonly LiveElsewhere[] {
  const options = readGraphOptions(args)
  return lookElsewhere(findOwnPlace(options, worldOf(args, host)), options, host)
}

/** For what is done to a call by its name: where that is not known, it may be one of another environment's. */
export async function withElsewhere<Value>(
  args: Arguments,
  host: Host,
  work: () => Promise<Value>,
): Promise<Value> {
  const elsewhere = findElsewhere(args, host)
  try {
    return await work()
  } catch (error) {
    if (error instanceof UsageError) tellElsewhere(elsewhere, host)
    throw error
  }
}
