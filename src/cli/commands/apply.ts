import { UsageError } from '../../model/errors.js'
import type { ExitCode } from '../../model/exit-code.js'
import type { Host } from '../../model/host.js'
import { applyCalls } from '../../work/apply-calls.js'
import type { ApplyOptions } from '../../work/options/apply-options.js'
import { isConcurrency } from '../../work/options/check-options.js'
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
  const [deadline, maximumAge] = [readDuration(args, 'deadline'), readDuration(args, 'max-age')]
  return {
    ...readPlanOptions(args, mayShowPeople(args, host)),
    ...readPlanFile(args),
    share: args.has('share'),
    ...readPart(args),
    maximumAge,
    concurrency: readConcurrency(args),
    deadline,
    hasDetailedCode: args.has('detailed-exitcode'),
  }
}

function readConcurrency(args: Arguments): number | undefined {
  const text = args.text('concurrency')
  if (text === undefined) return undefined
  const number = Number(text)
  if (isConcurrency(number)) return number
  throw new UsageError('`--concurrency` is a number from 1 to 64.')
}

/** `2/4` begins at a quarter of the plan. */
function readPart(args: Arguments): Pick<ApplyOptions, 'part'> {
  const text = args.text('part')
  if (text === undefined) return {}
  const [, index, count] = /^([1-9]\d{0,3})\/([1-9]\d{0,3})$/.exec(text) ?? []
  const [at, of] = [Number(index), Number(count)]
  if (at <= of) return { part: (at - 1) / of }
  throw new UsageError('`--part` is which of how many runners, such as 2/4.')
}

/** Among the paths may be a saved plan, to be applied instead of definitions. */
function readPlanFile({ positionals }: Arguments): Pick<ApplyOptions, 'paths' | 'planFile'> {
  const at = positionals.findIndex((each) => each.endsWith('.json'))
  if (at === -1) return { paths: positionals }
  return { paths: positionals.toSpliced(at, 1), planFile: positionals[at] }
}
