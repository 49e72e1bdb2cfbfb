import { UsageError } from '../../model/errors.js'
import { type ExitCode, exitCodes } from '../../model/exit-code.js'
import type { Host } from '../../model/host.js'
import { formatJson } from '../../report/diagnostics/diagnostics-json.js'
import { describeLiveElsewhere } from '../../report/record/live-elsewhere-text.js'
import { formatRuns } from '../../report/record/runs-text.js'
import { describeStatus, formatStatus } from '../../report/record/status-text.js'
import { lookAtCalls } from '../../work/look-at-calls.js'
import { findPlace } from '../../work/workspace/find-place.js'
import type { Arguments } from '../frame/arguments.js'
import { withErrorDocument } from '../frame/error-codes.js'
import { interruptible } from '../frame/interruptible.js'
import { readGraphOptions } from '../frame/read-options.js'
import { notesOf, readStatusOptions } from '../frame/read-status-options.js'
import { showDiagnostics } from '../frame/show-problems.js'
import { tellElsewhere } from '../frame/tell-elsewhere.js'
import { warnShared } from '../frame/warn-shared.js'
import { worldOf } from '../frame/world-of.js'

export const status = (args: Arguments, host: Host): Promise<ExitCode> =>
  withErrorDocument(args, host, async () => {
    if (args.has('runs')) return showRuns(args, host)
    if (!args.has('watch')) {
      if (args.has('every')) throw new UsageError('`--every` comes with `--watch`.')
      return showStatus(args, host)
    }
    const { watchStatus } = await import('./watch-status.js')
    return watchStatus(args, host)
  })

async function showStatus(args: Arguments, host: Host): Promise<ExitCode> {
  let elsewhere: object = {}
  const options = readStatusOptions(args)
  const found = await lookAtCalls(options, worldOf(args, host), {
    tellElsewhere(environments) {
      elsewhere = describeLiveElsewhere(environments)
      tellElsewhere(environments, host)
    },
    interruptible: (work) => interruptible(host, work),
  })
  if ('hasErrors' in found) return showDiagnostics(found, args, host)
  const shared = warnShared(found.shared, host)
  if (args.has('json'))
    host.stdout.write(formatJson({ ...describeStatus(found.lines), ...shared, ...elsewhere }))
  else host.stdout.write(formatStatus(found.lines, host.terminal.stdout, notesOf(options, args, host)))
  return found.code
}

/** Who does what to a record that several runners share. */
async function showRuns(args: Arguments, host: Host): Promise<ExitCode> {
  const { shared } = await findPlace(readGraphOptions(args), worldOf(args, host))
  if (shared === undefined)
    throw new UsageError(
      '`--runs` is for a record that several runners share.',
      'docs/shared-record.md says how.',
    )
  const runs = await shared.runs()
  await shared.close()
  host.stdout.write(args.has('json') ? formatJson({ runs }) : formatRuns(runs, host.terminal.stdout))
  return exitCodes.done
}
