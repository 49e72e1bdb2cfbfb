import { exitCodes } from '../model/exit-code.js'
import type { Host } from '../model/host.js'

/** First Ctrl-C: finish what is in flight. Second: leave at once; the claims have everything. */
export async function interruptible<Value>(
  host: Host,
  work: (interrupted: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const controller = new AbortController()
  const stop = host.onInterrupt(() => {
    if (controller.signal.aborted) {
      host.stderr.write('Leaving at once: calls still in flight are recorded as unknown.\n')
      host.exit(exitCodes.uncertain)
    }
    controller.abort()
    host.stderr.write('Interrupted: no new calls; waiting for those in flight. Once more to leave at once.\n')
  })
  try {
    return await work(controller.signal)
  } finally {
    stop()
  }
}
