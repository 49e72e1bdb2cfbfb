import { UsageError } from '../../model/errors.js'
import type { ExitCode } from '../../model/exit-code.js'
import type { Host } from '../../model/host.js'
import { formatJson } from '../../report/diagnostics/diagnostics-json.js'
import { formatDoctor } from '../../report/record/doctor-text.js'
import { examine } from '../../work/examine.js'
import type { Arguments } from '../frame/arguments.js'
import { withErrorDocument } from '../frame/error-codes.js'
import { readGraphOptions, readWorkspaceOptions } from '../frame/read-options.js'
import { worldOf } from '../frame/world-of.js'

/** Whether all is there that placing calls needs. Looks at everything, changes nothing, rings nobody. */
export const doctor = (args: Arguments, host: Host): Promise<ExitCode> =>
  withErrorDocument(args, host, async () => {
    if (args.positionals.length > 0) throw new UsageError('`doctor` takes no paths: it is about all of them.')
    const options = {
      ...readWorkspaceOptions(args),
      ...readGraphOptions(args),
      checksCallbacks: args.has('check-callbacks'),
    }
    const { checks, code } = await examine(options, worldOf(args, host), host.nodeVersion)
    if (args.has('json')) host.stdout.write(formatJson({ checks, exitCode: code }))
    else host.stdout.write(formatDoctor(checks, host.terminal.stdout))
    return code
  })
