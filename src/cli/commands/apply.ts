import { UsageError } from '../../model/errors.js'
import type { ExitCode } from '../../model/exit-code.js'
import type { Host } from '../../model/host.js'
import { applyCalls } from '../../work/apply-calls.js'
import type { ApplyOptions } from '../../work/options/apply-options.js'
import type { Arguments } from '../frame/arguments.js'
import { confirm } from '../frame/confirm.js'
import { readDuration } from '../frame/duration.js'
import { withEvents } from '../frame/event-stream.js'
import { mayShowPeople, readPlanOptions } from '../frame/read-options.js'
import { interruptsOf, showEvents } from '../frame/show-run.js'
import { worldOf } from '../frame/world-of.js'

/** Plan, show, confirm, place, record; or, given a saved plan, the same without the first. */
export const apply = (args: Arguments, host: Host): Promise<ExitCode> =>
  withEvents(args, host, async (stream) => {
    const { code } = await applyCalls(readOptions(args, host), worldOf(args, host), {
      confirm: args.has('yes') ? 'yes' : (report) => confirm(report, args, host),
      mayConfirm: args.has('yes') || host.terminal.isInteractive,
      report: showEvents(stream, host),
      interruptible: interruptsOf(stream, host),
    })
    return code
  })

function readOptions(args: Arguments, host: Host): ApplyOptions {
  const [concurrency, deadline] = [readConcurrency(args), readDuration(args, 'deadline')]
  const maximumAge = readDuration(args, 'max-age')
  return {
    ...readPlanOptions(args, mayShowPeople(args, host)),
    planFile: readPlanFile(args),
    maximumAge,
    concurrency,
    deadline,
    hasDetailedCode: args.has('detailed-exitcode'),
  }
}

function readConcurrency(args: Arguments): number | undefined {
  const text = args.text('concurrency')
  if (text === undefined) return undefined
  const number = Number(text)
  if (Number.isInteger(number) && number >= 1 && number <= 64) return number
  throw new UsageError('`--concurrency` is a number from 1 to 64.')
}

/** The saved plan that was given instead of definitions. */
function readPlanFile(args: Arguments): string | undefined {
  const path = args.positionals.find((each) => each.endsWith('.json'))
  if (path === undefined) return undefined
  if (args.positionals.length > 1) throw new UsageError('A saved plan is applied alone.')
  const wrong = ['only', 'redial', 'prune', 'var', 'var-file'].find((name) => args.has(name))
  if (wrong === undefined) return path
  throw new UsageError(`\`--${wrong}\` does not go with a saved plan: it is applied as it is.`)
}
