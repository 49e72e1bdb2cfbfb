import { UsageError } from '../../model/errors.js'
import type { ExitCode } from '../../model/exit-code.js'
import type { Host } from '../../model/host.js'
import { type HangUpOptions, hangUpCalls } from '../../work/hang-up-calls.js'
import type { Arguments } from '../frame/arguments.js'
import { readDuration } from '../frame/duration.js'
import { withEvents } from '../frame/event-stream.js'
import { readGraphOptions, readSelectionOptions, readWorkspaceOptions } from '../frame/read-options.js'
import { interruptsOf, showEvents } from '../frame/show-run.js'
import { withElsewhere } from '../frame/tell-elsewhere.js'
import { worldOf } from '../frame/world-of.js'

export const hangup = (args: Arguments, host: Host): Promise<ExitCode> =>
  withEvents(args, host, async (stream) => {
    const options = readOptions(args)
    const { code } = await withElsewhere(args, host, () =>
      hangUpCalls(options, worldOf(args, host), {
        report: showEvents(stream, host),
        interruptible: interruptsOf(stream, host),
      }),
    )
    return code
  })

function readOptions(args: Arguments): HangUpOptions {
  const { positionals } = args
  const selection = readSelectionOptions(args)
  const takesAll = args.has('all') || Object.keys(selection).length > 0
  if (takesAll === positionals.length > 0)
    throw new UsageError('Name the addresses to hang up, or give `--all`, `--only` or `--except`.')
  return {
    ...readWorkspaceOptions(args, []),
    ...readGraphOptions(args),
    ...selection,
    addresses: takesAll ? 'all' : positionals,
    attempt: args.text('attempt'),
    deadline: readDuration(args, 'deadline'),
  }
}
