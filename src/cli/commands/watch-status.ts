import { UsageError } from '../../model/errors.js'
import { type ExitCode, exitCodes } from '../../model/exit-code.js'
import type { Host } from '../../model/host.js'
import { formatStatus } from '../../report/record/status-text.js'
import { paint } from '../../report/text/paint.js'
import type { LookedAtCalls } from '../../work/status/look.js'
import { watchCalls } from '../../work/watch-calls.js'
import type { Arguments } from '../frame/arguments.js'
import { readDuration } from '../frame/duration.js'
import { notesOf, readStatusOptions } from '../frame/read-status-options.js'
import { showDiagnostics } from '../frame/show-problems.js'
import { tellElsewhere } from '../frame/tell-elsewhere.js'
import { warnShared } from '../frame/warn-shared.js'
import { worldOf } from '../frame/world-of.js'

const usualPause = 5000
const wipe = '\u001b[H\u001b[2J'

/** `status` again and again: on a terminal in place, elsewhere a new table where anything has changed. */
export async function watchStatus(args: Arguments, host: Host): Promise<ExitCode> {
  if (args.has('json'))
    throw new UsageError('`--watch` is for people: it prints no JSON.', 'Ask `callctl status --json` again.')
  const options = { ...readStatusOptions(args), every: readDuration(args, 'every') ?? usualPause }
  const controller = new AbortController()
  const stop = host.onInterrupt(() => {
    if (controller.signal.aborted) host.exit(exitCodes.stopped)
    controller.abort()
  })
  const { stdout } = host.terminal
  const draws = stdout.isTerminal && host.environment['TERM'] !== 'dumb'
  let shown = ''
  const show = ({ lines, shared }: LookedAtCalls): void => {
    const text = formatStatus(lines, stdout, notesOf(options, args, host))
    if (draws) {
      const time = new Date(host.now()).toISOString().slice(11, 19)
      const foot = `${time} UTC, every ${options.every / 1000} s; Ctrl-C ends this.`
      host.stdout.write(`${wipe}${text}\n${paint(stdout, 'dim', foot)}\n`)
    } else if (text !== shown) host.stdout.write(shown === '' ? text : `\n${text}`)
    if (draws || shown === '') warnShared(shared, host)
    shown = text
  }
  try {
    const found = await watchCalls(options, worldOf(args, host), {
      interrupted: controller.signal,
      show,
      tellElsewhere: (environments) => tellElsewhere(environments, host),
    })
    return typeof found === 'object' ? showDiagnostics(found, args, host) : found
  } finally {
    stop()
  }
}
