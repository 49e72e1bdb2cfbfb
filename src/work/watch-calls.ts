import { SignInError, UsageError } from '../model/errors.js'
import { type ExitCode, exitCodes } from '../model/exit-code.js'
import { hasEnded } from '../model/live-calls.js'
import type { StatusLine } from '../model/record/status-line.js'
import type { WatchedWorld } from '../model/world.js'
import { type Checks, requireOptions, time } from './options/check-options.js'
import {
  type BrokenSettings,
  type LookedAtCalls,
  type Looks,
  type StatusHandlers,
  startLooks,
} from './status/look.js'
import { type StatusOptions, statusChecks } from './status/status-options.js'

export interface WatchOptions extends StatusOptions {
  /** Milliseconds from one look to the next. */
  readonly every: number
}

export interface WatchHandlers extends Pick<StatusHandlers, 'tellElsewhere'> {
  /** Ends the watch. */
  readonly interrupted: AbortSignal
  show(found: LookedAtCalls): void
}

const checks: Checks<WatchOptions> = { ...statusChecks, every: time }

/**
 * Looks again and again, until it is interrupted or no call is left that may change. Gives back the code of the last
 * look that was shown, or settings that have errors.
 */
export async function watchCalls(
  asked: WatchOptions,
  world: WatchedWorld,
  { tellElsewhere, interrupted, show }: WatchHandlers,
): Promise<ExitCode | BrokenSettings> {
  const options = requireOptions(asked, checks)
  if (options.recordsEnded)
    throw new UsageError(
      'A watch records nothing.',
      '`callctl status --refresh` does, once calls have ended.',
    )
  const looks = await startLooks(options, world, {
    tellElsewhere,
    interruptible: (work) => work(interrupted),
  })
  if ('hasErrors' in looks) return looks
  let code: ExitCode = exitCodes.stopped
  try {
    for (let isFirst = true; !interrupted.aborted; isFirst = false) {
      const found = await lookAgain(looks, isFirst, world)
      // What an interrupt cut short shows less than there is.
      if (interrupted.aborted) break
      if (found !== undefined) {
        show(found)
        code = found.code
        if (!found.lines.some(mayChange)) break
      }
      await world.wait(options.every, interrupted)
    }
  } finally {
    await looks.close()
  }
  return code
}

/** Once it has begun, a sign-in that fails for the moment does not end it. */
async function lookAgain(
  { look }: Looks,
  isFirst: boolean,
  world: WatchedWorld,
): Promise<LookedAtCalls | undefined> {
  try {
    return await look()
  } catch (error) {
    if (isFirst || !(error instanceof SignInError) || !error.isRetryable) throw error
    world.warn(error.message)
    return undefined
  }
}

const mayChange = ({ entry, observation }: StatusLine): boolean =>
  entry.state === 'placed' &&
  entry.callId !== undefined &&
  (observation === undefined || !hasEnded(observation))
