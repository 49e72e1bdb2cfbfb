import type { WatchedWorld } from '../model/world.js'
import { requireOptions } from './options/check-options.js'
import { type BrokenSettings, type LookedAtCalls, type StatusHandlers, startLooks } from './status/look.js'
import { type StatusOptions, statusChecks } from './status/status-options.js'
import { withRunLock } from './workspace/with-run-lock.js'

/**
 * Asks Graph about every call of the record that may be live; gives back settings that have errors. Throws as
 * `exitCodeOf` knows.
 */
export async function lookAtCalls(
  asked: StatusOptions,
  world: WatchedWorld,
  handlers: StatusHandlers,
): Promise<LookedAtCalls | BrokenSettings> {
  const options = requireOptions(asked, statusChecks)
  const looks = await startLooks(options, world, handlers)
  if ('hasErrors' in looks) return looks
  try {
    return options.recordsEnded
      ? await withRunLock(looks.graph.place, world, 'status --refresh', looks.look)
      : await looks.look()
  } finally {
    await looks.close()
  }
}
